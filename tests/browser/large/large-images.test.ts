import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { BoundingBoxInnotation, type ImageEntries, ImageInnotation, Innotater } from 'innotater';
import { equal, isTrue, near, waitFor } from '../expect.js';

const [width, height] = [12_000, 9000];

/** A value for each pixel and channel that neighbours do not share. */
const valueAt = (x: number, y: number, c: number): number => (x * 7 + y * 13 + c * 101 + (x >> 8) * 31) & 255;

const tensor = () => {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      data[i] = valueAt(x, y, 0);
      data[i + 1] = valueAt(x, y, 1);
      data[i + 2] = valueAt(x, y, 2);
    }
  }
  return { data, shape: [height, width, 3] };
};

/** Four fields of flat colour; their common corner is the middle of the image. */
const fields = [
  [200, 30, 40],
  [20, 180, 60],
  [40, 60, 220],
  [230, 210, 40],
] as const;

const jpeg = async (): Promise<Blob> => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  fields.forEach(([r, g, b], i) => {
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    context.fillRect((i % 2) * (width / 2), (i >> 1) * (height / 2), width / 2, height / 2);
  });
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
};

const pixelsOf = async (view: Innotater) => {
  const bitmap = await createImageBitmap(await view.snapshot());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const ratio = bitmap.width / view.canvas!.getBoundingClientRect().width;
  const { left, top } = view.canvas!.getBoundingClientRect();
  return (x: number, y: number) => [
    ...context
      .getImageData(Math.floor((x - left) * ratio), Math.floor((y - top) * ratio), 1, 1)
      .data.slice(0, 3),
  ];
};

const open = async (data: ImageEntries) => {
  const host = document.createElement('div');
  host.style.width = '700px';
  document.body.append(host);
  const boxes = [[0, 0, 0, 0]];
  const view = new Innotater(
    // The minimap would lie over a pixel that is looked at.
    new ImageInnotation(data, { name: 'image', colorspace: 'RGB', width: 400, height: 300, minimap: false }),
    new BoundingBoxInnotation(boxes, { name: 'box' }),
  );
  view.mount(host);
  await view.ready;
  const root = host.querySelector('*')!.shadowRoot!;
  const group = root.querySelector('[aria-roledescription="image"]')!;
  const close = () => {
    view.dispose();
    host.remove();
  };
  return { view, boxes, group, close };
};

/** Zooms in by key until nothing changes any more: 64 screen pixels for one of the image, about its middle. */
const zoomToPixels = async (view: Innotater, group: Element) => {
  (group as HTMLElement).focus();
  for (let i = 0; i < 20; i++) await sendKeys({ press: '+' });
  await view.ready;
  const { left, top, width: w, height: h } = group.getBoundingClientRect();
  return { x: left + w / 2, y: top + h / 2 };
};

const drawAround = async (centre: { readonly x: number; readonly y: number }) => {
  const at = (x: number, y: number): [number, number] => [Math.round(centre.x + x), Math.round(centre.y + y)];
  await sendMouse({ type: 'move', position: at(-100, -50) });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: at(0, 0) });
  await sendMouse({ type: 'move', position: at(100, 50) });
  await sendMouse({ type: 'up' });
};

describe('images of 12,000 × 9,000 pixels', function () {
  this.timeout(120_000);

  it('a tensor opens, zooms to single pixels and takes a box', async () => {
    const data = [tensor()];
    const { view, boxes, group, close } = await open(data);
    const centre = await zoomToPixels(view, group);
    const pixel = await pixelsOf(view);
    for (const [dx, dy] of [
      [-32, -32],
      [32, -32],
      [-32, 32],
      [96, 32],
    ] as const) {
      const [x, y] = [6000 + Math.floor(dx / 64), 4500 + Math.floor(dy / 64)];
      equal(
        pixel(centre.x + dx, centre.y + dy),
        [0, 1, 2].map((c) => valueAt(x, y, c)),
        `pixel ${x}, ${y}`,
      );
    }
    await drawAround(centre);
    await waitFor(() => boxes[0]![2]! > 0, 'a box');
    equal(boxes[0], [5998, 4499, 4, 2], 'the box');
    close();
  });

  it('a baseline JPEG is there whole long before it is decoded; its pixels are exact when they are looked at', async () => {
    const blob = await jpeg();
    const { view, group, close } = await open([blob]);
    isTrue(view.stats.decodedBytes === (width / 8) * (height / 8) * 4, 'an eighth of it is held');
    const { left, top, width: w, height: h } = group.getBoundingClientRect();
    const shown = await pixelsOf(view);
    fields.forEach((field, i) => {
      const [x, y] = [left + w * (i % 2 ? 0.75 : 0.25), top + h * (i > 1 ? 0.75 : 0.25)];
      shown(x, y).forEach((value, c) => {
        near(value, field[c]!, 4, `field ${i} of the whole`);
      });
    });
    await zoomToPixels(view, group);
    isTrue(view.stats.decodedBytes > width * height * 4, 'all of it is held once single pixels are shown');
    close();
    equal([view.stats.decodedBytes, view.stats.textureBytes], [0, 0]);
  });

  it('a JPEG opens, zooms to single pixels and takes a box', async () => {
    const blob = await jpeg();
    const { view, boxes, group, close } = await open([blob]);
    const centre = await zoomToPixels(view, group);
    const pixel = await pixelsOf(view);
    // Half a pixel beside the corner where the fields meet; JPEG keeps flat fields to within a few levels.
    [
      [-96, -96],
      [96, -96],
      [-96, 96],
      [96, 96],
    ].forEach(([dx, dy], i) => {
      pixel(centre.x + dx!, centre.y + dy!).forEach((value, c) => {
        near(value, fields[i]![c]!, 4, `field ${i}`);
      });
    });
    await drawAround(centre);
    await waitFor(() => boxes[0]![2]! > 0, 'a box');
    equal(boxes[0], [5998, 4499, 4, 2], 'the box');
    close();
  });
});
