/**
 * Writes dist/, the publishable package: ES modules for the entry points, the worker as one file without imports (the wasm inside)
 * for pages whose policy forbids blob workers, and types.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { entries, workerEntries } from './entries.mjs';
import { smallerModules, smallerPlugins, withoutTileFiles } from './smaller-modules.mjs';
import { tighter } from './tighter.mjs';
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
run('tsc', '-b', ...new Set(entries.map(({ source }) => dirname(source))));

const common = {
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  resolve: { alias: smallerModules },
  plugins: [...smallerPlugins, tighter],
  worker: { ...workerBuild, plugins: () => [...smallerPlugins, tighter] },
};
/**
 * As a chunk each, they would weigh more than they hold. With what the pool of a page and the openers of files have in common among
 * them, the pool is part of the page's own chunk, and who only opens files does not load it.
 */
const smallAndEverywhere =
  /[\\/](src[\\/](errors|geometry)[\\/]|(filter-names|patience|recognise|first-answer|heartbeat|configured)\.ts|comlink\.mjs)/;

const checks = { pluginTimings: false };
const output = { outDir: 'dist', emptyOutDir: false, target: 'es2022', minify: true };

const inChunks = entries.filter(({ oneFile, typesOnly }) => !oneFile && !typesOnly);
await build({
  ...common,
  build: {
    ...output,
    lib: {
      formats: ['es'],
      entry: Object.fromEntries(inChunks.map(({ file, source }) => [file, `${root}${source}`])),
    },
    rolldownOptions: {
      checks,
      output: {
        minify: true,
        chunkFileNames: 'chunks/[name].js',
        codeSplitting: { groups: [{ name: 'common', test: smallAndEverywhere }] },
      },
    },
  },
});
for (const { file, source } of [...entries, ...workerEntries].filter(({ oneFile }) => oneFile)) {
  await build({
    ...common,
    resolve: { alias: file === 'anywidget' ? [...smallerModules, withoutTileFiles] : smallerModules },
    build: {
      ...output,
      lib: { formats: ['es'], entry: { [file]: `${root}${source}` } },
      rolldownOptions: { checks, output: { codeSplitting: false, minify: true } },
    },
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
