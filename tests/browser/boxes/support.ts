import { executeServerCommand, sendMouse } from '@web/test-runner-commands';
import {
  type ImageEntries,
  ImageInnotation,
  type ImageInnotationOptions,
  type InnotaterOptions,
} from 'innotater';
import type { Innotation } from '../../../src/innotations/index.js';
import { all, drag, type Mounted, one, show } from '../innotater/support.js';

/** A 300 × 200 picture a sample, shown 1:1, so that its pixels are CSS pixels. */
export const imageSize = { width: 300, height: 200 } as const;

export const pictures = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    data: new Uint8Array(imageSize.width * imageSize.height).fill(90 + i * 20),
    shape: [imageSize.height, imageSize.width],
  }));

export type Shown = Mounted & { readonly image: HTMLElement };

/** Pictures with these boxes on them, mounted and drawn. */
export const showBoxes = async (
  boxes: readonly Innotation[] | Innotation,
  options: {
    readonly images?: ImageEntries;
    readonly image?: ImageInnotationOptions;
    readonly view?: InnotaterOptions;
  } = {},
): Promise<Shown> => {
  const image = new ImageInnotation(options.images ?? pictures(3), { name: 'image', ...options.image });
  const targets = Array.isArray(boxes) ? [...boxes] : [boxes as Innotation];
  const mounted = await show([image], targets, options.view);
  return { ...mounted, image: one(mounted.host, 'group', 'image') };
};

/** Client coordinates of a point of the picture. */
export const at = ({ image }: Shown, x: number, y: number): [number, number] => {
  const { left, top } = image.getBoundingClientRect();
  return [Math.round(left + x), Math.round(top + y)];
};

/** A trusted drag between two pixels of the picture. */
export const dragOn = (shown: Shown, from: readonly [number, number], to: readonly [number, number]) =>
  drag(at(shown, ...from), at(shown, ...to), shown);

export const clickOn = async (shown: Shown, x: number, y: number): Promise<void> => {
  await sendMouse({ type: 'click', position: at(shown, x, y) });
  await shown.view.ready;
};

export const moveTo = async (shown: Shown, x: number, y: number): Promise<void> => {
  await sendMouse({ type: 'move', position: at(shown, x, y) });
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
};

export const wheelOn = (shown: Shown, x: number, y: number, deltaY: number, ctrl = false) => {
  const [left, top] = at(shown, x, y);
  return executeServerCommand('wheel', { x: left, y: top, deltaY, ctrl });
};

export const field = ({ host }: Mounted, name: string) => one<HTMLInputElement>(host, 'textbox', name);

/** Names of the boxes' own elements, and which of them is active. */
export const boxElements = (shown: Mounted) =>
  all(shown.host, 'button')
    .filter((element) => element.getAttribute('aria-roledescription') === 'box')
    .map((element) => ({
      name: element.getAttribute('aria-label'),
      active: element.getAttribute('aria-pressed') === 'true',
    }));

export const cursorOf = ({ view }: Mounted): string => {
  const found = [...document.querySelectorAll('*')].flatMap((e) => [
    ...(e.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []),
  ]);
  const over =
    found.find((element) => element.contains(view.canvas) && element.style.cursor !== '') ?? view.canvas!;
  return getComputedStyle(over).cursor;
};

/** Reads what is drawn at points of the picture, in device pixels of a snapshot. */
export const colours = async (shown: Shown) => {
  const bitmap = await createImageBitmap(await shown.view.snapshot());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const canvas = shown.view.canvas!.getBoundingClientRect();
  const { left, top } = shown.image.getBoundingClientRect();
  const ratio = bitmap.width / canvas.width;
  return (x: number, y: number): number[] => [
    ...context
      .getImageData(
        Math.floor((left - canvas.left + x) * ratio),
        Math.floor((top - canvas.top + y) * ratio),
        1,
        1,
      )
      .data.slice(0, 3),
  ];
};

/** Any DevTools protocol call: touches, and clicks that count. */
export const protocol = (method: string, params: object): Promise<unknown> =>
  executeServerCommand('cdp', { method, params });
