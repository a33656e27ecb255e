/**
 * What the package offers, one line each: the name behind `innotater/`, its source, and its file in dist/. `oneFile`: built without chunks,
 * for what is served, or imported as text, with nothing beside it. `typesOnly`: another entry's file under
 * types of its own. The tests hold `exports` in package.json to it.
 */
export const entries = [
  { path: '.', source: 'src/innotater/index.ts', file: 'innotater' },
  { path: './element', source: 'src/element/index.ts', file: 'element' },
  { path: './element/react', source: 'src/element/react.ts', file: 'element', typesOnly: true },
  { path: './element/vue', source: 'src/element/vue.ts', file: 'element', typesOnly: true },
  { path: './element/svelte', source: 'src/element/svelte.ts', file: 'element', typesOnly: true },
  { path: './formats', source: 'src/formats/index.ts', file: 'formats' },
  { path: './gallery', source: 'src/gallery/index.ts', file: 'gallery' },
  { path: './kernels', source: 'workers/kernels.ts', file: 'kernels' },
  { path: './sources', source: 'src/sources/index.ts', file: 'sources' },
  { path: './columns', source: 'src/columns/index.ts', file: 'columns' },
  { path: './anywidget', source: 'src/anywidget/index.ts', file: 'anywidget', oneFile: true },
];

/** Workers as files, for pages whose policy forbids those that are made of text. */
export const workerEntries = [
  { path: './worker.js', source: 'workers/pixel.worker.ts', file: 'worker', oneFile: true },
  {
    path: './sources-worker.js',
    source: 'workers/sources.worker.ts',
    file: 'sources-worker',
    oneFile: true,
  },
];
