import { bytesOf, type Pace } from './reading.js';

const pieceChars = 2 ** 18;

/** A blob in the making: texts, and parts of other blobs that are not read for it. */
export class BlobParts {
  readonly #parts: BlobPart[] = [];
  #text: string[] = [];
  #chars = 0;

  text(text: string): void {
    this.#text.push(text);
    this.#chars += text.length;
    if (this.#chars > pieceChars) this.#flush();
  }
  slice(blob: Blob, from: number, to: number): void {
    this.#flush();
    if (to > from) this.#parts.push(blob.slice(from, to));
  }
  blob(type: string): Blob {
    this.#flush();
    return new Blob(this.#parts, { type });
  }

  #flush(): void {
    if (this.#text.length > 0) this.#parts.push(new Blob([this.#text.join('')]));
    this.#text = [];
    this.#chars = 0;
  }
}

const windowBytes = 2 ** 19;

/** Texts of a file that are asked for in the order of their places: read in large pieces. */
export class TextWindow {
  readonly #blob: Blob;
  readonly #name: string;
  readonly #pace: Pace;
  #from = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(blob: Blob, name: string, pace: Pace) {
    this.#blob = blob;
    this.#name = name;
    this.#pace = pace;
  }

  async text(start: number, length: number): Promise<string> {
    if (start < this.#from || start + length > this.#from + this.#bytes.length) {
      const to = start + Math.max(length, windowBytes);
      this.#bytes = await this.#pace.wait(bytesOf(this.#blob, start, to, this.#name));
      this.#from = start;
    }
    const at = start - this.#from;
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }
}
