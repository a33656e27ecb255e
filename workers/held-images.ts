import type { FrameStack } from './frame-stack.js';

/** Decoded pixels. */
export type HeldPicture = ImageBitmap | FrameStack;

type Held = { readonly picture: Promise<HeldPicture>; users: number; released: boolean };

/** Decoded images by id. A picture that is released while somebody reads from it is closed by the last reader. */
export type HeldImages = {
  /** Runs `use` with the picture of the id, made by `make` unless it is held or being made; it is not closed meanwhile. */
  withImage<T>(
    id: string,
    make: () => Promise<HeldPicture>,
    use: (picture: HeldPicture) => Promise<T> | T,
  ): Promise<T>;
  release(id: string): void;
};

const closeUnused = (held: Held): void => {
  if (held.released && held.users === 0) {
    held.picture.then(
      (picture) => picture.close(),
      () => {},
    );
  }
};

/** An empty store; an image that fails is forgotten, so the next call makes it anew. */
export const createHeldImages = (): HeldImages => {
  const images = new Map<string, Held>();
  const hold = (id: string, make: () => Promise<HeldPicture>): Held => {
    const held: Held = { picture: make(), users: 0, released: false };
    images.set(id, held);
    held.picture.catch(() => images.get(id) === held && images.delete(id));
    return held;
  };
  return {
    async withImage(id, make, use) {
      const held = images.get(id) ?? hold(id, make);
      held.users += 1;
      try {
        return await use(await held.picture);
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
