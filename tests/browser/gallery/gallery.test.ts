import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { Gallery, type GalleryOptions } from '../../../src/gallery/index.js';
import {
  BoundingBoxInnotation,
  BoxLayerInnotation,
  type BoxLayerOptions,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
} from '../../../src/innotater/index.js';
import { protocol } from '../boxes/support.js';
import { equal, isTrue, rejects, waitFor } from '../expect.js';
import { all, nameOf, one } from '../innotater/support.js';
import { colorOf, isColor, shownAt } from '../many/grid.js';

const [width, height] = [96, 96];
const classes = ['cat', 'dog', 'owl'];

const imageOf = (uindex: number) => {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) data.set(colorOf(uindex), i);
  return { data, shape: [height, width, 3] };
};

type Shown = {
  readonly gallery: Gallery;
  readonly host: HTMLElement;
  readonly boxes: number[][];
  readonly kinds: number[];
  readonly images: { reads: Map<number, number>; failing: Set<number>; length: number };
};

const shown: { gallery: Gallery; host: HTMLElement }[] = [];
const views: Innotater[] = [];

/** Square thumbnails of 64 px in a grid of 600 × 320 px: seven columns. */
const show = (length: number, options: GalleryOptions = {}): Shown => {
  const boxes = Array.from({ length }, (_, i) => (i % 2 ? [10, 10, 30, 20] : [0, 0, 0, 0]));
  const kinds = Array.from({ length }, (_, i) => i % 3);
  const images = {
    length,
    reads: new Map<number, number>(),
    failing: new Set<number>(),
    get: async (uindex: number) => {
      images.reads.set(uindex, (images.reads.get(uindex) ?? 0) + 1);
      if (images.failing.has(uindex)) throw new Error('no such file');
      return imageOf(uindex);
    },
  };
  const host = document.body.appendChild(document.createElement('div'));
  host.style.width = '600px';
  const gallery = new Gallery(
    new ImageInnotation(images, { name: 'image' }),
    [
      new BoundingBoxInnotation(boxes, { name: 'box' }),
      new MultiClassInnotation(kinds, { name: 'kind', classes }),
    ],
    { thumbnailSize: 64, height: 320, theme: 'light', label: 'Animals', ...options },
  );
  gallery.mount(host);
  shown.push({ gallery, host });
  return { gallery, host, boxes, kinds, images };
};

afterEach(() => {
  for (const view of views.splice(0)) view.dispose();
  for (const { gallery, host } of shown.splice(0)) {
    gallery.dispose();
    host.remove();
  }
});

type At = Pick<Shown, 'gallery' | 'host'>;
const list = ({ host }: At): HTMLElement => one(host, 'listbox', 'Animals');
const options = ({ host }: At): HTMLElement[] => all(host, 'option');
const option = (at: At, start: string): HTMLElement => {
  const found = options(at).find((element) => nameOf(element).startsWith(start));
  if (!found) throw new Error(`no option ${start}: ${options(at).map(nameOf).join('; ')}`);
  return found;
};
const settled = (at: At) =>
  waitFor(() => at.gallery.stats.thumbnails > 0 && at.gallery.stats.pendingThumbnails === 0, 'thumbnails');
const press = async (key: string): Promise<void> => {
  await sendKeys({ press: key as 'a' });
};
const pressWith = async (modifier: string, key: string): Promise<void> => {
  await sendKeys({ down: modifier as 'Control' });
  await sendKeys({ press: key as 'a' });
  await sendKeys({ up: modifier as 'Control' });
};
const middle = (element: HTMLElement): [number, number] => {
  const { x, y, width: w, height: h } = element.getBoundingClientRect();
  return [Math.round(x + w / 2), Math.round(y + h / 2)];
};
const click = (element: HTMLElement) => sendMouse({ type: 'click', position: middle(element) });
/** The colour shown near the top left of an option's picture, and whether it is that of the row. */
const showsRow = (at: Shown, element: HTMLElement, uindex: number): boolean => {
  const [box, canvas] = [element.getBoundingClientRect(), at.gallery.canvas!.getBoundingClientRect()];
  return isColor(
    shownAt(at.gallery.canvas!, box.x - canvas.x + box.width / 2, box.y - canvas.y + 54),
    uindex,
  );
};

/** Runs right after the gallery has drawn, when its canvas still has its pixels. */
const afterDrawing = async <T>({ gallery }: At, ask: () => T): Promise<T> => {
  gallery.theme = gallery.theme === 'dark' ? 'light' : 'dark';
  return new Promise((resolve) => requestAnimationFrame(() => resolve(ask())));
};

describe('a gallery', () => {
  it('shows 1,000,000 rows: reads what is in sight, names it, goes to the end by a key, holds a bounded number', async () => {
    const at = show(1_000_000, { memoryBudget: 40 * 64 * 64 * 4 });
    await settled(at);
    isTrue(at.images.reads.size < 60, `${at.images.reads.size} were read`);
    equal(nameOf(option(at, 'Sample 1,')), 'Sample 1, dog, 1 box');
    equal(option(at, 'Sample 1,').getAttribute('aria-setsize'), '1000000');
    equal(list(at).getAttribute('aria-multiselectable'), 'true');
    isTrue(await afterDrawing(at, () => showsRow(at, option(at, 'Sample 2,'), 2)), 'the picture of row 2');
    list(at).focus();
    for (const key of ['End', 'PageUp', 'PageUp', 'Home', 'End']) await press(key);
    await waitFor(() => options(at).some((one) => nameOf(one).startsWith('Sample 999999,')), 'the last');
    await settled(at);
    equal([at.gallery.index, at.gallery.selection], [999_999, [999_999]]);
    isTrue(at.gallery.stats.thumbnails <= 60, `${at.gallery.stats.thumbnails} are held`);
    isTrue(await afterDrawing(at, () => showsRow(at, option(at, 'Sample 999999,'), 999_999)), 'its picture');
  });

  it('is worked by keys alone: arrows, Shift, Ctrl, Space, Ctrl+A, Escape, Enter', async () => {
    const at = show(100);
    const opened: number[] = [];
    const counts: number[] = [];
    at.gallery.addEventListener('open', ({ detail }) => opened.push(detail.uindex));
    at.gallery.addEventListener('select', ({ detail }) => counts.push(detail.count));
    await settled(at);
    list(at).focus();
    await press('ArrowRight');
    await press('ArrowDown');
    equal([at.gallery.index, at.gallery.selection], [8, [8]]);
    await pressWith('Shift', 'ArrowRight');
    await pressWith('Shift', 'ArrowRight');
    equal(at.gallery.selection, [8, 9, 10]);
    await pressWith('Control', 'ArrowDown');
    equal([at.gallery.index, at.gallery.selection], [17, [8, 9, 10]]);
    await press('Space');
    equal(at.gallery.selection, [8, 9, 10, 17]);
    const id = list(at).getAttribute('aria-activedescendant');
    equal(option(at, 'Sample 17,').id, id, 'the active option');
    equal(option(at, 'Sample 17,').getAttribute('aria-selected'), 'true');
    await press('Enter');
    equal(opened, [17]);
    await pressWith('Control', 'a');
    equal(counts.at(-1), 100);
    await press('Escape');
    equal(at.gallery.selection, []);
  });

  it('is worked by the mouse: click, Ctrl, Shift, double click, wheel, and by what assistive technology does', async () => {
    const at = show(500);
    const opened: number[] = [];
    at.gallery.addEventListener('open', ({ detail }) => opened.push(detail.uindex));
    await settled(at);
    await click(option(at, 'Sample 3,'));
    equal(at.gallery.selection, [3]);
    await sendKeys({ down: 'Control' });
    await click(option(at, 'Sample 9,'));
    await sendKeys({ up: 'Control' });
    equal(at.gallery.selection, [3, 9]);
    await sendKeys({ down: 'Shift' });
    await click(option(at, 'Sample 11,'));
    await sendKeys({ up: 'Shift' });
    equal(at.gallery.selection, [9, 10, 11]);
    await click(option(at, 'Sample 5,'));
    await click(option(at, 'Sample 5,'));
    equal(opened, [5]);
    option(at, 'Sample 6,').click();
    equal(at.gallery.selection, [6], 'by its element');
    const [clientX, clientY] = middle(list(at));
    const how = { deltaY: 2000, clientX, clientY, bubbles: true, cancelable: true, composed: true };
    const wheel = new WheelEvent('wheel', how);
    list(at).dispatchEvent(wheel);
    isTrue(wheel.defaultPrevented, 'the page stays');
    await waitFor(() => options(at).some((one) => nameOf(one).startsWith('Sample 150,')), 'rows below');
  });

  it('is worked by a finger: a tap selects, a long press adds, a drag scrolls and selects nothing', async () => {
    const at = show(500);
    await settled(at);
    const touch = (type: string, place?: readonly [number, number]) =>
      protocol('Input.dispatchTouchEvent', {
        type,
        touchPoints: place ? [{ x: place[0], y: place[1], id: 1, radiusX: 10, radiusY: 10 }] : [],
      });
    await touch('touchStart', middle(option(at, 'Sample 3,')));
    await touch('touchEnd');
    await waitFor(() => at.gallery.selection.length > 0, 'a tap');
    equal(at.gallery.selection, [3]);
    await touch('touchStart', middle(option(at, 'Sample 9,')));
    await new Promise((resolve) => setTimeout(resolve, 600));
    await touch('touchEnd');
    await waitFor(() => at.gallery.selection.length > 1, 'a long press');
    equal(at.gallery.selection, [3, 9]);
    const [x, y] = middle(option(at, 'Sample 17,'));
    await touch('touchStart', [x, y]);
    for (let by = 20; by <= 180; by += 20) await touch('touchMove', [x, y - by]);
    await touch('touchEnd');
    await waitFor(() => options(at).some((one) => nameOf(one).startsWith('Sample 40,')), 'rows below');
    equal(at.gallery.selection, [3, 9], 'the selection stays');
  });

  it('filters and sorts by hooks, at once or as promises; what else the page has to do comes between; the newest call wins', async () => {
    const at = show(200_000);
    await settled(at);
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 0);
    at.gallery.filter = (uindex) => {
      // A hook that takes 150 ms in all.
      const endMs = performance.now() + (uindex % 2000 ? 0 : 1.5);
      while (performance.now() < endMs);
      return uindex % 10 === 3;
    };
    await at.gallery.refresh();
    clearInterval(turning);
    isTrue(turns >= 8, `only ${turns} turns`);
    equal([at.gallery.length, at.gallery.uindex], [20_000, 3]);
    at.gallery.sortBy = (uindex) => -uindex;
    await at.gallery.refresh();
    at.gallery.index = 0;
    equal(at.gallery.uindex, 199_993);
    at.gallery.filter = async (uindex) => uindex < 5;
    at.gallery.filter = async (uindex) => uindex < 7;
    at.gallery.sortBy = async (uindex) => classes[uindex % 3]!;
    await at.gallery.refresh();
    const order = Array.from({ length: at.gallery.length }, (_, i) => {
      at.gallery.index = i;
      return at.gallery.uindex;
    });
    equal(order, [0, 3, 6, 1, 4, 2, 5]);
    at.gallery.filter = () => false;
    await at.gallery.refresh();
    await waitFor(() => options(at).length === 0, 'nothing');
    equal([at.gallery.length, at.gallery.uindex], [0, -1]);
  });

  it('what a filter hides is selected no more, and comes not back; an order keeps the selection', async () => {
    const at = show(50);
    await settled(at);
    const counts: number[] = [];
    at.gallery.addEventListener('select', ({ detail }) => counts.push(detail.count));
    at.gallery.selection = [1, 2, 3, 10];
    at.gallery.sortBy = (uindex) => -uindex;
    await at.gallery.refresh();
    equal([at.gallery.selection, counts], [[1, 2, 3, 10], [4]]);
    at.gallery.filter = (uindex) => uindex % 2 === 0;
    await at.gallery.refresh();
    equal(
      [at.gallery.selection, counts],
      [
        [2, 10],
        [4, 2],
      ],
    );
    at.gallery.selection = [3, 4];
    equal(at.gallery.selection, [4], 'row 3 is hidden');
    at.gallery.filter = null;
    await at.gallery.refresh();
    equal(at.gallery.selection, [4]);
  });

  it('attach takes a view over data of its own length, whatever indexes it shows', async () => {
    const at = show(50);
    const viewOf = (length: number, indexes?: number[]) => {
      const view = new Innotater(
        new MultiClassInnotation(new Uint8Array(length), { classes }),
        null,
        indexes ? { indexes } : {},
      );
      views.push(view);
      return view;
    };
    at.gallery.attach(viewOf(50, [4, 2]));
    let said = '';
    try {
      at.gallery.attach(viewOf(3));
    } catch (error) {
      said = (error as Error).message;
    }
    isTrue(/the view has 3 rows of data and the gallery 50/.test(said), said);
  });

  it('tells of a hook that throws and of pictures that fail, and tries again', async () => {
    const errors: string[] = [];
    const at = show(50);
    at.images.failing.add(2);
    at.gallery.addEventListener('error', ({ detail }) => errors.push(detail.error.code));
    await waitFor(() => at.gallery.stats.failedThumbnails === 1, 'one fails');
    await waitFor(
      () => all(at.host, 'alert').some((e) => e.textContent?.includes('1 sample cannot')),
      'an alert',
    );
    isTrue(nameOf(option(at, 'Sample 2,')).endsWith('cannot be shown'), 'its name says so');
    at.images.failing.clear();
    one(at.host, 'button', 'Retry').click();
    await waitFor(
      () => at.gallery.stats.failedThumbnails === 0 && at.images.reads.get(2) === 2,
      'it is read',
    );
    at.gallery.filter = (uindex) => {
      if (uindex === 7) throw new Error('no label');
      return true;
    };
    await at.gallery.refresh();
    equal([errors.at(-1), at.gallery.length], ['hook', 50]);
    isTrue(
      errors.every((code) => code === 'hook'),
      'codes',
    );
  });

  it('walks in step with an Innotater, and shows what is edited there', async () => {
    const at = show(100);
    const host = document.body.appendChild(document.createElement('div'));
    const view = new Innotater(new ImageInnotation(at.images as never, { name: 'image' }), [
      new BoundingBoxInnotation(at.boxes, { name: 'box' }),
      new MultiClassInnotation(at.kinds, { name: 'kind', classes }),
    ]);
    views.push(view);
    view.mount(host);
    const detach = at.gallery.attach(view);
    await settled(at);
    await click(option(at, 'Sample 5,'));
    equal(view.uindex, 5);
    view.index = 60;
    equal(at.gallery.uindex, 60);
    await waitFor(() => options(at).some((e) => nameOf(e).startsWith('Sample 60, cat')), 'it is in sight');
    await view.ready;
    one(host, 'option', 'owl').click();
    await waitFor(() => nameOf(option(at, 'Sample 60,')) === 'Sample 60, owl', 'its new class');
    list(at).focus();
    await press('Enter');
    equal(document.activeElement, host.firstElementChild, 'the focus is in the view');
    detach();
    view.index = 3;
    equal(at.gallery.uindex, 60);
    host.remove();
  });

  it('comes back after its context was lost, and leaves nothing when it is disposed', async () => {
    const at = show(100);
    await settled(at);
    const lose = at.gallery.canvas!.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    lose.loseContext();
    await waitFor(() => at.gallery.stats.contexts === 0 && at.gallery.stats.textureBytes === 0, 'the loss');
    lose.restoreContext();
    await waitFor(() => at.gallery.stats.contexts === 1, 'the context');
    await settled(at);
    at.gallery.dispose();
    at.gallery.dispose();
    const { textureBytes, contexts, workers, thumbnails } = at.gallery.stats;
    equal([textureBytes, contexts, workers, thumbnails, at.host.childElementCount], [0, 0, 0, 0, 0]);
  });

  it('says what is wrong with what it is given', async () => {
    const image = () => new ImageInnotation([imageOf(0)]);
    const failing = async (make: () => unknown) => ((await rejects((async () => make())())) as Error).message;
    isTrue((await failing(() => new Gallery(null))).includes('No Innotation'), 'nothing');
    isTrue(
      (await failing(() => new Gallery(image(), null, { thumbnailSize: 9 }))).includes('32 to 512'),
      'size',
    );
    isTrue(
      (await failing(() => new Gallery(image(), null, { filter: 3 as never }))).includes('filter'),
      'filter',
    );
    const gallery = new Gallery(image());
    isTrue((await failing(() => gallery.mount(null as never))).includes('element'), 'host');
    isTrue((await failing(() => (gallery.selection = [4]))).includes('no row 4'), 'selection');
    gallery.dispose();
  });

  it('draws and counts the boxes of layers, and anew once they are edited', async () => {
    const boxes = [
      new Float32Array([8, 8, 40, 60, 0, 0, 0, 0, 20, 12, 60, 70]),
      new Float32Array(0),
      new Float32Array([30, 30, 30, 30]),
    ];
    const images = () => new ImageInnotation([0, 1, 2].map(imageOf), { name: 'image' });
    const settings: BoxLayerOptions = { name: 'boxes', color: '#ff0000', opacity: 1 };
    const layer = new BoxLayerInnotation(boxes, settings);
    const host = document.body.appendChild(document.createElement('div'));
    host.style.width = '600px';
    const gallery = new Gallery(images(), layer, { thumbnailSize: 64, height: 120, label: 'Animals' });
    const at = { gallery, host };
    shown.push(at);
    gallery.mount(host);
    await settled(at);
    const redIn = (start: string) =>
      afterDrawing(at, () => {
        const [box, canvas] = [
          option(at, start).getBoundingClientRect(),
          gallery.canvas!.getBoundingClientRect(),
        ];
        const copy = new OffscreenCanvas(box.width, box.height).getContext('2d')!;
        copy.drawImage(gallery.canvas!, canvas.x - box.x, canvas.y - box.y);
        const { data } = copy.getImageData(0, 0, box.width, box.height);
        return data.filter((_, i) => i % 4 === 0 && data[i] === 255 && data[i + 1] === 0 && data[i + 2] === 0)
          .length;
      });
    const around = ([, , w, h]: Float32Array) => 2 * Math.round(((w! + h!) * 64) / 96);
    const near = async (start: string, wanted: number) => {
      const isNear = async () => Math.abs((await redIn(start)) - wanted) <= wanted * 0.15;
      await waitFor(isNear, `about ${wanted} red px in ${start}`);
    };
    await waitFor(() => nameOf(option(at, 'Sample 2')) === 'Sample 2, 1 box', 'its boxes are counted');
    equal(options(at).map(nameOf), ['Sample 0, 2 boxes', 'Sample 1', 'Sample 2, 1 box']);
    await near('Sample 0', around(boxes[0]!.subarray(0, 4)) + around(boxes[0]!.subarray(8)));
    await near('Sample 1', 0);
    await near('Sample 2', around(boxes[2]!));
    const view = new Innotater(images(), new BoxLayerInnotation(boxes, settings), { label: 'One' });
    views.push(view);
    const beside = document.body.appendChild(document.createElement('div'));
    view.mount(beside);
    await view.ready;
    gallery.attach(view);
    view.index = 2;
    await view.ready;
    await waitFor(() => all(beside, 'button').some((one) => nameOf(one).startsWith('boxes')), 'the box');
    all(beside, 'button')
      .find((one) => nameOf(one).startsWith('boxes'))!
      .focus();
    await press('Delete');
    await waitFor(() => nameOf(option(at, 'Sample 2')) === 'Sample 2', 'the box is gone');
    await near('Sample 2', 0);
    equal(view.undo(), true);
    await waitFor(() => nameOf(option(at, 'Sample 2')) === 'Sample 2, 1 box', 'it is back');
    await near('Sample 2', around(boxes[2]!));
    beside.remove();
  });

  it('another filter of a layer is seen and counted in all thumbnails, those in sight and those beyond, and leaves no texture behind', async () => {
    const count = 60;
    const boxes = Array.from({ length: count }, () => [
      [8, 8, 40, 60],
      [20, 12, 60, 70],
    ]);
    const images = new ImageInnotation(
      Array.from({ length: count }, (_, uindex) => imageOf(uindex)),
      { name: 'image' },
    );
    const layer = new BoxLayerInnotation(boxes, {
      name: 'boxes',
      classData: boxes.map(() => [0, 1]),
    });
    const host = document.body.appendChild(document.createElement('div'));
    host.style.width = '600px';
    const gallery = new Gallery(images, layer, { thumbnailSize: 64, height: 160, label: 'Animals' });
    const at = { gallery, host };
    shown.push(at);
    gallery.mount(host);
    await settled(at);
    const allIn = (words: string) =>
      waitFor(() => options(at).every((one) => nameOf(one).endsWith(words)), `all with ${words}`);
    await allIn(', 2 boxes');
    const { textureBytes } = gallery.stats;
    const drawn = gallery.stats.thumbnails;
    layer.filter = { classes: [1] };
    await allIn(', 1 box');
    layer.filter = { classes: [7] };
    layer.filter = { classes: [0] };
    await allIn(', 1 box');
    gallery.index = count - 1;
    await settled(at);
    await allIn(', 1 box');
    layer.filter = {};
    await allIn(', 2 boxes');
    gallery.index = 0;
    await settled(at);
    await allIn(', 2 boxes');
    await waitFor(() => gallery.stats.pendingThumbnails === 0, 'the thumbnails to be read');
    const each = textureBytes / drawn;
    isTrue(gallery.stats.textureBytes <= each * gallery.stats.thumbnails * 1.05, 'no texture is left behind');
  });

  it('no image is read twice for filters that change while it is read or was seen, and all show the last one', async () => {
    const count = 60;
    const reads = new Map<number, number>();
    const gate = { open: () => {} };
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    const images = {
      length: count,
      get: async (uindex: number) => {
        reads.set(uindex, (reads.get(uindex) ?? 0) + 1);
        if (uindex % 2) await opened;
        return imageOf(uindex);
      },
    };
    const boxes = Array.from({ length: count }, () => [
      [8, 8, 40, 60],
      [20, 12, 60, 70],
    ]);
    const layer = new BoxLayerInnotation(boxes, { name: 'boxes', classData: boxes.map(() => [0, 1]) });
    const host = document.body.appendChild(document.createElement('div'));
    host.style.width = '600px';
    const gallery = new Gallery(new ImageInnotation(images, { name: 'image' }), layer, {
      thumbnailSize: 64,
      height: 160,
      label: 'Animals',
    });
    const at = { gallery, host };
    shown.push(at);
    gallery.mount(host);
    await waitFor(() => reads.size >= 6 && gallery.stats.textureBytes > 0, 'some to be there and some not');
    for (let turn = 0; turn < 8; turn++) {
      layer.filter = turn % 2 ? {} : { classes: [7] };
      await new Promise(requestAnimationFrame);
    }
    layer.filter = { classes: [1] };
    gate.open();
    await settled(at);
    const allOne = (what: string) =>
      waitFor(() => options(at).every((one) => nameOf(one).endsWith(', 1 box')), what);
    await allOne('all with one box');
    gallery.index = count - 1;
    await settled(at);
    layer.filter = {};
    layer.filter = { classes: [0] };
    gallery.index = 0;
    await settled(at);
    await allOne('all with the other box');
    equal(
      [...reads].filter(([, times]) => times > 1),
      [],
    );
  });

  it('each of two over the same layer hears of its filter while it is mounted, and neither is held afterwards', async () => {
    const boxes = [0, 1, 2].map(() => [
      [8, 8, 40, 60],
      [20, 12, 60, 70],
    ]);
    const image = new ImageInnotation([0, 1, 2].map(imageOf), { name: 'image' });
    const layer = new BoxLayerInnotation(boxes, { name: 'boxes', classData: boxes.map(() => [0, 1]) });
    const showOne = (): At => {
      const host = document.body.appendChild(document.createElement('div'));
      host.style.width = '600px';
      const gallery = new Gallery(image, layer, { thumbnailSize: 64, height: 120, label: 'Animals' });
      shown.push({ gallery, host });
      gallery.mount(host);
      return { gallery, host };
    };
    const [first, second] = [showOne(), showOne()];
    const both = [first, second];
    const allWith = (at: At, words: string) =>
      waitFor(
        () => options(at).length === 3 && options(at).every((one) => nameOf(one).includes(words)),
        words,
      );
    for (const at of both) await allWith(at, ' boxes');
    layer.filter = { classes: [7] };
    for (const at of both) await waitFor(() => options(at).every((one) => !/box/.test(nameOf(one))), 'none');
    second.gallery.unmount();
    layer.filter = {};
    await allWith(first, ' boxes');
    first.gallery.unmount();
    equal(image.layerWatchers.size, 0);
  });
});
