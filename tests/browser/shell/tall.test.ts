import { sendMouse } from '@web/test-runner-commands';
import { rect } from '../../../src/geometry/index.js';
import type { Shape } from '../../../src/paint/index.js';
import { atRest, equal, isTrue, waitFor } from '../expect.js';
import { button, cdp, middle, open, settled, type View, type Widget } from './kit.js';

const rows = 1000;
const rowPx = 40;

const colorOf = (row: number) => [row % 256, row >> 8, 90] as const;
const color = (row: number) => [...colorOf(row).map((value) => value / 255), 1] as const;

/** A row of its own colour, with a line of one pixel at its top. */
const paintOf = (row: number): readonly Shape[] => [
  { tag: 'quad', rect: rect(0, row * rowPx, 400, rowPx), color: color(row) as never },
  { tag: 'quad', rect: rect(0, row * rowPx, 400, 1), color: [1, 1, 1, 1] },
];
const widgets: readonly Widget[] = Array.from({ length: rows }, (_, row) => ({
  ...button(`row-${row}`, `row ${row}`, rect(0, row * rowPx, 400, rowPx)),
  paint: paintOf(row),
}));
const form = { widgets: () => widgets, contentHeight: rows * rowPx };

const pixelsOf = async (blob: Blob): Promise<ImageData> => {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
};

const at = ({ data, width }: ImageData, x: number, y: number): readonly number[] => [
  ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
];

/** A column of the page's pixels as they are shown, in CSS px of the window. */
const columnShown = async (x: number, top: number, height: number): Promise<readonly number[][]> => {
  const clip = { x: x + scrollX, y: top + scrollY, width: 1, height, scale: 1 };
  const { data } = await cdp('Page.captureScreenshot', { format: 'png', clip });
  const pixels = await pixelsOf(await (await fetch(`data:image/png;base64,${data}`)).blob());
  return Array.from({ length: height }, (_, y) => [...at(pixels, 0, y)]);
};

/** What is to be seen of the view from its row of pixels `top` on. */
const columnWanted = (top: number, height: number): readonly number[][] =>
  Array.from({ length: height }, (_, y) =>
    (top + y) % rowPx === 0 ? [255, 255, 255] : [...colorOf(Math.floor((top + y) / rowPx))],
  );

/** Every pixel of a column of the view, as far as it lies between these places of the window, is as painted. */
const showsItself = async ({ host }: View, between: { readonly top: number; readonly height: number }) => {
  const box = host.getBoundingClientRect();
  const top = Math.max(between.top, Math.ceil(box.top));
  const height = Math.min(between.top + between.height, Math.floor(box.bottom)) - top;
  isTrue(height > 0, 'some of the view is seen');
  const wanted = JSON.stringify(columnWanted(Math.round(top - box.top), height));
  await waitFor(
    async () => JSON.stringify(await columnShown(Math.round(box.left) + 200, top, height)) === wanted,
    `pixel for pixel at ${Math.round(-box.top)} px`,
  );
};

/** The window's, less what scrollbars take. */
const seen = () => ({ top: 0, height: document.documentElement.clientHeight });

let view: View;
afterEach(() => {
  view.close();
  scrollTo(0, 0);
});

describe('a view of 40,000 px', () => {
  it('has a canvas that browsers give whole, and shows each pixel as painted wherever the page is scrolled to', async () => {
    view = await open(form);
    const canvas = view.shell.canvas;
    equal(view.host.offsetHeight, rows * rowPx, 'height on the page');
    const gl = canvas.getContext('webgl2')!;
    for (const top of [0, 1777, 20_013, 3000, 39_999, 100_000, 0]) {
      scrollTo(0, top);
      await showsItself(view, seen());
      equal([gl.drawingBufferWidth, gl.drawingBufferHeight], [canvas.width, canvas.height], 'pixels given');
    }
  });

  it('goes to what is scrolled to in the frame that shows it', async () => {
    view = await open(form);
    await showsItself(view, seen());
    const { canvas } = view.shell;
    const inFrame = new Promise<string>((resolve) => {
      // Later than what the view asked for when it was told.
      addEventListener('scroll', () => requestAnimationFrame(() => resolve(canvas.style.top)), {
        once: true,
      });
    });
    scrollTo(0, 20_000);
    isTrue(Number.parseFloat(await inFrame) > 40, 'the canvas lies about half of the view');
    await showsItself(view, seen());
  });

  it('draws nothing while what is scrolled to is on the canvas', async () => {
    view = await open(form);
    scrollTo(0, 20_000);
    await showsItself(view, seen());
    const frames = await atRest(() => view.shell.stats.frames);
    for (const by of [300, -500, 200]) {
      scrollBy(0, by);
      await settled();
    }
    await showsItself(view, seen());
    equal(view.shell.stats.frames, frames, 'frames');
  });

  it('shows itself in an element that scrolls, in the shadow of another', async () => {
    const outer = document.createElement('div');
    document.body.append(outer);
    const scroller = document.createElement('div');
    scroller.style.cssText = 'height: 300px; width: 420px; overflow: auto';
    outer.attachShadow({ mode: 'open' }).append(scroller);
    view = await open(form, 'width: 400px', scroller);
    for (const top of [12_345, 39_000, 500]) {
      scroller.scrollTop = top;
      const { top: from } = scroller.getBoundingClientRect();
      await showsItself(view, { top: Math.ceil(from), height: 299 });
    }
    outer.remove();
  });

  it('shows itself where the page moves it without scrolling, or elsewhere', async () => {
    view = await open(form);
    const { host } = view;
    for (const top of [15_000, 31_000]) {
      host.style.transform = `translateY(-${top}px)`;
      await showsItself(view, seen());
    }
    host.style.transform = '';
    const outer = document.body.appendChild(document.createElement('div'));
    const scroller = document.createElement('div');
    scroller.style.cssText = 'height: 300px; width: 420px; overflow: auto';
    outer.attachShadow({ mode: 'open' }).append(scroller);
    scroller.append(host);
    scroller.scrollTop = 25_000;
    await showsItself(view, { top: Math.ceil(scroller.getBoundingClientRect().top), height: 299 });
    outer.remove();
  });

  it('takes a press far down where it is seen', async () => {
    view = await open(form);
    view.at('row 700').scrollIntoView({ block: 'center' });
    await showsItself(view, seen());
    await sendMouse({ type: 'click', position: middle(view.at('row 700')) });
    await waitFor(() => view.ofTag('pointer').some(({ phase }) => phase === 'up'), 'a press');
    const down = view.ofTag('pointer').find(({ phase }) => phase === 'down')!;
    equal(Math.floor(down.at.y / rowPx), 700, 'row');
  });

  it('is whole in a snapshot and on paper, and goes on where it is', async () => {
    view = await open(form);
    scrollTo(0, 17_000);
    await showsItself(view, seen());
    const whole = await pixelsOf(await view.shell.snapshot());
    equal([whole.width, whole.height], [400, rows * rowPx], 'size of the snapshot');
    for (const row of [0, 1, 102, 103, 500, 999])
      equal(at(whole, 200, row * rowPx + 20), colorOf(row), `row ${row}`);
    await showsItself(view, seen());
    dispatchEvent(new Event('beforeprint'));
    const copy = view.shadow.querySelector<HTMLCanvasElement>('canvas.copy')!;
    equal(copy.height, 32_000, 'height on paper, where no more rows can be had');
    const share = 32_000 / (rows * rowPx);
    const onPaper = copy.getContext('2d')!.getImageData(200, 0, 1, copy.height);
    for (const row of [0, 102, 999])
      equal(at(onPaper, 0, Math.round((row * rowPx + 20) * share)), colorOf(row), `row ${row}`);
    dispatchEvent(new Event('afterprint'));
    await showsItself(view, seen());
  });

  it('has all of it on the canvas again once it is shorter', async () => {
    let height = rows * rowPx;
    view = await open({
      widgets: () => widgets.slice(0, height / rowPx),
      get contentHeight() {
        return height;
      },
    });
    scrollTo(0, 30_000);
    await showsItself(view, seen());
    height = 800;
    view.shell.invalidate('fewer rows');
    await waitFor(() => view.host.offsetHeight === 800, 'the height of 20 rows');
    await showsItself(view, { top: 0, height: Math.min(seen().height, 700) });
    equal(view.shell.canvas.height, 800, 'rows of the canvas');
    isTrue(view.shell.canvas.style.top === '', 'it lies at the top');
  });
});
