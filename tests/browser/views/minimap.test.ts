import { executeServerCommand, resetMouse, sendKeys } from '@web/test-runner-commands';
import axe from 'axe-core';
import { at, dragOn, protocol } from '../boxes/support.js';
import { equal, isTrue, near, waitFor } from '../expect.js';
import { clear, press, pressWith } from '../innotater/support.js';
import {
  type Boxes,
  frames,
  minimapOf,
  minimapSays,
  noisy,
  pixelsOf,
  showView,
  spoken,
  zoomIn,
} from './support.js';

/** What the view shows, as the minimap's element tells: x, y, width and height in image px. */
const partOf = (shown: Parameters<typeof minimapOf>[0]): number[] =>
  [...(minimapOf(shown)?.textContent ?? '').matchAll(/\d+/g)].slice(0, 4).map(Number);

/** Its middle in px of the image's frame. */
const middleIn = (shown: Parameters<typeof minimapOf>[0]): [number, number] => {
  const map = minimapOf(shown)!.getBoundingClientRect();
  const image = shown.image.getBoundingClientRect();
  return [map.left - image.left + map.width / 2, map.top - image.top + map.height / 2];
};

describe('the minimap', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('is there while a part is shown, where the frame has room, until its key or the option says otherwise', async () => {
    const shown = await showView([noisy(3)]);
    equal(minimapOf(shown), null, 'not at rest');
    await zoomIn(shown, 3);
    await minimapSays(shown, /shows 142 × 107 pixels from 169, 127 of 480 × 360/);
    const map = minimapOf(shown)!.getBoundingClientRect();
    near(map.width, 120, 1, 'a quarter of the frame');
    await press('m', shown);
    equal([minimapOf(shown), spoken(shown).includes('minimap off')], [null, true]);
    await press('m', shown);
    isTrue(minimapOf(shown) !== null, 'back');
    const results = await axe.run(shown.host, { rules: { region: { enabled: false } } });
    equal(
      results.violations.map(({ id }) => id),
      [],
    );
    await press('0', shown);
    equal(minimapOf(shown), null, 'gone at rest');
    clear();
    const small = await showView([noisy(3)], { image: { width: 300 } });
    await zoomIn(small, 3);
    equal(minimapOf(small), null, 'none on a small frame');
    clear();
    const off = await showView([noisy(3)], { image: { minimap: false } });
    await zoomIn(off, 3);
    equal(minimapOf(off), null, 'off');
  });

  it('a press on it goes there, a drag pans on, nothing is drawn; a drag elsewhere still draws', async () => {
    const boxes: Boxes = [[0, 0, 0, 0]];
    const shown = await showView([noisy(3)], { boxes });
    await zoomIn(shown, 5);
    const [x, y] = middleIn(shown);
    await dragOn(shown, [x - 50, y - 30], [x + 30, y + 20]);
    equal(boxes, [[0, 0, 0, 0]]);
    const [width, height, left, top] = partOf(shown);
    // 120 px stand for 480: the pointer's place, four times its way from the middle, is the middle of what is shown.
    near(left! + width! / 2, 240 + 30 * 4, 5, 'middle across');
    near(top! + height! / 2, 180 + 20 * 4, 5, 'middle down');
    await dragOn(shown, [100, 100], [160, 140]);
    isTrue(boxes[0]![2]! > 0, `drawn: ${boxes[0]}`);
  });

  it('the view is marked in it and the rest is dimmed', async () => {
    const white = { data: new Uint8Array(480 * 360).fill(255), shape: [360, 480] };
    const shown = await showView([white], { image: { readout: false } });
    await zoomIn(shown, 3);
    const { at: colour } = await pixelsOf(shown);
    const [x, y] = middleIn(shown);
    await waitFor(async () => (await pixelsOf(shown)).at(x, y)[0] === 255, 'bright inside');
    near(colour(x - 50, y - 35)[0]!, 255 * 0.6, 2, 'dim outside');
  });

  it('a finger drags it too', async () => {
    const shown = await showView([noisy(3)]);
    await zoomIn(shown, 5);
    const [x, y] = middleIn(shown);
    const touch = (type: string, ...points: (readonly [number, number])[]) =>
      protocol('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([px, py], id) => ({ x: at(shown, px, py)[0], y: at(shown, px, py)[1], id })),
      });
    await touch('touchStart', [x + 40, y]);
    await touch('touchMove', [x - 20, y]);
    await touch('touchMove', [x - 40, y]);
    await touch('touchEnd');
    await frames();
    const [width, , left] = partOf(shown);
    near(left! + width! / 2, 240 - 40 * 4, 6, 'middle across');
  });
});

describe('the view by keys', () => {
  afterEach(clear);

  it('i j k l pan, Shift further; arrows with Space, and without it where there is no box; edges stop it', async () => {
    const boxes: Boxes = [[200, 150, 40, 30]];
    const shown = await showView([noisy(3)], { boxes });
    await press('l', shown);
    await zoomIn(shown, 5);
    const start = partOf(shown);
    const [width, height, left, top] = start as [number, number, number, number];
    await press('l', shown);
    near(partOf(shown)[2]!, left + width / 4, 1, 'right');
    await press('k', shown);
    near(partOf(shown)[3]!, top + height / 4, 1, 'down');
    await press('j', shown);
    await press('i', shown);
    equal(partOf(shown), start, 'and back');
    await pressWith('Shift', 'l', shown);
    near(partOf(shown)[2]!, left + 0.9 * width, 1, 'further');
    await press('ArrowLeft', shown);
    equal(boxes[0], [199, 150, 40, 30], 'an arrow moves the box');
    await sendKeys({ down: 'Space' });
    await press('ArrowLeft', shown);
    await sendKeys({ up: 'Space' });
    equal(boxes[0], [199, 150, 40, 30], 'not while Space is held');
    near(partOf(shown)[2]!, left + 0.65 * width, 1, 'pans');
    for (let i = 0; i < 8; i++) await pressWith('Shift', 'l', shown);
    near(partOf(shown)[2]! + width, 480, 1, 'up to the edge');
    await press('o', shown);
    equal(minimapOf(shown), null, 'one to one is the whole here');
    isTrue(spoken(shown).includes('zoom 100 %'), `${spoken(shown)}`);
  });

  it('arrows pan an image without boxes, and leave the page alone at rest', async () => {
    const shown = await showView([noisy(3)]);
    let reached = 0;
    const count = (event: KeyboardEvent) => {
      reached += event.defaultPrevented ? 0 : 1;
    };
    addEventListener('keydown', count);
    await press('ArrowRight', shown);
    equal(reached, 1, 'left to the page');
    await zoomIn(shown, 5);
    const [width, , left] = partOf(shown);
    reached = 0;
    await press('ArrowRight', shown);
    near(partOf(shown)[2]!, left! + width! / 4, 1, 'pans');
    equal(reached, 0, 'used');
    removeEventListener('keydown', count);
    await executeServerCommand('cdp', { method: 'Emulation.setEmulatedMedia', params: { features: [] } });
  });
});
