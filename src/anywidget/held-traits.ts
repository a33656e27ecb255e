import { InnotaterError } from '../errors/index.js';
import { dtypeByName } from '../images/index.js';
import { bytesPerElement, type ElementArray, elementsOf } from '../kernels/index.js';
import type { AnyModel, DataSpec } from './contract.js';

type HeldTensor = {
  readonly data: ElementArray;
  readonly shape: readonly number[];
  readonly dtype: string;
};

/** The value of a trait as an Innotation holds it. */
type Held = {
  readonly value: HeldTensor | unknown[];
  /** As it goes back: a copy. */
  readonly sent: () => unknown;
  /** Takes another value over in place; false where it is no such one. */
  readonly replace: (value: unknown) => boolean;
};

const bytesOf = (value: unknown): Uint8Array<ArrayBuffer> | null => {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return null;
  return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
};

const wrong = (trait: string, message: string): InnotaterError =>
  new InnotaterError('data', `Trait ${trait}: ${message}`, { trait });

const tensorOf = (bytes: Uint8Array, { trait, dtype, shape }: DataSpec): HeldTensor => {
  if (!dtype || !Array.isArray(shape)) {
    throw wrong(trait, 'it holds bytes, so its data needs a dtype and a shape, as numpy calls them');
  }
  const known = dtype.startsWith('>') ? null : dtypeByName(dtype);
  if (!known)
    throw wrong(trait, `dtype '${dtype}' is none of bool, (u)int8 to 64 and float16 to 64, little-endian`);
  const needed = shape.reduce((product: number, n: number) => product * n, bytesPerElement(known));
  if (bytes.length !== needed) {
    throw wrong(
      trait,
      `its shape (${shape.join(', ')}) of ${dtype} needs ${needed} bytes, it has ${bytes.length}`,
    );
  }
  return { data: elementsOf(bytes, known), shape, dtype: known };
};

const entryOf = (entry: unknown): unknown =>
  Array.isArray(entry) ? entry.map(entryOf) : (bytesOf(entry) ?? entry);

const heldList = (list: readonly unknown[]): Held => {
  const value = list.map(entryOf);
  return {
    value,
    sent: () => structuredClone(value),
    replace: (other) => {
      if (!Array.isArray(other) || other.length !== value.length) return false;
      value.splice(0, value.length);
      for (const entry of other) value.push(entryOf(entry));
      return true;
    },
  };
};

const heldBytes = (bytes: Uint8Array<ArrayBuffer>, spec: DataSpec, isOwn: boolean): Held => {
  const value = tensorOf(isOwn ? bytes.slice() : bytes, spec);
  const { buffer, byteOffset, byteLength } = value.data;
  return {
    value,
    sent: () => new DataView(buffer.slice(byteOffset, byteOffset + byteLength)),
    replace: (other) => {
      const from = isOwn ? bytesOf(other) : null;
      if (from?.length !== byteLength) return false;
      new Uint8Array(buffer, byteOffset, byteLength).set(from);
      return true;
    },
  };
};

const holding = (model: AnyModel, spec: DataSpec, isOwn: boolean): Held => {
  const { trait } = spec;
  const value = model.get(trait);
  if (value === undefined || value === null)
    throw wrong(trait, 'the widget has no value of this name that is synced');
  if (Array.isArray(value)) return heldList(value);
  const bytes = bytesOf(value);
  if (!bytes) throw wrong(trait, 'its value must be bytes or a list');
  return heldBytes(bytes, spec, isOwn);
};

/** How long edits of the same traits gather before they are sent, ms. */
const gatherMs = 60;

/**
 * The traits that Innotations show and edit, held once for all outputs of a model. What is edited is written into memory of our own, and
 * sent as the whole trait, edits of a moment together; inputs are read where they came. What others set replaces it.
 */
export class HeldTraits {
  readonly #model: AnyModel;
  readonly #held = new Map<string, Held>();
  readonly #stops = new Map<string, () => void>();
  readonly #edited = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  /** A trait of ours was set by others; `isInPlace`: to values that were taken over where the old ones were. */
  onReplaced: (isInPlace: boolean) => void = () => {};
  /** Traits to be set with those that were edited. */
  onFlush: () => Readonly<Record<string, unknown>> = () => ({});

  constructor(model: AnyModel) {
    this.#model = model;
  }

  /** The data of a spec. `isOwn`: it will be written to. Throws `InnotaterError` 'data' that names the trait. */
  dataOf(spec: DataSpec, isOwn: boolean): HeldTensor | unknown[] {
    const { trait } = spec;
    const known = this.#held.get(trait);
    if (known) return known.value;
    const held = holding(this.#model, spec, isOwn);
    this.#held.set(trait, held);
    this.#follow(trait);
    return held.value;
  }

  /** The trait was written to: it is sent soon. */
  edited(trait: string): void {
    this.#edited.add(trait);
    this.#timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  /** Sends what was edited, and `more`, now. */
  flush(more: Readonly<Record<string, unknown>> = {}): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const traits = [...this.#edited];
    this.#edited.clear();
    this.#isSending = true;
    try {
      for (const trait of traits) this.#model.set(trait, this.#held.get(trait)?.sent());
      for (const [trait, value] of Object.entries({ ...this.onFlush(), ...more }))
        this.#model.set(trait, value);
    } finally {
      this.#isSending = false;
    }
    this.#model.save_changes();
  }

  get isSending(): boolean {
    return this.#isSending;
  }

  /** Forgets every value: the next `dataOf` reads the model anew. What was edited is sent first. */
  clear(): void {
    if (this.#edited.size > 0) this.flush();
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
    this.#held.clear();
  }

  #follow(trait: string): void {
    const event = `change:${trait}`;
    const listener = () => {
      if (this.#isSending) return;
      this.#edited.delete(trait);
      this.onReplaced(this.#held.get(trait)?.replace(this.#model.get(trait)) ?? false);
    };
    this.#model.on(event, listener);
    this.#stops.set(trait, () => this.#model.off(event, listener));
  }
}
