import type { AsyncBuffer } from 'hyparquet';
import { type ByteSource } from '../pyramids/bytes.js';
/** A file that is read by parts, and how long it is. */
export type SizedBytes = {
  readonly source: ByteSource;
  readonly size: number;
};
/** A file from disk, or one behind a URL. Rejects with `InnotaterError` 'fetch'. */
export declare const sizedBytes: (file: string | URL | Blob, signal?: AbortSignal) => Promise<SizedBytes>;
/** As hyparquet reads it. */
export declare const asyncBuffer: ({ source, size }: SizedBytes, signal?: AbortSignal) => AsyncBuffer;
