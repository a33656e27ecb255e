import { executeServerCommand } from '@web/test-runner-commands';
import {
  BinaryClassInnotation,
  ButtonInnotation,
  ImageInnotation,
  Innotater,
} from '../../../src/innotater/index.js';
import { atRest, equal, isTrue, near, waitFor } from '../expect.js';
import { all, clear, click, flatImage, type Mounted, messages, one, rootOf, show } from './support.js';

const cdp = (method: string, params: Readonly<Record<string, unknown>> = {}) =>
  executeServerCommand('cdp', { method, params });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const bar = ({ host }: Mounted) => all(host, 'progressbar')[0];
const announced = ({ host }: Mounted) => rootOf(host).querySelector('[aria-live=polite]')?.textContent;

const slowSave = async (): Promise<{ readonly mounted: Mounted; readonly finish: () => void }> => {
  let finish: () => void = () => {};
  const saved = new Promise<boolean>((resolve) => {
    finish = () => resolve(true);
  });
  const mounted = await show(null, new BinaryClassInnotation([0, 0], { name: 'flag' }), {
    saveHook: () => saved,
  });
  await click(one(mounted.host, 'checkbox', 'flag'), mounted);
  await click(one(mounted.host, 'button', 'Save'), mounted);
  return { mounted, finish };
};

describe('what takes over half a second', () => {
  afterEach(async () => {
    clear();
    await cdp('Emulation.setEmulatedMedia', { features: [] });
  });

  it('saving: a bar without a value that moves, announced, at no change of the height; gone when it is done', async () => {
    const { mounted, finish } = await slowSave();
    const canvas = mounted.view.canvas!;
    const heightBefore = canvas.height;
    equal([bar(mounted), announced(mounted)], [undefined, ''], 'nothing at once');
    await waitFor(() => bar(mounted), 'a bar');
    equal([canvas.height, announced(mounted)], [heightBefore, 'Saving…']);
    const [seen, save] = [bar(mounted)!, one(mounted.host, 'button', 'Save')].map((element) =>
      element.getBoundingClientRect(),
    );
    const end = canvas.getBoundingClientRect().bottom;
    isTrue(
      save!.bottom < seen!.top && seen!.bottom < end,
      `below all else: ${save!.bottom}, ${seen!.top}, ${end}`,
    );
    equal(
      [bar(mounted)!.getAttribute('aria-label'), bar(mounted)!.hasAttribute('aria-valuenow')],
      ['Saving', false],
    );
    const { frames } = mounted.view.stats;
    await pause(300);
    isTrue(mounted.view.stats.frames > frames, 'it moves');
    await mounted.view.ready;
    finish();
    await waitFor(() => !bar(mounted), 'no bar');
    equal(messages(mounted.host, 'status'), ['Saved 1 sample.']);
    await mounted.view.ready;
    const after = await atRest(() => mounted.view.stats.frames);
    await pause(500);
    equal(mounted.view.stats.frames, after, 'frames of an idle page');
  });

  it('saving with less motion wanted: the bar stands still, and nothing is drawn', async () => {
    await cdp('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-reduced-motion', value: 'reduce' }],
    });
    const { mounted, finish } = await slowSave();
    await waitFor(() => bar(mounted), 'a bar');
    const frames = await atRest(() => mounted.view.stats.frames);
    await pause(600);
    equal(mounted.view.stats.frames, frames);
    await cdp('Emulation.setEmulatedMedia', { features: [] });
    await waitFor(() => mounted.view.stats.frames > frames + 2, 'it moves once motion is wanted again');
    finish();
    await waitFor(() => !bar(mounted), 'no bar');
  });

  it('saving fast says nothing of it', async () => {
    const mounted = await show(null, new BinaryClassInnotation([0, 0], { name: 'flag' }), {
      saveHook: () => true,
    });
    await click(one(mounted.host, 'checkbox', 'flag'), mounted);
    await click(one(mounted.host, 'button', 'Save'), mounted);
    await pause(700);
    equal([bar(mounted), messages(mounted.host, 'status')], [undefined, ['Saved 1 sample.']]);
  });

  it('a handler of a button', async () => {
    let finish: () => void = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const mounted = await show(
      new BinaryClassInnotation([0, 0]),
      new ButtonInnotation(null, { desc: 'Fit', onClick: () => done }),
    );
    await click(one(mounted.host, 'button', 'Fit'), mounted);
    await waitFor(() => bar(mounted), 'a bar');
    equal([bar(mounted)!.getAttribute('aria-label'), announced(mounted)], ['Working', 'Working…']);
    finish();
    await waitFor(() => !bar(mounted), 'no bar');
  });

  it('an image: the share of its bytes that has come; stepping on gives it up', async () => {
    const given: unknown[] = [];
    const url = '/served/parts-0.3-progress/images/trailing.jpg';
    const host = document.body.appendChild(document.createElement('div'));
    const view = new Innotater(
      new ImageInnotation([flatImage(40, 30, 9), url], { name: 'photo' }),
      new BinaryClassInnotation([0, 0], { name: 'flag' }),
      { prefetch: 0 },
    );
    view.addEventListener('error', ({ detail }) => given.push(detail.error.message));
    try {
      view.mount(host);
      await view.ready;
      view.next();
      const slow = { view, host };
      const values = () => ['aria-valuenow', 'aria-valuetext'].map((name) => bar(slow)?.getAttribute(name));
      await waitFor(() => values()[0], 'a bar with a value');
      equal(values(), ['30', '30 kB of 102 kB']);
      near(bar(slow)!.getBoundingClientRect().width, view.canvas!.clientWidth, 25, 'its width');
      await fetch(`${url}?more`);
      await waitFor(() => values()[0] !== '30', 'more bytes');
      equal(values(), ['60', '61 kB of 102 kB']);
      view.previous();
      await view.ready;
      equal([bar(slow), given], [undefined, []], 'after stepping on');
    } finally {
      view.dispose();
      host.remove();
    }
  });

  it('an array in a file: the part of it that is read, in few frames', async () => {
    const side = 32_768;
    const rows = new Blob([new Uint8Array(side * 3 * 512)]);
    const shape = `{'descr': '|u1', 'fortran_order': False, 'shape': (${side}, ${side}, 3), }`;
    const header = `\x93NUMPY\x01\x00\x76\x00${shape.padEnd(117)}\n`;
    const bytes = Uint8Array.from(header, (c) => c.charCodeAt(0));
    const file = new File([bytes, ...new Array<Blob>(side / 512).fill(rows)], 'large.npy');
    const host = document.body.appendChild(document.createElement('div'));
    const view = new Innotater(
      new ImageInnotation([file], { name: 'large' }),
      new BinaryClassInnotation([0]),
    );
    try {
      view.mount(host);
      const valueNow = () => Number(bar({ view, host })?.getAttribute('aria-valuenow') ?? 0);
      const first = await waitFor(valueNow, 'a bar with a value');
      const [{ frames }, startMs] = [view.stats, performance.now()];
      await pause(750);
      const [drawn, tookMs] = [view.stats.frames - frames, performance.now() - startMs];
      isTrue(drawn <= 6 * Math.ceil(tookMs / 750), `${drawn} frames in ${tookMs} ms`);
      await waitFor(() => valueNow() > Number(first), 'more of the file');
    } finally {
      view.dispose();
      host.remove();
    }
  });
});
