import type { TileKey } from '../paint/index.js';
import type { Gpu } from './gpu.js';

export type TilePixels = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array<ArrayBuffer>;
  /** Colours are multiplied by their alpha already. */
  readonly isPremultiplied?: true;
};

type Tile = {
  readonly texture: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly isOpaque: boolean;
};

/** Whether every alpha is 255; stops at the first pixel that is not. */
export const isOpaque = (rgba: Uint8Array): boolean => {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
};

/** The tile textures of one context, by key. */
export class TileTextures {
  readonly #tiles = new Map<TileKey, Tile>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  find(key: TileKey): Tile | undefined {
    return this.#tiles.get(key);
  }

  /** Uploads; replaces what the key held. */
  upload(gpu: Gpu, key: TileKey, { width, height, rgba, isPremultiplied }: TilePixels): void {
    this.free(gpu, key);
    const opaque = isOpaque(rgba);
    const texture = gpu.createTile(width, height, rgba, !opaque && !isPremultiplied);
    if (!texture) return;
    this.#tiles.set(key, { texture, width, height, bytes: rgba.length, isOpaque: opaque });
    this.#bytes += rgba.length;
  }

  free(gpu: Gpu | null, key: TileKey): void {
    const tile = this.#tiles.get(key);
    if (!tile) return;
    gpu?.deleteTexture(tile.texture);
    this.#tiles.delete(key);
    this.#bytes -= tile.bytes;
  }

  /** Frees all; without a Gpu (the context was lost) it only forgets them. */
  clear(gpu: Gpu | null): void {
    for (const key of [...this.#tiles.keys()]) this.free(gpu, key);
  }
}
