import type { Pace } from './reading.js';

const blockLength = 2 ** 16;

/** A list of floats that grows without moving what is there. */
export class NumberList {
  readonly #blocks: Float64Array[] = [];
  length = 0;

  push(value: number): void {
    const at = this.length % blockLength;
    if (at === 0) this.#blocks.push(new Float64Array(blockLength));
    this.#blocks.at(-1)![at] = value;
    this.length += 1;
  }
  at(index: number): number {
    return this.#blocks[Math.floor(index / blockLength)]![index % blockLength]!;
  }
  /** All in one array. */
  array(pace: Pace): Promise<Float64Array> {
    return this.#into(new Float64Array(this.length), pace);
  }
  uint32(pace: Pace): Promise<Uint32Array> {
    return this.#into(new Uint32Array(this.length), pace);
  }
  async #into<T extends Float64Array | Uint32Array>(whole: T, pace: Pace): Promise<T> {
    for (const [i, block] of this.#blocks.entries()) {
      whole.set(block.subarray(0, this.length - i * blockLength), i * blockLength);
      await pace.breathe();
    }
    return whole;
  }
}
