const numbers = new Float64Array(5);
const words = new Uint32Array(numbers.buffer);

/** The mixing of MurmurHash3 (Austin Appleby, public domain). */
const mixed = (seed: number): number => {
  let hash = seed;
  for (let i = 0; i < words.length; i++) {
    hash = Math.imul(hash ^ words[i]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
};

/** Whether boxes and classes are as they were, in 8 bytes each where the numbers take 36. That a change goes unseen has a chance of 2⁻⁶⁴. */
export class Fingerprints {
  readonly #words: Uint32Array;
  constructor(count: number) {
    this.#words = new Uint32Array(2 * count);
  }
  /** `row` counts boxes in `boxes`, (k, 4). */
  keep(record: number, boxes: Float64Array, row: number, classId: number): void {
    this.#load(boxes, row, classId);
    this.#words[2 * record] = mixed(1);
    this.#words[2 * record + 1] = mixed(2);
  }
  isSame(record: number, boxes: Float64Array, row: number, classId: number): boolean {
    this.#load(boxes, row, classId);
    return this.#words[2 * record] === mixed(1) && this.#words[2 * record + 1] === mixed(2);
  }
  #load(boxes: Float64Array, row: number, classId: number): void {
    for (let side = 0; side < 4; side++) numbers[side] = boxes[4 * row + side]! + 0;
    numbers[4] = classId;
  }
}
