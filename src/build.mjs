/**
 * Writes dist/, the publishable package: ES modules for the entry points, the worker as one file without imports (the wasm inside)
 * for pages whose policy forbids blob workers, and types.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (name, ...args) =>
  execFileSync(`${root}node_modules/.bin/${name}`, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

rmSync(`${root}dist`, { recursive: true, force: true });
run('asc', 'assembly/index.ts', '--target', 'release');
run('tsc', '-b', 'src/element', 'src/formats', 'workers');

const common = { root, configFile: false, logLevel: 'warn', publicDir: false };
const output = { outDir: 'dist', emptyOutDir: false, target: 'es2022', minify: true };

await build({
  ...common,
  build: {
    ...output,
    lib: {
      formats: ['es'],
      entry: {
        innotater: `${root}src/innotater/index.ts`,
        element: `${root}src/element/index.ts`,
        formats: `${root}src/formats/index.ts`,
        kernels: `${root}workers/kernels.ts`,
      },
    },
    rolldownOptions: { output: { chunkFileNames: 'chunks/[name]-[hash].js' } },
  },
  worker: { format: 'es' },
});
await build({
  ...common,
  build: { ...output, lib: { formats: ['es'], entry: { worker: `${root}workers/pixel.worker.ts` } } },
});
for (const folder of ['src', 'workers']) {
  cpSync(`${root}build/types/${folder}`, `${root}dist/types/${folder}`, {
    recursive: true,
    filter: (path) => !path.endsWith('.tsbuildinfo'),
  });
}

for (const file of readdirSync(`${root}dist`, { recursive: true })) {
  if (!String(file).endsWith('.js')) continue;
  const bytes = readFileSync(`${root}dist/${file}`);
  console.log(`dist/${file}: ${bytes.length} bytes, ${gzipSync(bytes).length} gzipped`);
}
