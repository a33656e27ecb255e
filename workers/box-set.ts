import Flatbush from 'flatbush';
import {
  type BandFacts,
  type BoxBand,
  type BoxFilter,
  type BoxNeighbours,
  type BoxPatch,
  type BoxQuery,
  type BoxSetFacts,
  type BoxSetPlan,
  type BoxTileRequest,
  mostBlanks,
} from '../src/kernels/index.js';
import type { HeldColumns } from './box-columns.js';

/** More rows than this that lie elsewhere than in the index, and it is built anew. */
const mostMoved = 2000;
/** From this part of all boxes on, looking at each is faster than gathering those of a tile. */
const scanShare = 0.4;

/** The boxes of one sample: where they are, which are shown, and pictures of them. */
export class BoxSet {
  readonly #plan: BoxSetPlan;
  readonly #columns: HeldColumns;
  #classes: Int32Array | null = null;
  #scores: Float32Array | null = null;
  /** 1: has an extent and passes the filter. */
  readonly #passes: Uint8Array;
  #filter: BoxFilter = {};
  #index: Flatbush | null = null;
  /** Rows that changed since the index was built, which is asked about all others. */
  readonly #moved = new Set<number>();
  #lifted: ReadonlySet<number> = new Set();
  /** A bit a row, all 0 between two calls: puts rows in order without sorting. */
  readonly #found: Int32Array;

  constructor(plan: BoxSetPlan, columns: HeldColumns) {
    this.#plan = plan;
    this.#columns = columns;
    this.#passes = new Uint8Array(plan.count);
    this.#found = new Int32Array(Math.ceil(plan.count / 32));
  }

  load({ from, boxes, classes, scores }: BoxBand): BandFacts {
    const { count } = this.#plan;
    if (classes) this.#classes ??= new Int32Array(count);
    if (scores) this.#scores ??= new Float32Array(count);
    this.#columns.boxes.set(boxes, from * 4);
    this.#classes?.set(classes!, from);
    this.#scores?.set(scores!, from);
    let bad = 0;
    let firstBad = -1;
    for (let row = from; row < from + boxes.length / 4; row++) {
      if (!this.#mend(row)) continue;
      bad += 1;
      if (firstBad < 0) firstBad = row;
    }
    return { bad, firstBad };
  }

  index(): BoxSetFacts {
    this.#build();
    this.filter(this.#filter);
    for (let row = 0; row < this.#plan.count; row++) this.#paint(row);
    return { bytes: this.#bytes, blanks: this.#blanks() };
  }

  filter(filter: BoxFilter): number {
    this.#filter = filter;
    const passes = this.#passing();
    let shown = 0;
    for (let row = 0; row < this.#plan.count; row++) {
      const is = passes(row) ? 1 : 0;
      this.#passes[row] = is;
      shown += is;
    }
    this.#columns.shown.set(this.#passes);
    for (const row of this.#lifted) this.#columns.shown[row] = 0;
    return shown;
  }

  lift(rows: readonly number[]): void {
    for (const row of this.#lifted) this.#columns.shown[row] = this.#passes[row]!;
    this.#lifted = new Set(rows);
    for (const row of rows) this.#columns.shown[row] = 0;
  }

  patch({ rows, boxes, classes }: BoxPatch): void {
    const passes = this.#passing();
    for (const [i, row] of rows.entries()) {
      this.#columns.boxes.set(boxes.subarray(i * 4, i * 4 + 4), row * 4);
      if (classes && this.#classes) this.#classes[row] = classes[i]!;
      this.#mend(row);
      this.#paint(row);
      this.#moved.add(row);
      this.#passes[row] = passes(row) ? 1 : 0;
      this.#columns.shown[row] = this.#lifted.has(row) ? 0 : this.#passes[row]!;
    }
    if (this.#moved.size > mostMoved) this.#build();
  }

  tile({ scale, left, top, width, height, thick }: BoxTileRequest): Uint8Array<ArrayBuffer> | null {
    const raster = { scale, left, top, width, height, thick };
    const reach = thick + 1;
    const at = (px: number) => px / scale;
    const area = [
      at(left - reach),
      at(top - reach),
      at(left + width + reach),
      at(top + height + reach),
    ] as const;
    return this.#columns.rasterise(this.#rowsIn(area), raster);
  }

  hit({ x, y, reach }: BoxQuery): number {
    const { boxes } = this.#columns;
    let best = -1;
    let [leastAway, leastArea] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const row of this.#touching([x - reach, y - reach, x + reach, y + reach])) {
      const [left, top, width, height] = boxes.subarray(row * 4, row * 4 + 4) as unknown as number[];
      const away = Math.hypot(outside(x, left!, width!), outside(y, top!, height!));
      const area = width! * height!;
      const isBetter =
        away < leastAway || (away === leastAway && (area < leastArea || (area === leastArea && row > best)));
      if (away <= reach && isBetter) [best, leastAway, leastArea] = [row, away, area];
    }
    return best;
  }

  near({ x, y, width, height, most }: BoxNeighbours): readonly number[] {
    const [centreX, centreY] = [x + width / 2, y + height / 2];
    const meets = (row: number) => {
      const { boxes } = this.#columns;
      const [left, top] = [boxes[row * 4]!, boxes[row * 4 + 1]!];
      return (
        left <= x + width &&
        top <= y + height &&
        left + boxes[row * 4 + 2]! >= x &&
        top + boxes[row * 4 + 3]! >= y
      );
    };
    const fits = (row: number) => this.#passes[row] === 1 && !this.#moved.has(row) && meets(row);
    const far = Math.hypot(width, height) / 2;
    const settled = this.#index?.neighbors(centreX, centreY, most, far, fits) ?? [];
    const moved = [...this.#moved].filter((row) => this.#passes[row] === 1 && meets(row));
    if (moved.length === 0) return settled;
    const away = (row: number) => {
      const [left, top, w, h] = this.#columns.boxes.subarray(row * 4, row * 4 + 4) as unknown as number[];
      return Math.hypot(outside(centreX, left!, w!), outside(centreY, top!, h!));
    };
    return [...settled, ...moved].sort((a, b) => away(a) - away(b)).slice(0, most);
  }

  /** Makes what is no box a blank one; true where it was none. */
  #mend(row: number): boolean {
    const { boxes } = this.#columns;
    const sum = boxes[row * 4]! + boxes[row * 4 + 1]! + boxes[row * 4 + 2]! + boxes[row * 4 + 3]!;
    if (Number.isFinite(sum)) return false;
    boxes.fill(0, row * 4, row * 4 + 4);
    return true;
  }

  #isBlank(row: number): boolean {
    const { boxes } = this.#columns;
    return boxes[row * 4 + 2]! <= 0 || boxes[row * 4 + 3]! <= 0;
  }

  #paint(row: number): void {
    const { palette, plain } = this.#plan;
    const number = this.#classes?.[row] ?? -1;
    this.#columns.colors[row] = number < 0 ? plain : palette[number % palette.length]!;
  }

  /** Decides by the filter as it is now. */
  #passing(): (row: number) => boolean {
    const { classes, minScore, maxScore } = this.#filter;
    const wanted = classes && this.#classes ? new Set(classes) : null;
    const ofClass = this.#classes;
    const scores = minScore === undefined && maxScore === undefined ? null : this.#scores;
    const low = minScore ?? Number.NEGATIVE_INFINITY;
    const high = maxScore ?? Number.POSITIVE_INFINITY;
    return (row) => {
      if (this.#isBlank(row) || (wanted && !wanted.has(ofClass![row]!))) return false;
      return scores === null || (scores[row]! >= low && scores[row]! <= high);
    };
  }

  #build(): void {
    const { count } = this.#plan;
    const { boxes } = this.#columns;
    this.#moved.clear();
    this.#index = null;
    if (count === 0) return;
    const index = new Flatbush(count, 16, Float32Array);
    for (let at = 0; at < count * 4; at += 4) {
      const [x, y] = [boxes[at]!, boxes[at + 1]!];
      index.add(x, y, x + Math.max(0, boxes[at + 2]!), y + Math.max(0, boxes[at + 3]!));
    }
    index.finish();
    this.#index = index;
  }

  /** Rows that pass and touch the area (left, top, right, bottom), in any order. */
  #touching([left, top, right, bottom]: Area): number[] {
    const passes = (row: number) => this.#passes[row] === 1;
    const settled = this.#index?.search(
      left,
      top,
      right,
      bottom,
      (row) => passes(row) && !this.#moved.has(row),
    );
    return [...(settled ?? []), ...[...this.#moved].filter(passes)];
  }

  /** Rows to draw in an area, ascending; null where all are best looked at. */
  #rowsIn(area: Area): Uint32Array | null {
    const index = this.#index;
    if (!index || this.#share(area) > scanShare) return null;
    const found = this.#found;
    let count = 0;
    const take = (row: number): boolean => {
      found[row >> 5]! |= 1 << (row & 31);
      count += 1;
      return false;
    };
    // Rows that moved are among them, and looked at again by where they are.
    index.search(...area, take);
    for (const row of this.#moved) {
      if ((found[row >> 5]! & (1 << (row & 31))) === 0) take(row);
    }
    return takeBits(found, count);
  }

  /** About which part of all boxes an area holds, were they spread evenly. */
  #share([left, top, right, bottom]: Area): number {
    const index = this.#index;
    if (!index || this.#plan.count < 1000) return 1;
    const across = Math.min(right, index.maxX) - Math.max(left, index.minX);
    const down = Math.min(bottom, index.maxY) - Math.max(top, index.minY);
    const all = (index.maxX - index.minX) * (index.maxY - index.minY);
    return all > 0 ? (Math.max(0, across) * Math.max(0, down)) / all : 1;
  }

  #blanks(): Uint32Array<ArrayBuffer> {
    const blanks: number[] = [];
    for (let row = 0; row < this.#plan.count && blanks.length < mostBlanks; row++) {
      if (this.#isBlank(row)) blanks.push(row);
    }
    return Uint32Array.from(blanks);
  }

  get #bytes(): number {
    const index = this.#index?.data.byteLength ?? 0;
    return (
      this.#columns.bytes +
      index +
      this.#passes.byteLength +
      (this.#classes?.byteLength ?? 0) +
      (this.#scores?.byteLength ?? 0)
    );
  }
}

/** The places of all bits that are 1, of which there are `count`, ascending; they are 0 afterwards. */
const takeBits = (bits: Int32Array, count: number): Uint32Array => {
  const places = new Uint32Array(count);
  let at = 0;
  for (let word = 0; at < count; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1) {
      places[at++] = word * 32 + 31 - Math.clz32(left & -left);
    }
    bits[word] = 0;
  }
  return places;
};

/** Left, top, right, bottom in image px. */
type Area = readonly [number, number, number, number];

/** How far a coordinate lies beside an extent. */
const outside = (at: number, start: number, length: number): number =>
  Math.max(0, start - at, at - start - length);
