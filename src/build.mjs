/**
 * Writes dist/, the publishable package: ES modules for the entry points, the worker as one file without imports (the wasm inside)
 * for pages whose policy forbids blob workers, and types.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { smallerModules, withoutTileFiles } from './smaller-modules.mjs';
import { workerBuild } from './worker-build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (name, ...args) =>
  execFileSync(`${root}node_modules/.bin/${name}`, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [`${root}src/wasm.mjs`], { cwd: root, stdio: 'inherit' });
run('tsc', '-b', 'src/anywidget', 'src/element', 'src/formats', 'src/sources', 'workers');

const common = {
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  resolve: { alias: smallerModules },
};
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
        sources: `${root}src/sources/index.ts`,
        kernels: `${root}workers/kernels.ts`,
      },
    },
    rolldownOptions: { output: { minify: true, chunkFileNames: 'chunks/[name]-[hash].js' } },
  },
  worker: workerBuild,
});
/** One file each: workers, beside which a page has to serve nothing, and the notebooks' module, which is imported as text. */
for (const [name, file] of [
  ['worker', 'workers/pixel.worker.ts'],
  ['sources-worker', 'workers/sources.worker.ts'],
  ['anywidget', 'src/anywidget/index.ts'],
]) {
  await build({
    ...common,
    resolve: { alias: name === 'anywidget' ? [...smallerModules, withoutTileFiles] : smallerModules },
    build: {
      ...output,
      lib: { formats: ['es'], entry: { [name]: `${root}${file}` } },
      rolldownOptions: { output: { codeSplitting: false, minify: true } },
    },
    worker: workerBuild,
  });
}
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
