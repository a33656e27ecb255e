import { executeServerCommand } from '@web/test-runner-commands';
import {
  BoundingBoxInnotation,
  type ImageEntries,
  ImageInnotation,
  type ImageInnotationOptions,
  type InnotaterOptions,
} from 'innotater';
import type { Shown } from '../boxes/support.js';
import { waitFor } from '../expect.js';
import { one, press, show } from '../innotater/support.js';

export const wide = { width: 480, height: 360 } as const;

/** Numbers from 0 to 255, the same for the same seed. */
const noise = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
};

/** Grey noise of 480 × 360, so that neighbours hardly ever look alike. */
export const noisy = (seed: number) => {
  const next = noise(seed);
  return {
    data: Uint8Array.from({ length: wide.width * wide.height }, next),
    shape: [wide.height, wide.width],
  };
};

export type Boxes = number[][];

/** One image with one box to draw, the image having the focus. */
export const showView = async (
  images: ImageEntries,
  options: {
    readonly image?: ImageInnotationOptions;
    readonly view?: InnotaterOptions;
    readonly boxes?: Boxes;
  } = {},
): Promise<Shown & { readonly innotation: ImageInnotation }> => {
  const innotation = new ImageInnotation(images, { name: 'image', ...options.image });
  const boxes = options.boxes ? [new BoundingBoxInnotation(options.boxes, { name: 'box' })] : null;
  const mounted = await show([innotation], boxes, options.view);
  const image = one(mounted.host, 'group', 'image');
  image.focus();
  return { ...mounted, image, innotation };
};

/** Zooms about the middle to 1.5^n, at most 64 times. */
export const zoomIn = async (shown: Shown, times: number): Promise<void> => {
  for (let i = 0; i < times; i++) await press('+', shown);
};

/** Device pixels of the image's frame. */
export const pixelsOf = async ({ view, image }: Shown) => {
  const bitmap = await createImageBitmap(await view.snapshot());
  const canvas = view.canvas!.getBoundingClientRect();
  const place = image.getBoundingClientRect();
  const ratio = bitmap.width / canvas.width;
  const [left, top] = [(place.left - canvas.left) * ratio, (place.top - canvas.top) * ratio];
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data, width } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return {
    ratio,
    left,
    top,
    width: Math.floor(place.width * ratio),
    height: Math.floor(place.height * ratio),
    /** Red, green and blue of a device pixel of the frame. */
    at: (x: number, y: number): readonly number[] => {
      const i = (Math.floor(top + y) * width + Math.floor(left + x)) * 4;
      return [data[i]!, data[i + 1]!, data[i + 2]!];
    },
  };
};

export const spoken = ({ host }: Shown): string[] =>
  [...host.firstElementChild!.shadowRoot!.querySelectorAll('[aria-live]')].map((e) => e.textContent ?? '');

/** The words of the minimap's element, once it is there and says that. */
export const minimapSays = (shown: Shown, words: RegExp): Promise<HTMLElement> =>
  waitFor(() => {
    const root = shown.host.firstElementChild!.shadowRoot!;
    const found = [...root.querySelectorAll<HTMLElement>('.words')].find((e) =>
      words.test(e.textContent ?? ''),
    );
    return found?.parentElement ?? false;
  }, `the minimap says ${words}`) as Promise<HTMLElement>;

export const minimapOf = ({ host }: Shown): HTMLElement | null => {
  const words = [...host.firstElementChild!.shadowRoot!.querySelectorAll<HTMLElement>('.words')];
  return words.find((e) => e.textContent?.startsWith('Minimap'))?.parentElement ?? null;
};

export const deviceRatio = (deviceScaleFactor: number): Promise<unknown> =>
  executeServerCommand('cdp', {
    method: 'Emulation.setDeviceMetricsOverride',
    params: { width: 1280, height: 900, deviceScaleFactor, mobile: false },
  });

export const frames = async (count = 3): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
};
