import { executeServerCommand, sendMouse, setViewport } from '@web/test-runner-commands';
import axe from 'axe-core';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ImageInnotation,
} from '../../../src/innotater/index.js';
import { atRest, equal, isTrue, near, waitFor } from '../expect.js';
import { all, clear, click, flatImage, focusIn, type Mounted, one, press, show } from './support.js';

const media = (scheme: 'light' | 'dark') =>
  executeServerCommand('cdp', {
    method: 'Emulation.setEmulatedMedia',
    params: { features: [{ name: 'prefers-color-scheme', value: scheme }] },
  });

const oneView = () =>
  show(
    new ImageInnotation([flatImage(120, 90, 128), flatImage(120, 90, 60)], { name: 'photo' }),
    [
      new BoundingBoxInnotation(
        [
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        { name: 'box', source: 'photo' },
      ),
      new BinaryClassInnotation([0, 0], { name: 'flag' }),
    ],
    { saveHook: () => true },
  );

const sheetOf = ({ host }: Mounted) => all(host, 'dialog', 'Keyboard shortcuts')[0] as HTMLDialogElement;
const isShown = (mounted: Mounted) => sheetOf(mounted) !== undefined;
const open = async (mounted: Mounted, from: HTMLElement): Promise<HTMLDialogElement> => {
  from.focus();
  await press('?', mounted);
  await waitFor(() => isShown(mounted), 'its code is loaded by the first ?');
  return sheetOf(mounted);
};

/** Share of the sheet's own canvas, in device px, that differs from the colour in its corner region. */
const inkOf = (sheet: HTMLElement): number => {
  const canvas = sheet.querySelector('canvas')!;
  const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const at = (width * 8 + 8) * 4;
  let ink = 0;
  for (let i = 0; i < data.length; i += 4) if (Math.abs(data[i]! - data[at]!) > 40) ink += 1;
  return ink / (data.length / 4);
};

describe('the sheet of shortcuts', () => {
  afterEach(async () => {
    clear();
    await executeServerCommand('cdp', { method: 'Emulation.setEmulatedMedia', params: { features: [] } });
    await setViewport({ width: 1280, height: 900 });
  });

  it('lies in the top layer in the middle of the window, larger than a host that clips, and gives the focus back', async () => {
    const mounted = await oneView();
    mounted.host.style.width = '240px';
    mounted.host.style.overflow = 'hidden';
    await mounted.view.ready;
    const from = one(mounted.host, 'checkbox', 'flag');
    const sheet = await open(mounted, from);
    isTrue(sheet.matches(':modal'), 'everything else is inert');
    const box = sheet.getBoundingClientRect();
    isTrue(box.width > 600, 'wider than the host');
    near(box.left + box.width / 2, document.documentElement.clientWidth / 2, 1);
    near(box.top + box.height / 2, innerHeight / 2, 1);
    isTrue(sheet.contains(focusIn(mounted.host)), 'the focus is in it');
    isTrue(inkOf(sheet) > 0.01, 'it is drawn');
    for (const key of ['?', 'Escape']) {
      await press(key, mounted);
      equal([isShown(mounted), focusIn(mounted.host) === from], [false, true], key);
      await press('?', mounted);
      isTrue(isShown(mounted), 'open again');
    }
    await sendMouse({ type: 'click', position: [3, 3] });
    await waitFor(() => !isShown(mounted), 'closed');
    equal(focusIn(mounted.host), from);
  });

  it('while it is open no other shortcut works and Tab stays in it; a press beside it does nothing else', async () => {
    const mounted = await oneView();
    await open(mounted, one(mounted.host, 'checkbox', 'flag'));
    for (const key of ['n', 'Tab', 'Tab', 'Tab', 'n', 'Delete']) await press(key, mounted);
    equal(mounted.view.index, 0);
    isTrue(isShown(mounted), 'still there');
    const active = focusIn(mounted.host);
    isTrue(active === null || sheetOf(mounted).contains(active), 'no focus behind it');
    const next = one(mounted.host, 'button', 'Next >').getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(next.x + 4), Math.round(next.y + 4)] });
    const isBeside = next.x + 4 < sheetOf(mounted)?.getBoundingClientRect().left;
    await waitFor(() => !isBeside || !isShown(mounted), 'closed');
    equal(mounted.view.index, 0);
  });

  it('a low and narrow window: it fits, scrolls by keys, and Close stays in sight', async () => {
    await setViewport({ width: 330, height: 300 });
    const mounted = await oneView();
    const sheet = await open(mounted, one(mounted.host, 'checkbox', 'flag'));
    const box = sheet.getBoundingClientRect();
    isTrue(box.left >= 0 && box.right <= 330 && box.top >= 0 && box.bottom <= 300, JSON.stringify(box));
    const content = one(mounted.host, 'group', 'Keyboard shortcuts');
    equal(focusIn(mounted.host), content);
    const last = () =>
      [...content.querySelectorAll('span')]
        .findLast((span) => span.textContent !== '')!
        .getBoundingClientRect();
    const before = last().bottom;
    await press('PageDown', mounted);
    isTrue(last().bottom < before - 40, 'a page');
    await press('End', mounted);
    isTrue(last().bottom <= content.getBoundingClientRect().bottom + 1, 'the last line');
    const close = one(mounted.host, 'button', 'Close keyboard shortcuts').getBoundingClientRect();
    isTrue(close.bottom <= box.bottom, 'Close is in sight');
    await click(one(mounted.host, 'button', 'Close keyboard shortcuts'), mounted);
    equal(isShown(mounted), false);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`axe finds nothing, ${scheme}; open, an idle page draws nothing`, async () => {
      await media(scheme);
      const mounted = await oneView();
      isTrue((await open(mounted, one(mounted.host, 'button', 'Next >'))).open, 'open');
      const { violations } = await axe.run(mounted.host);
      equal(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        [],
      );
      const frames = await atRest(() => mounted.view.stats.frames);
      await new Promise((resolve) => setTimeout(resolve, 700));
      // The tooltip of what has the focus may come; the sheet's button has none.
      equal(mounted.view.stats.frames, frames);
    });
  }
});
