import { seededRandom } from '../../samples/random.js';
import { colorField } from './field.js';

/** Tables of ITU-T T.81, annex K: counts of codes by length, then the symbols, for DC and AC of brightness (used for colour too). */
const dcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const dcSymbols = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const acCounts = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125];
const acStart = [
  1, 2, 3, 0, 4, 17, 5, 18, 33, 49, 65, 6, 19, 81, 97, 7, 34, 113, 20, 50, 129, 145, 161, 8, 35, 66, 177, 193,
  21, 82, 209, 240, 36, 51, 98, 114, 130,
];
const acRest = Array.from({ length: 256 }, (_, symbol) => symbol).filter(
  (symbol) => (symbol & 15) >= 1 && (symbol & 15) <= 10 && !acStart.includes(symbol),
);
const acSymbols = [...acStart, ...acRest];

type Code = { readonly bits: number; readonly length: number };

const codesOf = (counts: readonly number[], symbols: readonly number[]): Code[] => {
  const codes: Code[] = [];
  let [bits, at] = [0, 0];
  counts.forEach((count, i) => {
    for (let n = 0; n < count; n++) codes[symbols[at++]!] = { bits: bits++, length: i + 1 };
    bits <<= 1;
  });
  return codes;
};

const dcCodes = codesOf(dcCounts, dcSymbols);
const acCodes = codesOf(acCounts, acSymbols);

/** Entropy-coded bits with zero bytes after 255, filled up with ones at the end. */
class BitWriter {
  readonly bytes: number[] = [];
  #pending = 0;
  #count = 0;

  put(bits: number, length: number): void {
    for (let i = length - 1; i >= 0; i--) {
      this.#pending = (this.#pending << 1) | ((bits >> i) & 1);
      if (++this.#count < 8) continue;
      this.bytes.push(this.#pending);
      if (this.#pending === 255) this.bytes.push(0);
      this.#pending = 0;
      this.#count = 0;
    }
  }
  code({ bits, length }: Code): void {
    this.put(bits, length);
  }
  /** A value of a size category: negative ones as their complement. */
  value(value: number, size: number): void {
    this.put(value < 0 ? value + (1 << size) - 1 : value, size);
  }
  end(): Uint8Array<ArrayBuffer> {
    while (this.#count > 0) this.put(1, 1);
    return new Uint8Array(this.bytes);
  }
}

const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

const putBlock = (writer: BitWriter, dcDifference: number, ac: readonly number[]): void => {
  const dcSize = sizeOf(dcDifference);
  writer.code(dcCodes[dcSize]!);
  writer.value(dcDifference, dcSize);
  let zeros = 0;
  for (const value of ac) {
    if (value === 0) {
      zeros++;
      continue;
    }
    const size = sizeOf(value);
    writer.code(acCodes[(zeros << 4) | size]!);
    writer.value(value, size);
    zeros = 0;
  }
  writer.code(acCodes[0]!);
};

/** The DC step of both tables: a level of the mean is one unit. */
const dcStep = 8;
const acStep = 12;

const ycc = ([r, g, b]: readonly [number, number, number]): readonly [number, number, number] => [
  0.299 * r + 0.587 * g + 0.114 * b,
  128 - 0.168736 * r - 0.331264 * g + 0.5 * b,
  128 + 0.5 * r - 0.418688 * g - 0.081312 * b,
];

/** A row of 16 × 16 units (4:2:0): the colour field with seeded texture on top, as much of it as in a photograph of good quality. */
const unitRow = (
  units: number,
  width: number,
  seed: number,
  colors: ReturnType<typeof colorField>,
): Uint8Array<ArrayBuffer> => {
  const random = seededRandom(seed);
  const writer = new BitWriter();
  const before = [0, 0, 0];
  const texture = (count: number): number[] =>
    Array.from({ length: count }, (_, i) => Math.round(((random() - 0.5) * 14) / (1 + i * 0.35)));
  for (let unit = 0; unit < units; unit++) {
    const color = ycc(colors(Math.min(1, (unit * 16 + 8) / width)));
    color.forEach((value, c) => {
      const dc = Math.round(((value - 128) * 8) / dcStep);
      for (let block = 0; block < (c === 0 ? 4 : 1); block++) {
        putBlock(writer, dc - before[c]!, texture(c === 0 ? 16 : 3));
        before[c] = dc;
      }
    });
  }
  return writer.end();
};

const word = (value: number): number[] => [value >> 8, value & 255];
const segment = (marker: number, body: readonly number[]): number[] => [
  255,
  marker,
  ...word(body.length + 2),
  ...body,
];
const quantisation = (id: number): number[] => [id, dcStep, ...new Array<number>(63).fill(acStep)];

const header = (width: number, height: number, units: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array([
    255,
    0xd8,
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [...quantisation(0), ...quantisation(1)]),
    ...segment(0xc0, [8, ...word(height), ...word(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    ...segment(0xc4, [0, ...dcCounts, ...dcSymbols, 0x10, ...acCounts, ...acSymbols]),
    ...segment(0xdd, word(units)),
    ...segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
  ]);

const distinctRows = 12;

/**
 * A baseline JPEG (ITU-T T.81, 4:2:0) of this size, at most 65,535 a side: texture over the seed's `colorField`. Twelve distinct rows
 * of units are encoded and laid out in seeded order, each after a restart marker; the file is put together from them without a copy.
 */
export const seededJpeg = (width: number, height: number, seed: number): Blob => {
  const units = Math.ceil(width / 16);
  const colors = colorField(seed);
  const rows = Array.from(
    { length: distinctRows },
    (_, i) => new Blob([unitRow(units, width, seed * distinctRows + i, colors)]),
  );
  const random = seededRandom(seed ^ 0x5eed);
  const unitRows = Math.ceil(height / 16);
  const body = Array.from({ length: unitRows }, (_, i) => [
    rows[Math.floor(random() * distinctRows)]!,
    new Uint8Array(i === unitRows - 1 ? [255, 0xd9] : [255, 0xd0 + (i & 7)]),
  ]).flat();
  return new Blob([header(width, height, units), ...body], { type: 'image/jpeg' });
};
