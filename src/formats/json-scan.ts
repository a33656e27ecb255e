import { bytesOf, type FormatProblem, formatError, type Pace } from './reading.js';

/** Where a list (or map) of records lies: from the byte after its opening bracket to its closing one. */
export type JsonSection = { readonly from: number; to: number; readonly isMap: boolean };

/** A record of a section: its bytes, and its key in a map. `breaks`: something that is no record lies before it. */
export type JsonRecord = {
  readonly section: string;
  readonly start: number;
  readonly end: number;
  readonly key: string;
  readonly breaks: boolean;
};

export type JsonLayout = {
  readonly sections: ReadonlyMap<string, JsonSection>;
  /** Where the root's closing brace is; −1: the file ends before it. */
  readonly end: number;
  /** Whether the root has a member at all. */
  readonly hasMembers: boolean;
};

type Visitor = {
  /** Whether the records of this member of the root are wanted. `''` asks for the root's own members as a map. */
  wants(key: string): boolean;
  record(section: string, value: unknown, record: JsonRecord): void;
  problem(section: string, message: string, start: number): void;
};

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const newline = 0x0a;

const chunkBytes = 2 ** 18;
const batchBytes = 2 ** 15;

/** 1 for quotes and brackets. */
const marks = new Uint8Array(256);
for (const byte of [quote, openBrace, closeBrace, openBracket, closeBracket]) marks[byte] = 1;

/** The next bracket from a place on, or the next string with an escape, a line break or no end; the length where there is none. */
const nextMark = (bytes: Uint8Array, from: number): number => {
  const { length } = bytes;
  for (let i = from; ; ) {
    while (i < length && marks[bytes[i]!] === 0) i += 1;
    if (i >= length || bytes[i] !== quote) return i;
    let end = i + 1;
    while (end < length && bytes[end] !== quote && bytes[end] !== backslash && bytes[end] !== newline)
      end += 1;
    if (end >= length || bytes[end] !== quote) return i;
    i = end + 1;
  }
};

/**
 * Finds the records of lists in a JSON file of any size by its brackets and strings, and parses them in batches: memory is bounded by
 * the longest record. A record whose brackets do not match, or that does not parse, is told; the next one is found all the same.
 */
class JsonScan {
  readonly sections = new Map<string, JsonSection>();
  end = -1;
  hasMembers = false;
  hasRoot = false;
  readonly #visitor: Visitor;
  readonly #name: string;
  readonly #pace: Pace;
  readonly #total: number;
  /** Opening brackets that are not closed yet. */
  readonly #open: number[] = [];
  #section: string | null = null;
  /** Brackets that are open around a record. */
  #level = 0;
  #start = -1;
  #inString = false;
  #escaped = false;
  /** The last byte that was no space, outside of strings. */
  #previous = 0;
  #breaks = false;
  #isJunk = false;
  /** The record before the next one did not parse. */
  #unparsed = false;
  #key = '';
  #keyStart = -1;
  #found: JsonRecord[] = [];
  /** Bytes in hand, and where they begin in the file. */
  #bytes: Uint8Array = new Uint8Array(0);
  #base = 0;

  constructor(name: string, total: number, visitor: Visitor, pace: Pace) {
    this.#name = name;
    this.#total = total;
    this.#visitor = visitor;
    this.#pace = pace;
  }

  async run(blob: Blob): Promise<void> {
    let at = 0;
    let step = chunkBytes;
    while (at < blob.size && this.end < 0) {
      const kept = Math.min(this.#firstNeeded(at), at);
      const carry = this.#bytes.subarray(kept - this.#base);
      step = Math.max(chunkBytes, carry.length);
      const more = await this.#pace.wait(bytesOf(blob, at, at + step, this.#name));
      const bytes = new Uint8Array(carry.length + more.length);
      bytes.set(carry);
      bytes.set(more, carry.length);
      this.#bytes = bytes;
      this.#base = kept;
      await this.#scan(carry.length);
      await this.#flush();
      at += more.length;
      this.#pace.progress(at, this.#total);
    }
    // What the file ends within is no part of its list: closed behind it, it would be read as a record.
    const end = this.#start >= 0 ? this.#start : this.#total;
    if (this.#start >= 0) this.#bad('the file ends within it');
    if (this.end < 0 && this.#section !== null) {
      const section = this.sections.get(this.#section);
      if (section) section.to = end;
    }
  }

  #firstNeeded(at: number): number {
    const key = this.#keyStart >= 0 ? this.#keyStart : at;
    return this.#start >= 0 ? Math.min(this.#start, key) : key;
  }

  async #scan(from: number): Promise<void> {
    const bytes = this.#bytes;
    let lastFlush = from;
    for (let i = from; i < bytes.length && this.end < 0; i++) {
      if (this.#inString) i = this.#skipString(i);
      else {
        if (this.#start >= 0) i = nextMark(bytes, i);
        if (i < bytes.length) this.#step(bytes[i]!, i);
      }
      if (i - lastFlush >= batchBytes) {
        lastFlush = i;
        await this.#flush();
        await this.#pace.breathe();
      }
    }
  }

  /** The last position of the string, or of the bytes in hand. A line break ends a string that was not closed. */
  #skipString(from: number): number {
    const bytes = this.#bytes;
    let i = from;
    if (this.#escaped) {
      this.#escaped = false;
      i += 1;
    }
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === quote || byte === newline) {
        this.#inString = false;
        if (this.#keyStart >= 0) this.#endKey(i);
        return i;
      }
      if (byte === backslash) {
        i += 1;
        if (i === bytes.length) this.#escaped = true;
      }
    }
    return i;
  }

  #endKey(i: number): void {
    const text = new TextDecoder().decode(this.#bytes.subarray(this.#keyStart - this.#base, i));
    this.#keyStart = -1;
    this.hasMembers = true;
    try {
      this.#key = JSON.parse(`"${text}"`) as string;
    } catch {
      this.#key = text;
    }
  }

  get #isKeyed(): boolean {
    const depth = this.#open.length;
    return this.#start < 0 && this.#open[depth - 1] === openBrace && depth <= Math.max(1, this.#level);
  }

  #step(byte: number, i: number): void {
    if (byte <= 0x20) return;
    const previous = this.#previous;
    this.#previous = byte;
    if (byte === quote) {
      this.#inString = true;
      if (this.#start < 0) {
        if (this.#isKeyed && previous !== colon) this.#keyStart = this.#base + i + 1;
        else if (this.#section !== null) this.#junk(i);
      }
    } else if (byte === openBrace || byte === openBracket) this.#opened(byte, i);
    else if (byte === closeBrace || byte === closeBracket) this.#closed(byte, i);
    else if (this.#open.length === 0) this.#notJson(i);
    else if (this.#section !== null && this.#start < 0) {
      if (byte === comma) this.#isJunk = false;
      else if (byte !== colon) this.#junk(i);
    }
  }

  #notJson(i: number): void {
    if (this.#base + i < 3 && this.#bytes[i]! >= 0x80) return;
    throw formatError(this.#name, 'is not JSON: it does not begin with {');
  }

  #opened(byte: number, i: number): void {
    const at = this.#base + i;
    if (this.#start >= 0 && byte === openBrace && this.#isObject() && this.#before(i) !== colon) {
      this.#bad('it is not closed');
    }
    const depth = this.#open.length;
    if (depth === 0) {
      this.hasRoot = true;
      if (byte === openBracket)
        throw formatError(this.#name, 'is a list; an object {…} with lists in it is asked for');
      this.#open.push(byte);
      if (this.#visitor.wants('')) this.#enter('', at, true);
      return;
    }
    if (this.#section === null && depth === 1) {
      this.#open.push(byte);
      if (this.#visitor.wants(this.#key)) this.#enter(this.#key, at, byte === openBrace);
      return;
    }
    if (this.#section !== null && this.#start < 0 && depth === this.#level) {
      this.#start = at;
      this.#isJunk = false;
    }
    this.#open.push(byte);
  }

  /** The last byte of the record before a place in it that is no space. */
  #before(i: number): number {
    let at = i - 1;
    while (this.#bytes[at]! <= 0x20) at -= 1;
    return this.#bytes[at]!;
  }

  #isObject(): boolean {
    return this.#open[this.#open.length - 1] === openBrace;
  }

  #enter(key: string, at: number, isMap: boolean): void {
    if (this.sections.has(key)) return;
    this.#section = key;
    this.#level = this.#open.length;
    this.#breaks = false;
    this.sections.set(key, { from: at + 1, to: at + 1, isMap });
  }

  #closed(byte: number, i: number): void {
    const opening = byte === closeBrace ? openBrace : openBracket;
    const at = this.#base + i;
    const floor = this.#start >= 0 ? this.#level : 0;
    const match = this.#open.lastIndexOf(opening);
    if (match < floor && this.#start >= 0) {
      if (match !== this.#level - 1) return;
      this.#bad('it is not closed');
    }
    if (match < 0) return;
    this.#open.length = match;
    if (this.#start >= 0 && match === this.#level) this.#ended(at + 1);
    else if (this.#section !== null && match < this.#level) {
      this.sections.get(this.#section)!.to = at;
      this.#section = null;
      this.#level = 0;
    }
    if (match === 0) this.end = at;
  }

  #ended(end: number): void {
    this.#found.push({
      section: this.#section!,
      start: this.#start,
      end,
      key: this.#key,
      breaks: this.#breaks,
    });
    this.#breaks = false;
    this.#start = -1;
  }

  #bad(message: string): void {
    this.#open.length = Math.min(this.#open.length, this.#level);
    this.#visitor.problem(this.#section!, message, this.#start);
    this.#start = -1;
    this.#breaks = true;
    this.#previous = comma;
  }

  /** A value that is no record, such as a number. */
  #junk(i: number): void {
    if (!this.#isJunk && this.#section !== '') {
      this.#visitor.problem(this.#section!, 'it is not an object {…}', this.#base + i);
      this.#breaks = true;
    }
    this.#isJunk = true;
  }

  /** Parses the records that were found: together where that goes, one by one where one of them is wrong. */
  async #flush(): Promise<void> {
    const found = this.#found;
    if (found.length === 0) return;
    this.#found = [];
    const values = this.#parseTogether(found);
    for (let i = 0; i < found.length; i++) {
      if (values) this.#visitor.record(found[i]!.section, values[i], found[i]!);
      else this.#parseAlone(found[i]!);
    }
    await this.#pace.breathe();
  }

  #parseTogether(found: readonly JsonRecord[]): readonly unknown[] | null {
    const { section } = found[0]!;
    const isPlain = found.every((record) => record.section === section && !record.breaks);
    if (this.sections.get(section)!.isMap || !isPlain) return null;
    try {
      const values = JSON.parse(`[${this.#text(found[0]!.start, found.at(-1)!.end)}]`) as unknown[];
      return values.length === found.length ? values : null;
    } catch {
      return null;
    }
  }

  #parseAlone(record: JsonRecord): void {
    let value: unknown;
    try {
      value = JSON.parse(this.#text(record.start, record.end));
    } catch (error) {
      this.#visitor.problem(record.section, `it is not JSON (${(error as Error).message})`, record.start);
      this.#unparsed = true;
      return;
    }
    this.#visitor.record(record.section, value, this.#unparsed ? { ...record, breaks: true } : record);
    this.#unparsed = false;
  }

  #text(start: number, end: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(start - this.#base, end - this.#base));
  }
}

/** Reads the records of all wanted sections. Throws `InnotaterError` 'format' where the file is no JSON object. */
export const scanJson = async (
  blob: Blob,
  name: string,
  visitor: Visitor,
  pace: Pace,
): Promise<JsonLayout> => {
  const scan = new JsonScan(name, blob.size, visitor, pace);
  await scan.run(blob);
  if (!scan.hasRoot) throw formatError(name, blob.size === 0 ? 'is empty' : 'is not JSON: it holds no {');
  return { sections: scan.sections, end: scan.end, hasMembers: scan.hasMembers };
};

/** The same problems with the lines that their bytes are in. */
export const withLines = async (
  blob: Blob,
  problems: readonly FormatProblem[],
  name: string,
  pace: Pace,
): Promise<FormatProblem[]> => {
  const last = problems.reduce((most, { byte = 0 }) => Math.max(most, byte), 0);
  const sorted = problems
    .map((problem, i) => ({ i, byte: problem.byte ?? 0 }))
    .sort((a, b) => a.byte - b.byte);
  const lines = new Array<number>(problems.length).fill(1);
  let line = 1;
  let next = 0;
  for (let from = 0; next < sorted.length && from <= last; from += chunkBytes) {
    const bytes = await pace.wait(bytesOf(blob, from, Math.min(last, from + chunkBytes), name));
    for (let at = 0; ; ) {
      const at2 = bytes.indexOf(newline, at);
      const until = at2 < 0 ? from + bytes.length : from + at2;
      while (next < sorted.length && sorted[next]!.byte <= until) lines[sorted[next++]!.i] = line;
      if (at2 < 0) break;
      line += 1;
      at = at2 + 1;
    }
    await pace.breathe();
  }
  return problems.map((problem, i) => ({ ...problem, line: lines[i]! }));
};

/** Where the values of an object's own members lie in its text, by key. The text parses as an object. */
export const memberRanges = (text: string): ReadonlyMap<string, readonly [number, number]> => {
  const ranges = new Map<string, readonly [number, number]>();
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;
  let depth = 0;
  let key = '';
  let from = 0;
  let last = '';
  for (const { 0: found, index } of text.matchAll(token)) {
    if (depth === 1 && last !== ':' && found.startsWith('"')) key = JSON.parse(found) as string;
    if (depth === 1 && found === ':') from = index + 1;
    if (depth === 1 && (found === ',' || found === '}') && from > 0) {
      const value = text.slice(from, index);
      const start = from + value.length - value.trimStart().length;
      ranges.set(key, [start, start + value.trim().length]);
      from = 0;
    }
    if (found === '{' || found === '[') depth += 1;
    if (found === '}' || found === ']') depth -= 1;
    last = found;
  }
  return ranges;
};

/** The object's text with other values for some members; those it lacks come last. Everything else stays as it is written. */
export const withMembers = (text: string, values: Readonly<Record<string, unknown>>): string => {
  const ranges = memberRanges(text);
  const known = Object.entries(values).filter(([key]) => ranges.has(key));
  const added = Object.entries(values).filter(([key]) => !ranges.has(key));
  let result = text;
  for (const [key, value] of known.sort(([a], [b]) => ranges.get(b)![0] - ranges.get(a)![0])) {
    const [start, end] = ranges.get(key)!;
    result = `${result.slice(0, start)}${JSON.stringify(value)}${result.slice(end)}`;
  }
  if (added.length === 0) return result;
  const members = added.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',');
  const close = result.lastIndexOf('}');
  return `${result.slice(0, close)}${ranges.size > 0 ? ',' : ''}${members}${result.slice(close)}`;
};
