type Held = { readonly bitmap: Promise<ImageBitmap>; users: number; released: boolean };

/** Decoded images by id. A bitmap that is released while somebody reads from it is closed by the last reader. */
export type HeldImages = {
  /** Runs `use` with the bitmap of the id, made by `make` unless it is held or being made; the bitmap is not closed meanwhile. */
  withImage<T>(
    id: string,
    make: () => Promise<ImageBitmap>,
    use: (bitmap: ImageBitmap) => Promise<T> | T,
  ): Promise<T>;
  release(id: string): void;
};

const closeUnused = (held: Held): void => {
  if (held.released && held.users === 0) {
    held.bitmap.then(
      (bitmap) => bitmap.close(),
      () => {},
    );
  }
};

/** An empty store; an image that fails is forgotten, so the next call makes it anew. */
export const createHeldImages = (): HeldImages => {
  const images = new Map<string, Held>();
  const hold = (id: string, make: () => Promise<ImageBitmap>): Held => {
    const held: Held = { bitmap: make(), users: 0, released: false };
    images.set(id, held);
    held.bitmap.catch(() => images.get(id) === held && images.delete(id));
    return held;
  };
  return {
    async withImage(id, make, use) {
      const held = images.get(id) ?? hold(id, make);
      held.users += 1;
      try {
        return await use(await held.bitmap);
      } finally {
        held.users -= 1;
        closeUnused(held);
      }
    },
    release(id) {
      const held = images.get(id);
      if (!held) return;
      images.delete(id);
      held.released = true;
      closeUnused(held);
    },
  };
};
