import type { Size } from '../../geometry/index.js';

/** A place in the atlas; texels, y down. `shelf` is the row it stands in. */
export type Cell = Size & { readonly x: number; readonly y: number; readonly shelf: Shelf };

/** A row of cells of about one height. */
export type Shelf = {
  readonly y: number;
  readonly height: number;
  /** Where the next cell goes. */
  x: number;
  /** Number of the last frame that used one of its cells. */
  lastUsed: number;
  readonly keys: string[];
};

const STEP = 8;

/**
 * Shelf packing with eviction by shelf: the one not used for longest gives its row to new cells. Knows places and frames, no pixels.
 */
export class Shelves {
  readonly #cells = new Map<string, Cell & { lastUsed: number }>();
  #shelves: Shelf[] = [];
  #bottom = 0;
  #frame = 0;
  /** The frame in which all that is in use was touched. */
  #touched = -1;
  #evictions = 0;

  constructor(
    readonly width: number,
    public height: number,
  ) {}

  get shelves(): readonly Shelf[] {
    return this.#shelves;
  }

  /** How often a shelf was taken from its cells. */
  get evictions(): number {
    return this.#evictions;
  }

  nextFrame(): void {
    this.#frame += 1;
  }

  /** The cell of a key, marked as used in this frame. */
  find(key: string): Cell | undefined {
    const cell = this.#cells.get(key);
    if (!cell) return undefined;
    cell.lastUsed = this.#frame;
    cell.shelf.lastUsed = this.#frame;
    return cell;
  }

  /**
   * A place for a new key: on a shelf that has room, on a new shelf, or on one whose cells neither this nor the last frame used (they
   * are forgotten); `touchUsed` finds all that is in use, and is called before one is, once a frame. Undefined where there is no place. A
   * cell is at most as wide as the atlas.
   */
  add(key: string, size: Size, touchUsed?: () => void): Cell | undefined {
    const shelf = this.#withRoom(size) ?? this.#opened(size) ?? this.#evicted(size, touchUsed);
    if (!shelf) return undefined;
    const cell = { ...size, x: shelf.x, y: shelf.y, shelf, lastUsed: this.#frame };
    shelf.x += size.width;
    shelf.lastUsed = this.#frame;
    shelf.keys.push(key);
    this.#cells.set(key, cell);
    return cell;
  }

  /** Share of the area whose cells this or the last frame used. */
  get liveShare(): number {
    let area = 0;
    for (const cell of this.#cells.values()) if (this.#isLive(cell)) area += cell.width * cell.shelf.height;
    return area / (this.width * this.height);
  }

  clear(): void {
    this.#cells.clear();
    this.#shelves = [];
    this.#bottom = 0;
  }

  #isLive(used: { readonly lastUsed: number }): boolean {
    return used.lastUsed >= this.#frame - 1;
  }

  #suits(shelf: Shelf, { height }: Size): boolean {
    return shelf.height >= height && shelf.height < height + 2 * STEP;
  }

  #withRoom(size: Size): Shelf | undefined {
    return this.#shelves.find((shelf) => this.#suits(shelf, size) && shelf.x + size.width <= this.width);
  }

  #opened(size: Size): Shelf | undefined {
    const height = Math.ceil(size.height / STEP) * STEP;
    if (this.#bottom + height > this.height) return undefined;
    const shelf = { y: this.#bottom, height, x: 0, lastUsed: this.#frame, keys: [] };
    this.#bottom += height;
    this.#shelves.push(shelf);
    return shelf;
  }

  #evicted(size: Size, touchUsed?: () => void): Shelf | undefined {
    if (this.#touched !== this.#frame) touchUsed?.();
    this.#touched = this.#frame;
    const stale = this.#shelves.filter((shelf) => this.#suits(shelf, size) && !this.#isLive(shelf));
    const oldest = stale.sort((a, b) => a.lastUsed - b.lastUsed)[0];
    if (!oldest) return undefined;
    this.#evictions += 1;
    for (const key of oldest.keys) this.#cells.delete(key);
    oldest.keys.length = 0;
    oldest.x = 0;
    return oldest;
  }
}
