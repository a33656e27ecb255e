import { InnotaterError } from '../errors/index.js';
import type { Size } from '../geometry/index.js';
import type { ImageSource, TileTextures } from '../images/index.js';
import type { LayerPicture, PicturePlace } from '../innotations/index.js';
import type { RgbaPixels } from '../kernels/index.js';

type Read = { readonly pixels: RgbaPixels; readonly image: Size; readonly layers: readonly LayerPicture[] };

/** The texture of a layer's boxes; without a key there are none to be seen. */
export type ShownLayer = Omit<LayerPicture, 'rgba'> & { readonly key: string | null };

/** What there is of one row's picture. Sizes in texels and image px. */
export type Thumbnail =
  | { readonly tag: 'loading'; readonly abort: AbortController }
  | ({ readonly tag: 'read' } & Read)
  | {
      readonly tag: 'ready';
      readonly key: string;
      readonly texels: Size;
      readonly image: Size;
      readonly layers: readonly ShownLayer[];
      /** Number of the paint that last showed it. */
      seenIn: number;
    }
  | { readonly tag: 'failed'; readonly error: InnotaterError };

export type ThumbnailParts = {
  open(
    uindex: number,
    options: { readonly signal: AbortSignal; readonly priority: number },
  ): Promise<ImageSource>;
  /** Boxes that lie on it in layers, drawn in the workers. */
  layers(
    uindex: number,
    place: PicturePlace,
    options: { readonly signal: AbortSignal },
  ): Promise<readonly LayerPicture[]>;
  readonly textures: TileTextures;
  redraw(reason: string): void;
  /** Bytes of textures; what is in sight is kept whatever it takes. */
  readonly budget: number;
};

/** Longest side of a tile, texels. */
const tileSide = 512;
const atATime = 6;
/** Time for uploads in one frame. */
const uploadMs = 3;

const bytesOf = ({ width, height }: Size): number => width * height * 4;

type Ready = Extract<Thumbnail, { tag: 'ready' }>;
const heldBytes = ({ texels, layers }: Ready): number =>
  layers.reduce((sum, layer) => sum + (layer.key ? bytesOf(layer) : 0), bytesOf(texels));

/** The finest level of at most one tile that has `px` texels along the longer side, or nearly. */
const levelFor = (image: Size, px: number): number => {
  const longest = Math.max(image.width, image.height);
  const whole = Math.ceil(Math.log2(longest / tileSide));
  return Math.max(0, whole, Math.floor(Math.log2(longest / px)));
};

let caches = 0;

/** The small pictures of a column: read in the workers as they come into sight, kept on the GPU within a budget. */
export class Thumbnails {
  readonly #parts: ThumbnailParts;
  readonly #key = `thumbnails${caches++}`;
  readonly #all = new Map<number, Thumbnail>();
  #paints = 0;
  #uploads = 0;
  #px = tileSide;
  #devicePixelRatio = 1;
  /** Those whose boxes are drawn anew; shown as they were until then. */
  readonly #renewing = new Map<number, AbortController>();
  /** Those whose boxes changed since, in the order in which they did: drawn anew once they are there and in sight. */
  readonly #stale = new Set<number>();
  #isDisposed = false;

  constructor(parts: ThumbnailParts) {
    this.#parts = parts;
  }

  get(uindex: number): Thumbnail | undefined {
    return this.#all.get(uindex);
  }

  get failed(): readonly number[] {
    return [...this.#all].flatMap(([uindex, { tag }]) => (tag === 'failed' ? [uindex] : []));
  }
  get pending(): number {
    return this.#count('loading') + this.#count('read');
  }
  get ready(): number {
    return this.#count('ready');
  }

  /**
   * These rows are in sight, `px` device px along the longer side; then those that may be soon. What else is being read is given up;
   * what was read is uploaded, as far as a frame has time for it.
   */
  show(inSight: readonly number[], soon: readonly number[], px: number, devicePixelRatio: number): void {
    this.#paints += 1;
    this.#devicePixelRatio = devicePixelRatio;
    this.#px = Math.min(tileSide, px);
    const wanted = new Set([...inSight, ...soon]);
    for (const [uindex, { tag }] of this.#all)
      if ((tag === 'loading' || tag === 'read') && !wanted.has(uindex)) this.forget(uindex);
    for (const uindex of this.#renewing.keys()) if (!wanted.has(uindex)) this.#putOff(uindex);
    this.#upload(inSight);
    const bytes = this.#touch(inSight, this.#paints) + this.#touch(soon, this.#paints - 1);
    this.#shrink();
    this.#renewSome(inSight);
    this.#renewSome(soon);
    this.#loadSome(inSight, 1, Number.POSITIVE_INFINITY);
    const mostBytes = bytesOf({ width: 2 * this.#px, height: 2 * this.#px });
    this.#loadSome(soon, 12, Math.floor((this.#parts.budget - bytes) / mostBytes));
  }

  /** Marks these as seen in a paint; the bytes of those that are there. */
  #touch(uindexes: readonly number[], paint: number): number {
    let bytes = 0;
    for (const uindex of uindexes) {
      const thumbnail = this.#all.get(uindex);
      if (thumbnail?.tag !== 'ready') continue;
      thumbnail.seenIn = paint;
      bytes += heldBytes(thumbnail);
    }
    return bytes;
  }

  /** As many of these as there is room for among those being read, and for `most` at the most. */
  #loadSome(uindexes: readonly number[], priority: number, most: number): void {
    let room = Math.min(most, atATime - this.#count('loading'));
    for (const uindex of uindexes) {
      if (room <= 0) return;
      if (this.#all.has(uindex)) continue;
      this.#load(uindex, priority);
      room -= 1;
    }
  }

  /** Reads it anew when it is next in sight. */
  forget(uindex: number): void {
    const thumbnail = this.#all.get(uindex);
    this.#all.delete(uindex);
    if (thumbnail?.tag === 'loading') thumbnail.abort.abort(unwanted(uindex));
    this.#putOff(uindex);
    this.#stale.delete(uindex);
    if (thumbnail?.tag === 'ready') this.#free(thumbnail);
  }

  #free({ key, layers }: Ready): void {
    for (const one of [key, ...layers.map((layer) => layer.key)]) if (one) this.#parts.textures.free(one);
  }

  /** Boxes of its layers changed: they are drawn anew when it is in sight; what is shown stays until then. One that failed is read again. */
  renew(uindex: number): void {
    const thumbnail = this.#all.get(uindex);
    if (thumbnail?.tag === 'failed') this.forget(uindex);
    else if (thumbnail) this.#stale.add(uindex);
    this.#parts.redraw('boxes of a thumbnail changed');
  }

  /** The same of all that did not fail. */
  renewAll(): void {
    for (const [uindex, { tag }] of this.#all) if (tag !== 'failed') this.#stale.add(uindex);
    this.#parts.redraw('boxes of thumbnails changed');
  }

  /**
   * As many of these as there is room for. What is being drawn is waited for whatever changes meanwhile, and those that changed first come
   * first, so that all of them move on while somebody drags a slider.
   */
  #renewSome(uindexes: readonly number[]): void {
    if (this.#stale.size === 0) return;
    const wanted = new Set(uindexes);
    for (const uindex of this.#stale) {
      if (this.#renewing.size >= atATime) return;
      const thumbnail = this.#all.get(uindex);
      if (!wanted.has(uindex) || thumbnail?.tag !== 'ready' || this.#renewing.has(uindex)) continue;
      this.#stale.delete(uindex);
      this.#renew(uindex, thumbnail.image);
    }
  }

  #renew(uindex: number, image: Size): void {
    const abort = new AbortController();
    this.#renewing.set(uindex, abort);
    const settle = (take: () => void) => {
      if (this.#renewing.get(uindex) !== abort) return;
      this.#renewing.delete(uindex);
      take();
      this.#parts.redraw('thumbnail renewed');
    };
    this.#layers(uindex, image, abort.signal).then(
      (layers) => settle(() => this.#putLayers(uindex, layers)),
      () => settle(() => this.forget(uindex)),
    );
  }

  /** Its boxes are drawn when it is in sight again. */
  #putOff(uindex: number): void {
    const abort = this.#renewing.get(uindex);
    if (!abort) return;
    this.#renewing.delete(uindex);
    this.#stale.add(uindex);
    abort.abort(unwanted(uindex));
  }

  retry(): void {
    for (const uindex of this.failed) this.#all.delete(uindex);
  }

  /** The context went, and every texture with it. */
  texturesLost(): void {
    for (const [uindex, { tag }] of this.#all) if (tag === 'ready') this.#all.delete(uindex);
    for (const uindex of [...this.#renewing.keys()]) this.forget(uindex);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const uindex of [...this.#all.keys()]) this.forget(uindex);
  }

  #count(tag: Thumbnail['tag']): number {
    let count = 0;
    for (const thumbnail of this.#all.values()) if (thumbnail.tag === tag) count += 1;
    return count;
  }

  #load(uindex: number, priority: number): void {
    const abort = new AbortController();
    const loading: Thumbnail = { tag: 'loading', abort };
    this.#all.set(uindex, loading);
    const settle = (thumbnail: Thumbnail) => {
      if (this.#isDisposed || this.#all.get(uindex) !== loading) return;
      this.#all.set(uindex, thumbnail);
      this.#parts.redraw('thumbnail');
    };
    this.#read(uindex, abort.signal, priority).then(
      (read) => settle({ tag: 'read', ...read }),
      (thrown: unknown) => settle({ tag: 'failed', error: asError(thrown, uindex) }),
    );
  }

  async #read(uindex: number, signal: AbortSignal, priority: number): Promise<Read> {
    const source = await this.#parts.open(uindex, { signal, priority });
    try {
      signal.throwIfAborted();
      const { width, height } = source;
      const image = { width, height };
      const address = { level: levelFor(image, this.#px), x: 0, y: 0 };
      const [pixels, layers] = await Promise.all([
        source.readTile(address, { signal, priority }),
        this.#layers(uindex, image, signal),
      ]);
      return { image, pixels, layers };
    } finally {
      source.dispose();
    }
  }

  #layers(uindex: number, image: Size, signal: AbortSignal): Promise<readonly LayerPicture[]> {
    const scale = Math.min(this.#devicePixelRatio, this.#px / Math.max(image.width, image.height));
    const place = { image, scale, thick: Math.max(1, Math.round(this.#devicePixelRatio)) };
    return this.#parts.layers(uindex, place, { signal });
  }

  #upload(inSight: readonly number[]): void {
    const endMs = performance.now() + uploadMs;
    const read = [...this.#all].filter(([, { tag }]) => tag === 'read');
    const isSeen = new Set(inSight);
    read.sort(([a], [b]) => Number(isSeen.has(b)) - Number(isSeen.has(a)));
    let done = 0;
    for (const [uindex, thumbnail] of read) {
      if (thumbnail.tag !== 'read') continue;
      if (done > 0 && performance.now() > endMs) break;
      this.#put(uindex, thumbnail);
      done += 1;
    }
    if (done < read.length) queueMicrotask(() => this.#parts.redraw('thumbnails wait for their upload'));
  }

  #put(uindex: number, { pixels, image, layers }: Read): void {
    const { textures } = this.#parts;
    const key = this.#newKey();
    textures.upload(key, pixels);
    const texels = { width: pixels.width, height: pixels.height };
    const shown = layers.map((layer) => this.#uploaded(layer));
    this.#all.set(uindex, { tag: 'ready', key, texels, image, layers: shown, seenIn: this.#paints });
  }

  #putLayers(uindex: number, layers: readonly LayerPicture[]): void {
    const thumbnail = this.#all.get(uindex);
    if (thumbnail?.tag !== 'ready') return;
    for (const { key } of thumbnail.layers) if (key) this.#parts.textures.free(key);
    this.#all.set(uindex, { ...thumbnail, layers: layers.map((layer) => this.#uploaded(layer)) });
  }

  #uploaded({ rgba, ...layer }: LayerPicture): ShownLayer {
    if (!rgba) return { ...layer, key: null };
    const { width, height } = layer;
    const key = this.#newKey();
    // Alpha is 0 or 255, and under 0 all is 0.
    this.#parts.textures.upload(key, { width, height, rgba, isPremultiplied: true });
    return { ...layer, key };
  }

  #newKey(): string {
    return `${this.#key}/${this.#uploads++}`;
  }

  #shrink(): void {
    const ready = [...this.#all].flatMap(([uindex, thumbnail]) =>
      thumbnail.tag === 'ready' ? [{ uindex, thumbnail }] : [],
    );
    let bytes = ready.reduce((sum, { thumbnail }) => sum + heldBytes(thumbnail), 0);
    if (bytes <= this.#parts.budget) return;
    ready.sort((a, b) => a.thumbnail.seenIn - b.thumbnail.seenIn);
    for (const { uindex, thumbnail } of ready) {
      if (bytes <= this.#parts.budget || thumbnail.seenIn === this.#paints) return;
      bytes -= heldBytes(thumbnail);
      this.forget(uindex);
    }
  }
}

const unwanted = (uindex: number): InnotaterError =>
  new InnotaterError('aborted', `The thumbnail of sample ${uindex} is no longer in sight`, { uindex });

const asError = (thrown: unknown, uindex: number): InnotaterError => {
  if (thrown instanceof InnotaterError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new InnotaterError(
    'fetch',
    `Sample ${uindex} cannot be read: ${why}`,
    { uindex },
    { cause: thrown },
  );
};
