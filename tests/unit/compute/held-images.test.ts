import { describe, expect, it } from 'vitest';
import { createHeldImages } from '../../../workers/held-images.js';

/** A bitmap as far as holding one goes: Node has none. */
const bitmapOf = () => {
  const bitmap = {
    width: 2,
    height: 3,
    closed: 0,
    close: () => {
      bitmap.closed += 1;
    },
  };
  return bitmap;
};
const asBitmap = (bitmap: ReturnType<typeof bitmapOf>) => bitmap as unknown as ImageBitmap;

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe('held images', () => {
  it('are made once for many users and closed when released', async () => {
    const images = createHeldImages();
    const bitmap = bitmapOf();
    let made = 0;
    const make = async () => {
      made += 1;
      return asBitmap(bitmap);
    };
    const widths = await Promise.all([1, 2, 3].map(() => images.withImage('a', make, ({ width }) => width)));
    expect([widths, made, bitmap.closed]).toEqual([[2, 2, 2], 1, 0]);
    images.release('a');
    images.release('a');
    await Promise.resolve();
    expect(bitmap.closed).toBe(1);
    await images.withImage('a', make, () => 0);
    expect(made).toBe(2);
  });

  it('are closed by the last reader when released meanwhile', async () => {
    const images = createHeldImages();
    const bitmap = bitmapOf();
    const [first, second] = [gate(), gate()];
    const make = async () => asBitmap(bitmap);
    const readers = [first, second].map(({ opened }) => images.withImage('a', make, () => opened));
    await Promise.resolve();
    images.release('a');
    first.open();
    await readers[0];
    expect(bitmap.closed).toBe(0);
    second.open();
    await readers[1];
    await Promise.resolve();
    expect(bitmap.closed).toBe(1);
  });

  it('are closed when they are made only after their release', async () => {
    const images = createHeldImages();
    const bitmap = bitmapOf();
    const decoding = gate();
    const reader = images.withImage(
      'a',
      async () => {
        await decoding.opened;
        return asBitmap(bitmap);
      },
      ({ height }) => height,
    );
    images.release('a');
    decoding.open();
    expect(await reader).toBe(3);
    await Promise.resolve();
    expect(bitmap.closed).toBe(1);
  });

  it('that failed are forgotten, so that another try decodes again', async () => {
    const images = createHeldImages();
    const fail = () => Promise.reject(new Error('damaged'));
    await expect(images.withImage('a', fail, () => 0)).rejects.toThrow('damaged');
    expect(
      await images.withImage(
        'a',
        async () => asBitmap(bitmapOf()),
        ({ width }) => width,
      ),
    ).toBe(2);
  });
});
