import type { TileTextures } from '../images/index.js';
import type { Renderer } from '../render/index.js';

/** The renderer's tiles as the images' cache wants them. */
export interface CountedTextures extends TileTextures {
  /** The context went, and every texture with it. */
  lost(): void;
}

/** Counts the bytes of what it uploads, 4 a texel. Uploads while the context is lost are dropped. */
export const countedTextures = (renderer: () => Renderer | null): CountedTextures => {
  const held = new Map<string, number>();
  let bytes = 0;
  const forget = (key: string) => {
    bytes -= held.get(key) ?? 0;
    held.delete(key);
  };
  return {
    get bytes() {
      return bytes;
    },
    upload(key, pixels) {
      const target = renderer();
      if (!target || target.isLost) return;
      target.uploadTile(key, pixels);
      forget(key);
      held.set(key, pixels.width * pixels.height * 4);
      bytes += pixels.width * pixels.height * 4;
    },
    free(key) {
      if (!held.has(key)) return;
      forget(key);
      renderer()?.freeTile(key);
    },
    lost() {
      held.clear();
      bytes = 0;
    },
  };
};
