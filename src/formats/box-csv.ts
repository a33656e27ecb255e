import Papa from 'papaparse';
import { InnotaterError } from '../errors/index.js';

/** One line of a box file: x, y, w, h in pixels of the image. */
export type BoxRecord = {
  readonly file: string;
  readonly box: readonly [number, number, number, number];
};

/** A record that was skipped, and why. Records are counted from 1, the header not among them. */
export type CsvProblem = { readonly record: number; readonly message: string };

const columns = ['file', 'x', 'y', 'w', 'h'] as const;

/** `file,x,y,w,h` with a header; names with commas, quotes or line breaks are quoted (RFC 4180). */
export const writeBoxCsv = (records: readonly BoxRecord[]): string =>
  `${Papa.unparse({ fields: [...columns], data: records.map(({ file, box }) => [file, ...box]) }, { newline: '\n' })}\n`;

const numberIn = (row: Readonly<Record<string, string>>, column: string): number => {
  const text = row[column]?.trim() ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new Error(`${column} is ${JSON.stringify(text)}, not a number`);
};

const parseRecord = (row: Readonly<Record<string, string>>): BoxRecord => {
  const file = row.file?.trim() ?? '';
  if (file === '') throw new Error('file is empty');
  const [x, y, w, h] = (['x', 'y', 'w', 'h'] as const).map((column) => numberIn(row, column));
  if (w! < 0 || h! < 0) throw new Error('w and h must not be negative');
  return { file, box: [x!, y!, w!, h!] };
};

/**
 * Reads what `writeBoxCsv` writes, columns in any order, others ignored, commas, semicolons or tabs between. Bad records are
 * skipped and told; a file without the five columns throws `InnotaterError` 'format' that names those missing.
 */
export const readBoxCsv = (
  text: string,
  name = 'the CSV file',
): { readonly records: readonly BoxRecord[]; readonly problems: readonly CsvProblem[] } => {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const names = (data[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const at = columns.map((column) => names.indexOf(column));
  const missing = columns.filter((_, i) => at[i]! < 0);
  if (missing.length > 0) {
    throw new InnotaterError(
      'format',
      `${name} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; its first line should be file,x,y,w,h`,
      { file: name },
    );
  }
  const records: BoxRecord[] = [];
  const problems: CsvProblem[] = [];
  data.slice(1).forEach((cells, i) => {
    try {
      records.push(
        parseRecord(Object.fromEntries(columns.map((column, n) => [column, cells[at[n]!] ?? '']))),
      );
    } catch (error) {
      problems.push({ record: i + 1, message: (error as Error).message });
    }
  });
  return { records, problems };
};
