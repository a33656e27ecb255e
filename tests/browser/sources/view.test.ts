import { BoundingBoxInnotation, ImageInnotation, Innotater, type TileSource } from 'innotater';
import { openDeepZoom } from 'innotater/sources';
import { equal, isTrue, waitFor } from '../expect.js';
import { clear, click, one, show } from '../innotater/support.js';
import { pictureOf } from './fixtures.js';

const pixelsOf = async (view: Innotater) => {
  const bitmap = await createImageBitmap(await view.snapshot());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context;
};

/** Colours of a row of the picture as it is on screen, at one pixel a pixel. */
const shownRow = async ({ view, host }: { view: Innotater; host: HTMLElement }, y: number, width: number) => {
  const frame = one(host, 'group', 'Scan').getBoundingClientRect();
  const canvas = view.canvas!.getBoundingClientRect();
  const context = await pixelsOf(view);
  return context.getImageData(Math.round(frame.x - canvas.x), Math.round(frame.y - canvas.y) + y, width, 1)
    .data;
};

describe('images in tiles on the page', () => {
  afterEach(clear);

  it('an address that names a pyramid is an entry as any other: its pixels are on screen, boxes go on it', async () => {
    const boxes = [[10, 20, 30, 40]];
    const image = new ImageInnotation(['deep-zoom/zoom.dzi'], {
      path: '/served/ranges',
      desc: 'Scan',
      width: 403,
      height: 301,
    });
    const mounted = await show(image, new BoundingBoxInnotation(boxes, { desc: 'Cell' }));
    const picture = await pictureOf('deep-zoom/picture.png');
    const row = await shownRow(mounted, 250, 403);
    const wanted = picture.data.subarray(250 * 403 * 4, 251 * 403 * 4);
    const wrong = row.findIndex((value, i) => Math.abs(value - wanted[i]!) > 1);
    equal(wrong, -1);
    isTrue(one(mounted.host, 'button', 'Cell, 1: 10, 20, 30, 40') !== null, 'the box has its element');
  });

  it('a tile that fails leaves the rest on screen; the error names it, and Retry gets it', async () => {
    const zoom = await openDeepZoom('/served/ranges/deep-zoom/zoom.dzi');
    let isBroken = true;
    const source: TileSource = {
      ...zoom,
      getTile: (level, x, y, options) =>
        isBroken && level === 0 && x === 1 && y === 1
          ? Promise.reject(new Error('the disk is full'))
          : zoom.getTile(level, x, y, options),
    };
    const messages: string[] = [];
    const view = new Innotater(
      new ImageInnotation([source], { desc: 'Scan', name: 'scan', width: 403, height: 301 }),
      null,
    );
    view.addEventListener('error', (event) => messages.push(event.detail.error.message));
    const host = document.body.appendChild(document.createElement('div'));
    view.mount(host);
    await view.ready;
    const mounted = { view, host };
    const { data } = await pictureOf('deep-zoom/picture.png');
    const differing = async () => {
      const row = await shownRow(mounted, 200, 403);
      return [...row.keys()]
        .filter((i) => Math.abs(row[i]! - data[200 * 403 * 4 + i]!) > 1)
        .map((i) => Math.floor(i / 4));
    };
    const wrong = await differing();
    isTrue(
      wrong.length > 0 && Math.min(...wrong) >= 126 && Math.max(...wrong) < 252,
      `only the tile differs: ${wrong}`,
    );
    equal(messages.length, 1);
    isTrue(
      /^scan, sample 0: .*zoom\.dzi, tile 1, 1 of level 0 cannot be shown: the disk is full$/.test(
        messages[0]!,
      ),
      messages[0]!,
    );
    isBroken = false;
    await click(one(host, 'button', 'Retry Scan'), mounted);
    await waitFor(async () => (await differing()).length === 0, 'the tile after a retry');
    view.dispose();
    host.remove();
  });

  it('a pyramid of 16 bits is shown in its window, and a tile source of a few lines too', async () => {
    const size = 200_000;
    const levels = [1, 4, 16, 64, 256, 1024].map((scale) => ({
      width: Math.ceil(size / scale),
      height: Math.ceil(size / scale),
      tileWidth: 256,
      tileHeight: 256,
    }));
    const source: TileSource = {
      width: size,
      height: size,
      levels,
      dtype: 'uint16',
      window: { lo: 0, hi: 1000 },
      getTile: async () => ({ data: new Uint16Array(256 * 256).fill(400), shape: [256, 256] }),
    };
    const mounted = await show(
      new ImageInnotation([source], { desc: 'Scan', width: 200, height: 200 }),
      null,
    );
    const row = await shownRow(mounted, 100, 200);
    equal([...row.subarray(400, 404)], [102, 102, 102, 255]);
  });
});
