import { type AsyncColumn } from './contract.js';
/** A Parquet file whose footer was read. */
export interface ParquetFile {
  /** Rows of the file. */
  readonly length: number;
  /** Columns, in the order of the file. */
  readonly names: readonly string[];
  /** Throws `InnotaterError` 'data' where there is none of that name. */
  column<T = unknown>(name: string): AsyncColumn<T>;
}
/**
 * Opens a Parquet file from disk, or by URL from a server that answers range requests: its footer alone is read. Of a column only what
 * is needed is read later: the row group, or its pages of about 1 MiB where the file has an index of them (`write_page_index` of
 * pyarrow). Rejects with `InnotaterError` 'fetch', or 'format' for what is no Parquet file.
 */
export declare const openParquet: (
  file: string | URL | Blob,
  {
    signal,
  }?: {
    readonly signal?: AbortSignal;
  },
) => Promise<ParquetFile>;
