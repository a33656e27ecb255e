import { entries as packageEntries } from '../../src/entries.mjs';

/** What the reference says of the package's entry points, in its order. */
const abouts = [
  {
    name: 'innotater',
    about:
      'The component, the Innotations, transforms, and types. Importing it does nothing and works in Node.',
  },
  {
    name: 'innotater/element',
    about: 'Importing it registers <code>&lt;innotater-view&gt;</code>.',
  },
  {
    name: 'innotater/gallery',
    about: 'A dataset as thumbnails, in step with an Innotater.',
  },
  {
    name: 'innotater/formats',
    about: 'Readers and writers of annotation and array files.',
  },
  {
    name: 'innotater/sources',
    about: 'Openers of images in tiles: TIFF, Deep Zoom, IIIF, OME-Zarr.',
  },
  {
    name: 'innotater/columns',
    about: 'Columns of Parquet files, Arrow tables and Zarr arrays, read where they are needed.',
  },
  {
    name: 'innotater/kernels',
    about: 'The pixel transforms alone, without a DOM: the same WebAssembly in Node and in browsers.',
  },
  {
    name: 'innotater/anywidget',
    about:
      'A module for notebooks, in the front-end format of anywidget. Its default export is <code>{initialize, render}</code>.',
  },
];

const sourceOf = (name) =>
  packageEntries.find(({ path }) => path === name.replace(/^innotater/, '.'))?.source;

/** The entry points with what they export; those that only add types to another are not told apart. */
export const entries = abouts.map((one) => ({ ...one, source: sourceOf(one.name) }));
