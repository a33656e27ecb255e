export * from './box-csv.js';
export * from './npy.js';
export type { NpyHeader } from './npy-header.js';
export * from './npy-images.js';
