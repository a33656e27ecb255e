import { fileURLToPath } from 'node:url';

const module = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Modules of dependencies that are replaced by smaller ones of ours: a codec that only reads is a tenth of one that also writes, and
 * threads of Node are nothing for browsers.
 */
export const smallerModules = [
  { find: 'numcodecs/zstd', replacement: module('pyramids/zarr/zstd.ts') },
  { find: 'worker_threads', replacement: module('pyramids/zarr/no-threads.ts') },
];

/** In one file, the decoders of TIFF and OME-Zarr would weigh ten times the rest. */
export const withoutTileFiles = {
  find: /^.*\/sources\/openers\.js$/,
  replacement: module('anywidget/no-tile-files.ts'),
};
