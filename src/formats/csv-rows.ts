import Papa from 'papaparse';
import { bytesOf, type FormatProblem, type Pace } from './reading.js';

/** A record of a CSV file: its cells, counted from 1 without the header, and the line it begins in. */
export type CsvRow = { readonly cells: readonly string[]; readonly record: number; readonly line: number };

const chunkBytes = 2 ** 15;
/** A record longer than this is taken for one whose quotes are not closed. */
const mostChars = 2 ** 22;

const newlinesIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

/** Files put together of others have line ends of every kind: all become `\n`, piece by piece. */
const plainLineEnds = (): ((text: string, isLast: boolean) => string) => {
  let held = '';
  return (text, isLast) => {
    const all = held + text;
    held = !isLast && all.endsWith('\r') ? '\r' : '';
    return all.slice(0, all.length - held.length).replace(/\r\n?/g, '\n');
  };
};

const delimiterOf = (header: string): string =>
  [',', ';', '\t', '|'].reduce((best, one) =>
    header.split(one).length > header.split(best).length ? one : best,
  );

type Parsed = { readonly data: string[][]; readonly meta: { readonly cursor: number } };
type LowParser = new (
  config: Readonly<Record<string, unknown>>,
) => { parse(text: string, base: number, ignoreLastRow: boolean): Parsed };

/**
 * Reads a CSV file (RFC 4180; commas, semicolons, tabs or bars between) in pieces of 32 KiB. `header` gets the first record that is not
 * blank, `row` the others. A record whose quotes are not closed is told.
 */
export const readCsvRows = async (
  blob: Blob,
  name: string,
  pace: Pace,
  take: {
    header(cells: readonly string[], delimiter: string): void;
    row(row: CsvRow): void;
    problem(problem: FormatProblem): void;
  },
): Promise<void> => {
  const decoder = new TextDecoder();
  let parser: InstanceType<LowParser> | null = null;
  const lineEnds = plainLineEnds();
  let rest = '';
  let line = 1;
  let record = -1;
  const deliver = (cells: readonly string[], lines: number): void => {
    if (cells.every((cell) => cell.trim() === '')) {
      line += lines;
      return;
    }
    record += 1;
    if (record > 0) take.row({ cells, record, line });
    line += lines;
  };
  for (let from = 0; from === 0 || from < blob.size; from += chunkBytes) {
    const bytes = await pace.wait(bytesOf(blob, from, from + chunkBytes, name));
    const isLast = from + chunkBytes >= blob.size;
    rest += lineEnds(decoder.decode(bytes, { stream: !isLast }), isLast);
    if (!parser) {
      const start = rest.trimStart();
      const head = /^[^\r\n]*/.exec(start)![0];
      const delimiter = delimiterOf(head);
      const { Parser } = Papa as unknown as { readonly Parser: LowParser };
      parser = new Parser({ delimiter, newline: '\n' });
      const first = new Parser({ delimiter, newline: '\n' });
      take.header(first.parse(head, 0, false).data[0] ?? [], delimiter);
    }
    const { data, meta } = parser.parse(rest, 0, !isLast);
    for (const [i, cells] of data.entries()) {
      deliver(cells, 1 + cells.reduce((sum, cell) => sum + (cell.includes('\n') ? newlinesIn(cell) : 0), 0));
      if (i % 64 === 63) await pace.breathe();
    }
    rest = isLast ? '' : rest.slice(meta.cursor);
    if (rest.length > mostChars) {
      record += 1;
      take.problem({ file: name, line, record, message: 'its quotes are not closed' });
      const next = rest.indexOf('\n') + 1;
      line += 1;
      rest = next > 0 ? rest.slice(next) : '';
    }
    await pace.breathe();
    pace.progress(Math.min(blob.size, from + chunkBytes), blob.size);
  }
};

/** Records as CSV text, a line each. */
export const csvText = (rows: readonly (readonly unknown[])[], delimiter = ','): string =>
  rows.length === 0 ? '' : `${Papa.unparse(rows as unknown[][], { delimiter, newline: '\n' })}\n`;
