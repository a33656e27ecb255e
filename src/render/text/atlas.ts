import type { Size } from '../../geometry/index.js';
import { type Cell, Shelves } from './shelves.js';

/** A rectangle of the atlas whose pixels changed; texels. */
export type DirtyPart = Size & { readonly x: number; readonly y: number };

export const ATLAS_WIDTH = 1024;
const FIRST_HEIGHT = 512;
const MOST_HEIGHT = 4096;

export const createContext2d = (width: number, height: number): CanvasRenderingContext2D => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser gave no 2D canvas to draw text with.');
  return context;
};

/**
 * The rasterised text of one device. Its pixels live in a canvas in main memory, laid out as the texture is: the
 * texture gets what changed once a frame, grows with the canvas, and after a context loss is filled again without drawing any text.
 */
export class TextAtlas {
  readonly #shelves = new Shelves(ATLAS_WIDTH, FIRST_HEIGHT);
  readonly #dirty = new Map<number, DirtyPart>();
  readonly #touchUsed: () => void;
  #context: CanvasRenderingContext2D | null = null;
  #clearings = 0;

  /** `touchUsed` touches all that is in use; it is called before anything makes room for something else. */
  constructor(touchUsed: () => void) {
    this.#touchUsed = touchUsed;
  }

  /** Height of the pixels held; 0 before the first text. */
  get height(): number {
    return this.#context ? this.#shelves.height : 0;
  }

  /** Another number after any text was forgotten: quads made before may refer to what is not there any more. */
  get version(): number {
    return this.#clearings + this.#shelves.evictions;
  }

  nextFrame(): void {
    this.#shelves.nextFrame();
  }

  /**
   * The cell of a key; drawn by `paint` at the given corner, clipped to the cell, where it is new. Undefined when the atlas is full of
   * text that is in use or when it is mostly stale: draw what refers to it, `clear` it and ask again.
   */
  cell(key: string, size: Size, paint: (context: CanvasRenderingContext2D, x: number, y: number) => void) {
    const known = this.#shelves.find(key);
    if (known) return known;
    const cell = this.#shelves.add(key, size, this.#touchUsed) ?? this.#grownFor(key, size);
    if (cell) this.#paint(cell, paint);
    return cell;
  }

  /** The cell of the key, where there is one, is in use in this frame. */
  touch(key: string): void {
    this.#shelves.find(key);
  }

  /** Forgets every text; the memory stays. */
  clear(): void {
    this.#clearings += 1;
    this.#shelves.clear();
    this.#dirty.clear();
  }

  /** The pixels that changed since the last call, straight RGBA. */
  takeChanges(): readonly { readonly part: DirtyPart; readonly pixels: ImageData }[] {
    const changes = [...this.#dirty.values()].map((part) => ({
      part,
      pixels: this.#open().getImageData(part.x, part.y, part.width, part.height),
    }));
    this.#dirty.clear();
    return changes;
  }

  /** The texture was made anew: everything counts as changed. */
  touchAll(): void {
    this.#dirty.clear();
    for (const shelf of this.#shelves.shelves) {
      const { y, height, x: width } = shelf;
      if (width > 0) this.#dirty.set(y, { x: 0, y, width, height });
    }
  }

  dispose(): void {
    this.clear();
    if (this.#context) this.#context.canvas.width = 0;
    this.#context = null;
  }

  #open(): CanvasRenderingContext2D {
    this.#context ??= createContext2d(ATLAS_WIDTH, this.#shelves.height);
    return this.#context;
  }

  #grownFor(key: string, size: Size): Cell | undefined {
    while (this.#shelves.height < MOST_HEIGHT && this.#shelves.liveShare > 0.5) {
      this.#shelves.height *= 2;
      this.#copyToGrown();
      const cell = this.#shelves.add(key, size, this.#touchUsed);
      if (cell) return cell;
    }
    return undefined;
  }

  #copyToGrown(): void {
    const old = this.#open();
    this.#context = createContext2d(ATLAS_WIDTH, this.#shelves.height);
    this.#context.drawImage(old.canvas, 0, 0);
    old.canvas.width = 0;
  }

  #paint(cell: Cell, paint: (context: CanvasRenderingContext2D, x: number, y: number) => void): void {
    const context = this.#open();
    context.save();
    context.beginPath();
    context.rect(cell.x, cell.y, cell.width, cell.height);
    context.clip();
    context.clearRect(cell.x, cell.y, cell.width, cell.height);
    paint(context, cell.x, cell.y);
    context.restore();
    this.#markDirty(cell);
  }

  #markDirty({ x, y, width, height, shelf }: Cell): void {
    const known = this.#dirty.get(shelf.y);
    const left = known ? Math.min(known.x, x) : x;
    const right = known ? Math.max(known.x + known.width, x + width) : x + width;
    this.#dirty.set(shelf.y, {
      x: left,
      y,
      width: right - left,
      height: Math.max(height, known?.height ?? 0),
    });
  }
}
