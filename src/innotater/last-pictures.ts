/** What the pictures of sleeping views may take, bytes: some two hundred views of 150 × 230 px. */
const mostBytes = 32 << 20;

const bytesOf = ({ width, height }: HTMLCanvasElement): number => width * height * 4;

/** What sleeping views last showed, on canvases in their places; over the limit the longest asleep are given up. */
export class LastPictures {
  readonly #most: number;
  readonly #kept = new Set<HTMLCanvasElement>();
  #bytes = 0;

  constructor(most = mostBytes) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  keep(picture: HTMLCanvasElement): void {
    this.#kept.add(picture);
    this.#bytes += bytesOf(picture);
    for (const oldest of this.#kept) {
      if (this.#bytes <= this.#most) return;
      this.drop(oldest);
    }
  }

  /** It is no longer kept; its bytes are another's. False: it was given up before. */
  take(picture: HTMLCanvasElement): boolean {
    if (!this.#kept.delete(picture)) return false;
    this.#bytes -= bytesOf(picture);
    return true;
  }

  /** Takes it off the page, and its memory with it. */
  drop(picture: HTMLCanvasElement): void {
    this.take(picture);
    picture.remove();
    picture.width = 0;
  }
}

export const lastPictures = new LastPictures();
