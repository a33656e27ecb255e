import { InnotaterError } from '../errors/index.js';
import type { RgbaPixels } from '../kernels/index.js';
import type { ImageSource, TileAddress, TileOptions, TileTextures, ValueRange } from './contract.js';
import { tileName } from './tile-grid.js';
import { missing, stepTile, type TileEffect, type TileEvent, type TileState } from './tile-state.js';

type Tile = {
  readonly address: TileAddress;
  readonly key: string;
  state: TileState;
  abort: AbortController | null;
  priority: number;
  /** Number of the paint that last drew it. */
  drawnIn: number;
};

let jobs = 0;

/** The tiles of one opened image, and the image's source. */
export class SampleTiles {
  readonly source: ImageSource;
  readonly #key: string;
  readonly #textures: TileTextures;
  readonly #settled: () => void;
  readonly #tiles = new Map<string, Tile>();
  #range: ValueRange | null;
  #disposed = false;

  /** Takes over the source. `key` begins the texture keys and is used once; `settled` is called when a tile was read or failed. */
  constructor(
    source: ImageSource,
    key: string,
    textures: TileTextures,
    range: ValueRange | null,
    settled: () => void,
  ) {
    this.source = source;
    this.#key = key;
    this.#textures = textures;
    this.#range = range;
    this.#settled = settled;
  }

  /** Asks for a tile that is neither there nor under way. */
  want(address: TileAddress, priority: number): void {
    const name = tileName(address);
    const key = `${this.#key}/${name}`;
    const tile = this.#tiles.get(name) ?? {
      address,
      key,
      state: missing,
      abort: null,
      priority,
      drawnIn: 0,
    };
    this.#tiles.set(name, tile);
    tile.priority = priority;
    this.#step(tile, { tag: 'want', job: jobs++ });
  }

  /** Gives up what is under way and not among these. */
  unwantAllBut(addresses: readonly TileAddress[]): void {
    const kept = new Set(addresses.map(tileName));
    for (const [name, tile] of this.#tiles) if (!kept.has(name)) this.#step(tile, { tag: 'unwant' });
  }

  /** Shows the image with this window: what there is stays drawn until it is asked for and read anew. */
  setRange(range: ValueRange | null): void {
    this.#range = range;
    for (const tile of this.#tiles.values()) this.#step(tile, { tag: 'outdate' });
  }

  /** Frees what was read before the last change of the window and was not asked for since. */
  dropStale(): void {
    for (const tile of this.#tiles.values())
      if (tile.state.tag === 'stale') this.#step(tile, { tag: 'drop' });
  }

  get isRenewing(): boolean {
    return this.#count(({ tag }) => (tag === 'renewing' || tag === 'renewed' ? 1 : 0)) > 0;
  }

  isReady(address: TileAddress): boolean {
    return this.#tiles.get(tileName(address))?.state.tag === 'ready';
  }

  /** Whether it is on the GPU, perhaps as it was before the window changed. */
  isDrawable(address: TileAddress): boolean {
    return textureBytesOf(this.#tiles.get(tileName(address))?.state ?? missing) > 0;
  }

  /** The texture of a tile that is drawable, marked as drawn in this paint. */
  drawn(address: TileAddress, paint: number): string {
    const tile = this.#tiles.get(tileName(address));
    if (!tile) throw new Error(`tile ${tileName(address)} is drawn and was never asked for`);
    tile.drawnIn = paint;
    return tile.key;
  }

  /** Uploads tiles that were read, as long as `goesOn(tiles so far)`; renewed ones when there are no more to come. */
  upload(goesOn: (count: number) => boolean): void {
    let count = 0;
    for (const tile of this.#uploadable) {
      if (!goesOn(count++)) return;
      this.#step(tile, { tag: 'upload' });
    }
  }

  /** Frees tiles until the textures hold at most so many bytes: the longest undrawn first, never one drawn in this paint. */
  shrink(bytesAtMost: number, paint: number): void {
    let excess = this.textureBytes - bytesAtMost;
    if (excess <= 0) return;
    const idle = [...this.#tiles.values()]
      .filter(({ state, drawnIn }) => textureBytesOf(state) > 0 && drawnIn < paint)
      .sort((a, b) => a.drawnIn - b.drawnIn);
    for (const tile of idle) {
      if (excess <= 0) return;
      excess -= textureBytesOf(tile.state);
      this.#step(tile, { tag: 'drop' });
    }
  }

  /** The GPU lost every texture. */
  lose(): void {
    for (const tile of this.#tiles.values()) this.#step(tile, { tag: 'lose' });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const tile of this.#tiles.values()) this.#step(tile, { tag: 'drop' });
    this.source.dispose();
  }

  get failure(): InnotaterError | null {
    for (const { state } of this.#tiles.values()) if (state.tag === 'failed') return state.error;
    return null;
  }

  /** Tiles under way: being read, or read and not uploaded. */
  get pending(): number {
    return this.#count((state) => (isUnderWay(state) || isRead(state) ? 1 : 0));
  }
  /** Whether more tiles are to come. */
  get isReading(): boolean {
    return this.#count((state) => (isUnderWay(state) ? 1 : 0)) > 0;
  }
  get hasUploadable(): boolean {
    return this.#uploadable.length > 0;
  }
  get textureBytes(): number {
    return this.#count(textureBytesOf);
  }
  /** Pixels held on the CPU: the source's own and those that wait for their upload. */
  get decodedBytes(): number {
    const waiting = this.#count((state) => (isRead(state) ? state.pixels.rgba.byteLength : 0));
    return this.source.bytes + waiting;
  }

  get #uploadable(): readonly Tile[] {
    const tiles = [...this.#tiles.values()];
    const areRenewing = tiles.some(({ state }) => state.tag === 'renewing');
    return tiles.filter(({ state: { tag } }) => tag === 'loaded' || (tag === 'renewed' && !areRenewing));
  }

  #count(of: (state: TileState) => number): number {
    let sum = 0;
    for (const { state } of this.#tiles.values()) sum += of(state);
    return sum;
  }

  #step(tile: Tile, event: TileEvent): void {
    const [state, effects] = stepTile(tile.state, event);
    tile.state = state;
    for (const effect of effects) this.#perform(tile, effect);
    if (state.tag === 'missing') this.#tiles.delete(tileName(tile.address));
  }

  #perform(tile: Tile, effect: TileEffect): void {
    switch (effect.tag) {
      case 'read':
        void this.#read(tile, effect.job);
        return;
      case 'abort':
        tile.abort?.abort(new InnotaterError('aborted', 'the tile is no longer wanted'));
        return;
      case 'upload':
        this.#textures.upload(tile.key, effect.pixels);
        return;
      case 'free':
        this.#textures.free(tile.key);
    }
  }

  async #read(tile: Tile, job: number): Promise<void> {
    const abort = new AbortController();
    tile.abort = abort;
    try {
      const options = { signal: abort.signal, priority: tile.priority, range: this.#range };
      const pixels = await this.#pixels(tile.address, options);
      this.#answer(tile, { tag: 'arrive', job, pixels });
    } catch (thrown) {
      this.#answer(tile, { tag: 'reject', job, error: asError(thrown) });
    }
  }

  #pixels(tile: TileAddress, options: TileOptions): Promise<RgbaPixels> {
    const { source } = this;
    return tile.isCoarse && source.readCoarse ? source.readCoarse(options) : source.readTile(tile, options);
  }

  #answer(tile: Tile, event: TileEvent): void {
    const before = tile.state;
    this.#step(tile, event);
    if (tile.state !== before) this.#settled();
  }
}

const isUnderWay = ({ tag }: TileState): boolean => tag === 'loading' || tag === 'renewing';
const isRead = (state: TileState): state is Extract<TileState, { tag: 'loaded' | 'renewed' }> =>
  state.tag === 'loaded' || state.tag === 'renewed';
const textureBytesOf = (state: TileState): number => ('bytes' in state ? state.bytes : 0);

const asError = (thrown: unknown): InnotaterError =>
  thrown instanceof InnotaterError
    ? thrown
    : new InnotaterError(
        'decode',
        `A part of the image cannot be read: ${String(thrown)}`,
        {},
        { cause: thrown },
      );
