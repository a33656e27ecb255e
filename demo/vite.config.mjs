import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { smallerModules } from '../src/smaller-modules.mjs';
import { workerBuild } from '../src/worker-build.mjs';
import { sourceAliases } from '../tests/source-aliases.mjs';
import { writeGuide } from './docs/site.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const pages = readdirSync(root)
  .filter((file) => file.endsWith('.html'))
  .map((file) => `${root}${file}`);

/** Serves and builds the demo from the sources, the package by its name. Where the port is taken, the next free one is, and its address printed. */
export default defineConfig({
  root,
  base: './',
  // A page that is not there is answered by 404, not by the first page.
  appType: 'mpa',
  resolve: { alias: [...sourceAliases, ...smallerModules] },
  worker: workerBuild,
  server: { port: 5173, host: 'localhost' },
  preview: { port: 5173, host: 'localhost' },
  build: {
    outDir: '../build/demo',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rollupOptions: { input: [...pages, ...writeGuide()] },
  },
});
