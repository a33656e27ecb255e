export { type ArrowTable, type ArrowVector, arrowColumn } from './arrow.js';
export type { AsyncColumn, ReadOptions } from './contract.js';
export { openParquet, type ParquetFile } from './parquet.js';
export { type OpenZarrArray, zarrColumn } from './zarr.js';
