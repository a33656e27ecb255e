import { BoundingBoxInnotation, ImageInnotation, Innotater } from '../../../src/innotater/index.js';

const [width, height] = [64, 48];

/** A colour of each view's own, BGR. */
export const colorOf = (view: number): readonly [number, number, number] => [
  (view * 37) % 256,
  (view * 91 + 80) % 256,
  (view * 53 + 160) % 256,
];

const imageOf = (view: number) => {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) data.set(colorOf(view), i);
  return { data, shape: [height, width, 3] };
};

export type Grid = {
  readonly scroller: HTMLElement;
  readonly views: readonly Innotater[];
  readonly hosts: readonly HTMLElement[];
  close(): void;
};

/** So many views of one small image (there when what `read` gives is there) and its box, five in a row, in an element that scrolls. `fixed`: cells have a height of their own. */
export const grid = (
  count: number,
  { fixed = false, tools = false, read = (): unknown => undefined } = {},
): Grid => {
  const scroller = document.body.appendChild(document.createElement('div'));
  scroller.style.cssText =
    'height: 560px; overflow-y: auto; display: grid; grid-template-columns: repeat(5, 150px); gap: 8px; align-content: start';
  const hosts = Array.from({ length: count }, () => {
    const host = scroller.appendChild(document.createElement('div'));
    if (fixed) host.style.height = '230px';
    return host;
  });
  const views = hosts.map((host, i) => {
    const images = {
      length: 1,
      get: async () => {
        await read();
        return imageOf(i);
      },
    };
    const view = new Innotater(
      new ImageInnotation(images, { name: 'image', tools }),
      new BoundingBoxInnotation([[4, 4, 10 + (i % 20), 12]], { name: 'box' }),
      { vertical: true, label: `View ${i}`, theme: 'light' },
    );
    view.mount(host);
    return view;
  });
  return {
    scroller,
    views,
    hosts,
    close() {
      for (const view of views) view.dispose();
      scroller.remove();
    },
  };
};

/** Whether some of the host is seen in the scroller. */
export const isInSight = ({ scroller }: Grid, host: HTMLElement): boolean => {
  const [outer, box] = [scroller.getBoundingClientRect(), host.getBoundingClientRect()];
  const bottom = Math.min(outer.bottom, innerHeight);
  return box.top < bottom - 1 && box.bottom > outer.top + 1;
};

/** RGB of what is shown at a place of the canvas, CSS px. */
export const shownAt = (canvas: HTMLCanvasElement, x: number, y: number): readonly number[] => {
  const copy = document.createElement('canvas');
  copy.width = copy.height = 1;
  const context = copy.getContext('2d')!;
  const scale = devicePixelRatio;
  context.drawImage(canvas, -Math.round(x * scale), -Math.round(y * scale));
  return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
};

export const isColor = (pixel: readonly number[], view: number): boolean => {
  const [b, g, r] = colorOf(view);
  return [r, g, b].every((value, i) => Math.abs(value! - pixel[i]!) <= 2);
};
