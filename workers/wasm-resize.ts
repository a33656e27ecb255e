import {
  type Band,
  type ResizeAxis,
  type ResizeFilter,
  type ResizePart,
  type ResizeTo,
  type RgbaPixels,
  resizeAxes,
  resizeTaps,
  type Taps,
} from '../src/kernels/index.js';
import { type BandForm, bandForm, copyPixels } from './band-form.js';
import { type Arena, bytesOf, type Exports, newPixels } from './wasm-memory.js';

export type Machine = { readonly arena: Arena; readonly wasm: Exports; readonly lastTaps: LastTaps };

/** Keeps the weights of the last axis: shares and tiles of one resampling ask for the same ones across. */
export class LastTaps {
  #axis = '';
  #taps: Taps | undefined;

  of(filter: ResizeFilter, axis: ResizeAxis): Taps {
    const { length, target, start, span } = axis;
    const asked = [filter, length, target, start, span].join();
    if (asked !== this.#axis) this.#taps = undefined;
    this.#axis = asked;
    this.#taps ??= resizeTaps(filter, axis);
    return this.#taps;
  }
}

/** What the vertical kernels want rows to be a multiple of, in bytes. */
const rowUnit = 32;
const padded = (bytes: number): number => Math.ceil(bytes / rowUnit) * rowUnit;

/** Bytes of a pixel in the rows that are resampled: as in the source where they lie side by side, else RGBA. */
const stagedBytes = ({ planar, channels }: BandForm): 1 | 3 | 4 => (planar || channels === 2 ? 4 : channels);

/**
 * The source's rows as bytes in the wasm memory, as many as one row of the result is made of at most, each put there once: row r
 * lies in slot r modulo their number.
 */
class RowRing {
  readonly #machine: Machine;
  readonly #band: Band;
  readonly #form: BandForm;
  readonly #slots: number;
  readonly #slotBytes: number;
  readonly #places: {
    readonly raw: number;
    readonly scratch: number;
    readonly ring: number;
    readonly constants: number;
  };
  readonly #opaque: boolean[] = [];
  #next = 0;

  constructor(machine: Machine, band: Band, form: BandForm, slots: number) {
    const { arena } = machine;
    this.#machine = machine;
    this.#band = band;
    this.#form = form;
    this.#slots = slots;
    this.#slotBytes = padded(band.width * stagedBytes(form));
    this.#places = {
      constants: form.constants ? arena.put(form.constants) : 0,
      raw: arena.take(band.width * form.valueBytes * form.channels),
      scratch: arena.take(4096),
      ring: arena.take(slots * this.#slotBytes),
    };
  }

  get rowBytes(): number {
    return this.#slotBytes;
  }

  /** Where a row lies that was read and is among the last so many. */
  at(row: number): number {
    return this.#places.ring + (row % this.#slots) * this.#slotBytes;
  }

  isOpaque(row: number): boolean {
    return this.#opaque[row % this.#slots]!;
  }

  /** Reads rows until `row` is there; those before `first` are passed over. */
  readTo(row: number, first: number): void {
    this.#next = Math.max(this.#next, first);
    while (this.#next <= row) this.#read(this.#next++);
  }

  #read(row: number): void {
    const { arena, wasm } = this.#machine;
    const { type, channels, swap, planar, constants, valueBytes } = this.#form;
    const { width } = this.#band;
    const target = this.at(row);
    const isBytes = constants === null;
    const staysSideBySide = stagedBytes(this.#form) === channels && !planar;
    const raw = isBytes && staysSideBySide ? target : this.#places.raw;
    copyPixels(this.#band, this.#form, row * width, width, arena.bytes, raw);
    if (!staysSideBySide) {
      const { scratch } = this.#places;
      const plane = planar ? width * valueBytes : 0;
      wasm.valuesToRgba(type, channels, swap, this.#places.constants, raw, plane, target, width, scratch);
    } else if (!isBytes) wasm.toBytes(type, raw, target, width * channels, this.#places.constants);
    const hasAlpha = channels === 2 || channels === 4;
    this.#opaque[row % this.#slots] = !hasAlpha || wasm.isOpaque(target, width) === 1;
  }
}

/** Rows that count for row `y` of the result, counted in the band; and whether all are opaque. */
const rowsOf = ({ count, starts, weights }: Taps, y: number, sourceTop: number) => {
  let taps = count;
  while (taps > 1 && weights[y * count + taps - 1] === 0) taps--;
  const first = starts[y]! - sourceTop;
  return { first, last: first + taps - 1 };
};

/**
 * The vertical half of a row, then its horizontal half, so that the wide rows of the source are read once. What the result says
 * is said at `PixelKernels.resize`; sizes and parts are checked before.
 */
export const resizeBand = (machine: Machine, band: Band, to: ResizeTo, part: ResizePart): RgbaPixels => {
  const { arena, wasm } = machine;
  const form = bandForm(band);
  const { width, filter } = to;
  const { top, rows, sourceTop, sourceRows } = part;
  const rgba = newPixels(width, rows);
  const axes = resizeAxes(band.width, sourceRows, to);
  const down = resizeTaps(filter, axes.down, top, top + rows);
  const across = machine.lastTaps.of(filter, axes.across);
  const ring = new RowRing(machine, band, form, down.count);
  const channels = stagedBytes(form);
  const swap = form.planar ? 0 : form.swap;
  const downWeights = arena.put(down.weights);
  const acrossWeights = arena.put(across.weights);
  const starts = arena.put(across.starts);
  const pointers = arena.take(down.count * 4);
  const sums = arena.take((ring.rowBytes + across.count * channels) * 2 + 16);
  const target = arena.take(width * 4);
  const addresses = new Uint32Array(down.count);
  for (let y = 0; y < rows; y++) {
    const { first, last } = rowsOf(down, y, sourceTop);
    ring.readTo(last, first);
    let opaque = true;
    for (let k = 0; k < down.count; k++) {
      const row = Math.min(first + k, last);
      addresses[k] = ring.at(row);
      opaque &&= down.weights[y * down.count + k] === 0 || ring.isOpaque(row);
    }
    const memory = arena.bytes;
    memory.set(bytesOf(addresses), pointers);
    const weights = downWeights + y * down.count * 2;
    const vertical = opaque ? wasm.verticalTaps : wasm.verticalWeightedTaps;
    vertical(pointers, weights, down.count / 2, sums, ring.rowBytes, down.shift);
    const pairs = across.count / 2;
    if (opaque) {
      wasm.horizontalTaps(sums, target, channels, swap, starts, acrossWeights, pairs, width, across.shift);
    } else {
      wasm.horizontalWeightedTaps(sums, target, swap, starts, acrossWeights, pairs, width, across.shift);
    }
    rgba.set(memory.subarray(target, target + width * 4), y * width * 4);
  }
  return { width, height: rows, rgba };
};
