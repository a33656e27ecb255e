import type { Compressors, FileMetaData, RowGroup } from 'hyparquet';
import { RecentEntries } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { Pace } from '../formats/reading.js';
import { SharedJob } from '../images/shared-job.js';
import { type AsyncColumn, checkRow, type ReadOptions } from './contract.js';
import { asyncBuffer, type SizedBytes, sizedBytes } from './file-bytes.js';
import { bytesOf, plain } from './plain.js';

/** A Parquet file whose footer was read. */
export interface ParquetFile {
  /** Rows of the file. */
  readonly length: number;
  /** Columns, in the order of the file. */
  readonly names: readonly string[];
  /** Throws `InnotaterError` 'data' where there is none of that name. */
  column<T = unknown>(name: string): AsyncColumn<T>;
}

/** Rows that are read together, and where they begin. */
type Part = { readonly first: number; readonly end: number };

/** Values of a part, and about how many bytes they take in memory. */
type PartRows<T> = { readonly rows: readonly T[]; readonly bytes: number };

export type OpenParquetOptions = {
  /** About so many bytes are read together where the file tells where its pages are; default 1 MiB. */
  readonly partBytes?: number;
  /** Ends the opening. */
  readonly signal?: AbortSignal;
};

/** Decoded parts that a column keeps. */
const limits = { count: 32, weight: 64 << 20 };

/**
 * Opens a Parquet file from disk, or by URL from a server that answers range requests: its footer alone is read. Of a column only what
 * is needed is read later: the row group, or `partBytes` of its pages where the file has an index of them (`write_page_index` of
 * pyarrow). Rejects with `InnotaterError` 'fetch', or 'format' for what is no Parquet file.
 */
export const openParquet = async (
  file: string | URL | Blob,
  { partBytes = 1 << 20, signal }: OpenParquetOptions = {},
): Promise<ParquetFile> => {
  const { parquetMetadataAsync } = await import('hyparquet');
  const bytes = await sizedBytes(file, signal);
  const metadata = await explained(bytes, signal, () => parquetMetadataAsync(asyncBuffer(bytes, signal)));
  const { children } = (await import('hyparquet')).parquetSchema(metadata);
  const names = children.map(({ element }) => element.name);
  const begin = (name: string) => {
    const column = parquetColumn(bytes, metadata, name, partBytes);
    columns.set(name, column);
    return column;
  };
  const columns = new Map<string, AsyncColumn<unknown>>();
  return {
    length: Number(metadata.num_rows),
    names,
    column: <T>(name: string) => {
      const column = columns.get(name) ?? (names.includes(name) ? begin(name) : null);
      if (column) return column as AsyncColumn<T>;
      const message = `${bytes.source.name} has no column ${name}; it has ${names.join(', ')}`;
      throw new InnotaterError('data', message, { column: name });
    },
  };
};

const parquetColumn = <T>(
  bytes: SizedBytes,
  metadata: FileMetaData,
  name: string,
  partBytes: number,
): AsyncColumn<T> => {
  const length = Number(metadata.num_rows);
  const partAt = partsOf(metadata, name, partBytes);
  const recent = new RecentEntries<readonly T[]>(limits);
  const running = new Map<number, SharedJob<PartRows<T>>>();
  const read = (part: Part, signal: AbortSignal) => readPart<T>(bytes, metadata, name, part, signal);

  /** Whoever needs the same part waits for the same reading. */
  const shared = async (part: Part, signal: AbortSignal | undefined): Promise<readonly T[]> => {
    const known = recent.get(part.first);
    if (known) return known;
    let job = running.get(part.first);
    if (!job || job.isGivenUp) {
      job = new SharedJob((stop) => read(part, stop));
      running.set(part.first, job);
      const begun = job;
      const over = () => running.get(part.first) === begun && running.delete(part.first);
      begun.result.then(({ rows, bytes }) => {
        recent.set(part.first, rows, bytes);
        over();
      }, over);
    }
    return (await job.wait(signal)).rows;
  };

  return {
    length,
    get: async (uindex, { signal } = {}) => {
      signal?.throwIfAborted();
      checkRow(uindex, length, `The column ${name} of ${bytes.source.name}`);
      const part = partAt(uindex);
      return (await shared(part, signal))[uindex - part.first]!;
    },
    read: async ({ onProgress, signal = new AbortController().signal }: ReadOptions = {}) => {
      const all: T[] = [];
      const pace = new Pace({ signal });
      while (all.length < length) {
        const { rows } = await read(partAt(all.length), signal);
        await pace.loop(rows.length, (row) => all.push(rows[row]!));
        onProgress?.(all.length / length);
      }
      return all;
    },
  };
};

/** The part in which a row lies: its row group, or of that about as much as is worth one request. */
const partsOf = (metadata: FileMetaData, name: string, partBytes: number): ((uindex: number) => Part) => {
  let end = 0;
  const groups = metadata.row_groups.map((group) => {
    const first = end;
    end += Number(group.num_rows);
    return { first, end, rows: rowsTogether(group, name, partBytes) };
  });
  return (uindex) => {
    let [low, high] = [0, groups.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (groups[middle]!.end <= uindex) low = middle + 1;
      else high = middle;
    }
    const group = groups[low]!;
    const first = group.first + Math.floor((uindex - group.first) / group.rows) * group.rows;
    return { first, end: Math.min(group.end, first + group.rows) };
  };
};

const rowsTogether = ({ columns, num_rows }: RowGroup, name: string, partBytes: number): number => {
  const chunks = columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === name);
  const rows = Math.max(1, Number(num_rows));
  if (!chunks.every(({ offset_index_offset }) => offset_index_offset !== undefined)) return rows;
  const bytes = chunks.reduce((sum, { meta_data }) => sum + Number(meta_data!.total_compressed_size), 0);
  return Math.max(1, Math.min(rows, Math.floor(partBytes / Math.max(1, bytes / rows))));
};

const readPart = async <T>(
  bytes: SizedBytes,
  metadata: FileMetaData,
  name: string,
  { first, end }: Part,
  signal: AbortSignal,
): Promise<PartRows<T>> => {
  const { parquetScan } = await import('hyparquet');
  const compressors = await compressorsFor(metadata);
  const values = await explained(bytes, signal, async () => {
    const scan = await parquetScan({
      file: asyncBuffer(bytes, signal),
      metadata,
      columns: [name],
      utf8: false,
      useOffsetIndex: true,
      ...(compressors ? { compressors } : {}),
    });
    return scan.readColumn({ column: name, rowStart: first, rowEnd: end });
  });
  const rows: T[] = [];
  let taken = 0;
  await new Pace({ signal }).loop(values.length, (at) => {
    const value = plain(values[at]);
    taken += bytesOf(value);
    rows.push(value as T);
  });
  return { rows, bytes: taken };
};

/** Codecs beyond those that most files have are loaded where a file has them. */
const compressorsFor = async ({ row_groups }: FileMetaData): Promise<Compressors | null> => {
  const plainCodecs = ['UNCOMPRESSED', 'SNAPPY'];
  const isPlain = row_groups.every(({ columns }) =>
    columns.every(({ meta_data }) => plainCodecs.includes(meta_data?.codec ?? 'UNCOMPRESSED')),
  );
  return isPlain ? null : (await import('hyparquet-compressors')).compressors;
};

/** What hyparquet throws names neither the file nor what is wrong with it. */
const explained = async <T>(
  { source }: SizedBytes,
  signal: AbortSignal | undefined,
  task: () => Promise<T>,
): Promise<T> => {
  try {
    return await task();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof InnotaterError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `${source.name} is not a Parquet file that can be read: ${why}`;
    throw new InnotaterError('format', message, { file: source.name }, { cause });
  }
};
