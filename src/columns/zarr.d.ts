import type { DataType, Readable, Array as ZarrArray } from 'zarrita';
import { type AsyncColumn } from './contract.js';
/** An array opened with zarrita, whatever its store. */
export type OpenZarrArray = ZarrArray<DataType, Readable>;
/**
 * The first axis of a Zarr array (2 or 3) as a column: an entry is the rest of the array at that row, as a tensor `{data, shape, stride}`;
 * a number, text or boolean where there is no other axis. By URL chunks are fetched as they are needed and kept, 64 MiB at most.
 * Rejects with `InnotaterError` 'format' for what is no array.
 */
export declare const zarrColumn: <T = unknown>(
  source: string | URL | OpenZarrArray,
) => Promise<AsyncColumn<T>>;
