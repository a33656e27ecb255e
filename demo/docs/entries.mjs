/** Entry points of the package, in the order of the reference. */
export const entries = [
  {
    name: 'innotater',
    source: 'src/innotater/index.ts',
    about:
      'The component, the Innotations, transforms, and types. Importing it does nothing and works in Node.',
  },
  {
    name: 'innotater/element',
    source: 'src/element/index.ts',
    about: 'Importing it registers <code>&lt;innotater-view&gt;</code>.',
  },
  {
    name: 'innotater/gallery',
    source: 'src/gallery/index.ts',
    about: 'A dataset as thumbnails, in step with an Innotater.',
  },
  {
    name: 'innotater/formats',
    source: 'src/formats/index.ts',
    about: 'Readers and writers of annotation and array files.',
  },
  {
    name: 'innotater/sources',
    source: 'src/sources/index.ts',
    about: 'Openers of images in tiles: TIFF, Deep Zoom, IIIF, OME-Zarr.',
  },
  {
    name: 'innotater/columns',
    source: 'src/columns/index.ts',
    about: 'Columns of Parquet files, Arrow tables and Zarr arrays, read where they are needed.',
  },
  {
    name: 'innotater/kernels',
    source: 'workers/kernels.ts',
    about: 'The pixel transforms alone, without a DOM: the same WebAssembly in Node and in browsers.',
  },
  {
    name: 'innotater/anywidget',
    source: 'src/anywidget/index.ts',
    about:
      'A module for notebooks, in the front-end format of anywidget. Its default export is <code>{initialize, render}</code>.',
  },
];
