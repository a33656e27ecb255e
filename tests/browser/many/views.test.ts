import { executeServerCommand } from '@web/test-runner-commands';
import type { InnotaterError } from '../../../src/errors/index.js';
import { sharedDevice } from '../../../src/render/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { isDisabled, one } from '../innotater/support.js';
import { type Grid, grid, isColor, isInSight, shownAt } from './grid.js';

/** Contexts that the page made and has not lost or given back. */
const contexts = new Set<WebGL2RenderingContext>();
const alive = (): number => [...contexts].filter((gl) => !gl.isContextLost()).length;

const real = {
  html: HTMLCanvasElement.prototype.getContext,
  offscreen: OffscreenCanvas.prototype.getContext,
};

before(() => {
  const watch = (get: (...args: never[]) => unknown) =>
    function (this: unknown, ...args: never[]) {
      const made = get.apply(this, args);
      if (made instanceof WebGL2RenderingContext) contexts.add(made);
      return made;
    };
  HTMLCanvasElement.prototype.getContext = watch(real.html) as never;
  OffscreenCanvas.prototype.getContext = watch(real.offscreen) as never;
});
after(() => {
  HTMLCanvasElement.prototype.getContext = real.html;
  OffscreenCanvas.prototype.getContext = real.offscreen;
});

const cdp = (method: string, params: Readonly<Record<string, unknown>>) =>
  executeServerCommand('cdp', { method, params });

let shown: Grid | null = null;
afterEach(() => {
  shown?.close();
  shown = null;
  contexts.clear();
});

const inSight = (views: Grid): number[] =>
  views.hosts.flatMap((host, i) => (isInSight(views, host) ? [i] : []));

/** Every view in sight shows its own image. */
const allRight = (views: Grid): boolean => {
  const seen = inSight(views);
  const isRight = (i: number): boolean => {
    const { contexts: held, pendingTiles } = views.views[i]!.stats;
    if (held === 0 || pendingTiles > 0) return false;
    return isColor(shownAt(views.views[i]!.canvas!, 12 + 40, 12 + 40), i);
  };
  return seen.length > 0 && seen.every(isRight);
};

const settled = (views: Grid, what: string) => waitFor(() => allRight(views), what);

const frames = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
};

const awake = (views: Grid): number[] =>
  views.views.flatMap(({ stats }, i) => (stats.contexts === 1 ? [i] : []));

const sum = (views: Grid, of: 'textureBytes' | 'decodedBytes' | 'workers' | 'frames'): number =>
  views.views.reduce((total, { stats }) => total + stats[of], 0);

describe('300 views on one page', () => {
  it('share one context; those in sight show their images, the others are empty boxes that have read nothing', async () => {
    let reads = 0;
    shown = grid(300, {
      read: () => {
        reads += 1;
      },
    });
    await settled(shown, 'the first views');
    equal(alive(), 1, 'contexts');
    const drawn = awake(shown);
    isTrue(drawn.length < 60 && reads < 60, `${drawn.length} are drawn, ${reads} images were read`);
    isTrue(
      drawn.every((i) => shown!.views[i]!.stats.isContextShared),
      'all share',
    );
    equal(shown.views.at(-1)!.stats.frames, 0, 'frames of the last');
    isTrue(shown.scroller.scrollHeight > 60 * 100, 'places are kept free');
    const box = shown.hosts.at(-1)!.querySelector('[role="group"]');
    equal(box?.getAttribute('aria-label'), 'View 299');
    const workers = Math.max(...shown.views.map(({ stats }) => stats.workers));
    isTrue(workers <= navigator.hardwareConcurrency, `${workers} workers`);
  });

  it('are drawn where one scrolls to, to the end and back; what is left behind gives its memory back, and idle costs no frame', async () => {
    shown = grid(300, { fixed: true });
    const { scroller, views } = shown;
    await settled(shown, 'the first views');
    const bytes = sum(shown, 'textureBytes');
    for (let top = 0; top < scroller.scrollHeight; top += 500) {
      scroller.scrollTop = top;
      await frames(1);
    }
    await settled(shown, 'the last views');
    isTrue(inSight(shown).includes(299), 'the last is in sight');
    await waitFor(() => views[0]!.stats.contexts === 0, 'the first to sleep');
    await waitFor(() => sum(shown!, 'textureBytes') < 3 * bytes, 'those left behind to sleep');
    equal([views[0]!.stats.textureBytes, views[0]!.stats.decodedBytes], [0, 0]);
    scroller.scrollTop = 0;
    await frames(2);
    await settled(shown, 'the first views again');
    await waitFor(() => views[299]!.stats.contexts === 0, 'the last to sleep');
    await waitFor(async () => {
      const before = sum(shown!, 'frames');
      await frames(10);
      return sum(shown!, 'frames') === before;
    }, 'no frame while nothing changes');
    equal(alive(), 1, 'contexts');
  });

  it('all come back after the context was lost', async () => {
    shown = grid(100);
    await settled(shown, 'the first views');
    const [gl] = [...contexts].filter((context) => !context.isContextLost());
    const lose = gl!.getExtension('WEBGL_lose_context')!;
    const before = awake(shown);
    lose.loseContext();
    await waitFor(() => awake(shown!).length === 0 && sum(shown!, 'textureBytes') === 0, 'all to know');
    shown.scroller.scrollTop = 300;
    await frames(3);
    lose.restoreContext();
    await waitFor(() => awake(shown!).length >= before.length, 'the context');
    await settled(shown, 'the images');
    equal(alive(), 1, 'contexts');
  });

  it('leave nothing: no context, no byte, no element', async () => {
    shown = grid(100);
    await settled(shown, 'the first views');
    for (const view of shown.views) view.dispose();
    equal(
      [alive(), sum(shown, 'textureBytes'), sum(shown, 'decodedBytes'), sum(shown, 'workers')],
      [0, 0, 0, 0],
    );
    isTrue(
      shown.hosts.every(({ childElementCount }) => childElementCount === 0),
      'hosts are empty',
    );
    // A device made now is a new one: the shared one has no user left.
    const device = sharedDevice.acquire();
    equal(device.gpu?.atlasBytes, 0, 'bytes of the atlas');
    sharedDevice.release();
  });
});

describe('a view of many that nobody sees', () => {
  it('can be waited for, stepped and photographed; then it sleeps again', async () => {
    shown = grid(100, { fixed: true });
    await settled(shown, 'the first views');
    const far = shown.views[90]!;
    equal(far.stats.contexts, 0);
    await far.ready;
    await waitFor(() => far.stats.contexts === 0, 'it sleeps');
    const picture = await createImageBitmap(await far.snapshot());
    isTrue(picture.width >= 140 * devicePixelRatio, `${picture.width} px wide`);
    const copy = document.createElement('canvas');
    copy.width = picture.width;
    copy.height = picture.height;
    copy.getContext('2d')!.drawImage(picture, 0, 0);
    isTrue(isColor(shownAt(copy, 52, 52), 90), 'its image');
    isTrue(far.canvas instanceof HTMLCanvasElement, 'its canvas, asked for, is there');
    await Promise.all(shown.views.map((view) => view.ready));
    await waitFor(() => awake(shown!).length < 60, 'all that are far to sleep');
  });

  it('stays awake while the focus is in it', async () => {
    shown = grid(100, { fixed: true });
    const { scroller, hosts, views } = shown;
    await settled(shown, 'the first views');
    one(hosts[1]!, 'textbox', 'box').focus();
    scroller.scrollTop = 4000;
    await waitFor(() => views[0]!.stats.contexts === 0, 'its neighbour to sleep');
    equal(views[1]!.stats.contexts, 1, 'with the focus');
    equal(document.activeElement, hosts[1]!.firstElementChild);
    one(hosts[1]!, 'textbox', 'box').blur();
    scroller.scrollTop = 5000;
    await waitFor(() => views[1]!.stats.contexts === 0, 'it to sleep');
  });

  it('is, when it is seen again, as it was left', async () => {
    shown = grid(100, { fixed: true, tools: true });
    const { scroller, hosts, views } = shown;
    await settled(shown, 'the first views');
    const wholeImage = () => one<HTMLButtonElement>(hosts[1]!, 'button', 'Show the whole image');
    isTrue(isDisabled(wholeImage()), 'at rest');
    one(hosts[1]!, 'button', 'Zoom in').click();
    await waitFor(() => !isDisabled(wholeImage()), 'zoomed');
    scroller.scrollTop = 4000;
    await waitFor(() => views[1]!.stats.contexts === 0, 'it to sleep');
    equal(one(hosts[1]!, 'group', 'View 1').childElementCount, 1, 'an empty box');
    scroller.scrollTop = 0;
    await frames(2);
    await settled(shown, 'the first views again');
    isTrue(!isDisabled(wholeImage()), 'still zoomed');
  });

  it('shows its last picture at once when it is seen again, and keeps none that is no longer so', async () => {
    let isSlow = false;
    shown = grid(100, {
      fixed: true,
      read: () => isSlow && new Promise((resolve) => setTimeout(resolve, 200)),
    });
    const { scroller, hosts, views } = shown;
    await settled(shown, 'the first views');
    const pictureIn = (i: number) => hosts[i]!.querySelector<HTMLCanvasElement>('canvas');
    const coverOf = (i: number) =>
      hosts[i]!.firstElementChild!.shadowRoot?.querySelector<HTMLCanvasElement>('.cover') ?? null;
    const hasColor = (canvas: HTMLCanvasElement | null, i: number) =>
      canvas !== null && isColor(shownAt(canvas, 52, 52), i);
    scroller.scrollTop = 4000;
    await waitFor(() => [0, 1].every((i) => views[i]!.stats.contexts === 0), 'them to sleep');
    isTrue(
      [0, 1].every((i) => hasColor(pictureIn(i), i)),
      'their places show what they showed',
    );
    views[1]!.theme = 'dark';
    equal(pictureIn(1), null, 'the picture of one that changed');
    isSlow = true;
    scroller.scrollTop = 0;
    await waitFor(() => views[0]!.stats.contexts === 1 && views[1]!.stats.contexts === 1, 'them to wake');
    isTrue(
      views[0]!.stats.decodedBytes === 0 && hasColor(coverOf(0), 0),
      'the last picture, before the image',
    );
    equal(coverOf(1), null);
    await settled(shown, 'the first views again');
    await waitFor(() => coverOf(0) === null, 'the picture to go');
    isTrue(hasColor(views[0]!.canvas, 0), 'its own');
  });

  it('is on paper as it was last shown, or as far as it can be drawn at once', async () => {
    shown = grid(100, { fixed: true });
    const { scroller, hosts, views } = shown;
    scroller.scrollTop = 1500;
    await settled(shown, 'views in the middle');
    const seen = inSight(shown);
    scroller.style.height = 'auto';
    scroller.style.overflow = 'visible';
    const far = seen.at(-1)!;
    await waitFor(() => views[far]!.stats.contexts === 0, 'them to sleep');
    const onPaper: (readonly [boolean, number])[] = [];
    const look = () => {
      for (const [i, host] of hosts.entries()) {
        const copy = host.firstElementChild!.shadowRoot?.querySelector<HTMLCanvasElement>('canvas.copy');
        const canvas = copy ?? host.querySelector('canvas');
        onPaper.push([canvas !== null && isColor(shownAt(canvas, 52, 52), i), canvas?.width ?? 0]);
      }
    };
    equal([views[99]!.stats.frames, hosts[99]!.querySelector('canvas')], [0, null]);
    addEventListener('beforeprint', look);
    const { data } = (await cdp('Page.printToPDF', { printBackground: true })) as { data: string };
    removeEventListener('beforeprint', look);
    isTrue(onPaper[far]![0], 'what was seen shows its image');
    equal([onPaper.length, onPaper.filter(([, width]) => width === 0).length], [100, 0], 'empty boxes');
    equal(hosts[99]!.querySelector('canvas'), null, 'after it');
    const images = atob(data).match(/\/Subtype\s*\/Image/g) ?? [];
    isTrue(images.length >= 100, `${images.length} pictures in the PDF`);
  });

  it('wakes when it is shown, moved into sight, or when few are left', async () => {
    shown = grid(12);
    const { scroller, views } = shown;
    scroller.style.display = 'none';
    await waitFor(() => awake(shown!).length === 0, 'all to sleep');
    scroller.style.display = 'grid';
    await settled(shown, 'all to wake');
    scroller.style.display = 'none';
    await waitFor(() => awake(shown!).length === 0, 'all to sleep');
    for (const view of views.slice(3)) view.dispose();
    await waitFor(() => views.slice(0, 3).every(({ stats }) => stats.contexts === 1), 'the last three');
  });
});

describe('few views on one page', () => {
  it('go on where one too many cannot be shown, and keep their workers until the last of them leaves', async () => {
    const few = grid(4);
    few.scroller.style.height = '250px';
    await Promise.all(few.views.map((view) => view.ready));
    const watched = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = () => null;
    let thrown: unknown = null;
    try {
      grid(1);
    } catch (error) {
      thrown = error;
    } finally {
      OffscreenCanvas.prototype.getContext = watched;
      document.body.lastElementChild!.remove();
    }
    equal((thrown as InnotaterError | null)?.code, 'limit');
    for (const view of few.views.slice(0, 3)) view.dispose();
    isTrue(few.views[3]!.stats.workers > 0, 'workers for the last one');
    shown = grid(12);
    await settled(shown, 'a crowd');
    equal(alive(), 2, 'contexts');
    few.close();
    shown.close();
    equal(alive(), 0, 'contexts');
    equal(few.views[3]!.stats.workers, 0, 'workers');
    shown = null;
  });

  it('have a context each, and keep it when more come', async () => {
    const few = grid(3);
    few.scroller.style.height = '250px';
    await Promise.all(few.views.map((view) => view.ready));
    equal(alive(), 3, 'contexts');
    const own = few.views.map(({ canvas }) => canvas);
    shown = grid(40);
    await settled(shown, 'more views');
    isTrue(
      few.views.every(
        ({ canvas, stats }, i) => canvas === own[i] && !stats.isContextShared && stats.contexts === 1,
      ),
      'the three are as they were',
    );
    equal(alive(), 4, 'contexts');
    few.close();
    isTrue(allRight(shown), 'the others are as they were');
    equal(alive(), 1, 'contexts');
  });
});
