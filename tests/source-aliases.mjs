import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/** The package by its name, resolved to the sources: what the demo and the tests import. */
export const sourceAliases = [
  { find: /^innotater$/, replacement: path('src/innotater/index.ts') },
  { find: /^innotater\/kernels$/, replacement: path('workers/kernels.ts') },
  { find: /^innotater\/(anywidget|element|formats|sources)$/, replacement: path('src/$1/index.ts') },
];
