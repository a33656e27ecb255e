import { resetMouse, sendMouse } from '@web/test-runner-commands';
import axe from 'axe-core';
import { Transforms } from 'innotater';
import { at, protocol, type Shown } from '../boxes/support.js';
import { atRest, equal, isTrue, near, rejects, waitFor } from '../expect.js';
import { all, clear, click, drag, focusIn, one, press, typeText } from '../innotater/support.js';
import { minimapOf, pixelsOf, showView, spoken } from './support.js';

const [width, height] = [400, 300];

/** A ramp from 1,000 at the left to 4,990 at the right, in 16 bits. */
const ramp = () => ({
  data: Uint16Array.from({ length: width * height }, (_, i) => 1000 + (i % width) * 10),
  shape: [height, width],
});

const greyAt = async (shown: Shown, x: number): Promise<number> => (await pixelsOf(shown)).at(x, 100)[0]!;
const slider = (shown: Shown, name: string) => one<HTMLInputElement>(shown.host, 'slider', name);
const valuesOf = (shown: Shown) =>
  ['Black point', 'White point'].map((name) => slider(shown, name).getAttribute('aria-valuetext'));
const middle = (element: Element): [number, number] => {
  const { left, top, width: w, height: h } = element.getBoundingClientRect();
  return [Math.round(left + w / 2), Math.round(top + h / 2)];
};

/** With the histogram read: its axis ends at the greatest value. */
const showRamp = async (images: readonly ReturnType<typeof ramp>[] = [ramp()]) => {
  const shown = await showView(images, {
    image: { histogram: 'auto', transform: Transforms.range(0, 10_000) },
  });
  await waitFor(() => slider(shown, 'White point').max === '10000', 'the axis');
  return shown;
};

describe('the window on the values of an image', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('begins as the transform says, follows its handles live, and is no edit', async () => {
    const shown = await showRamp();
    equal(valuesOf(shown), ['0', '10000']);
    near(await greyAt(shown, 200), (3000 / 10_000) * 255, 2, 'as the transform says');
    const axis = one(shown.host, 'group', 'Histogram of image').getBoundingClientRect();
    const from = middle(slider(shown, 'White point'));
    const perPx = 10_000 / (axis.width - 16);
    await sendMouse({ type: 'move', position: from });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [from[0] - 100, from[1]] });
    await waitFor(async () => Math.abs((await greyAt(shown, 200)) - 76) > 10, 'live, before it is let go');
    await sendMouse({ type: 'move', position: [from[0] - 192, from[1]] });
    await sendMouse({ type: 'up' });
    const hi = Number(valuesOf(shown)[1]);
    near(hi, 10_000 - 192 * perPx, perPx, 'white point');
    await waitFor(
      async () => Math.abs((await greyAt(shown, 200)) - (3000 / hi) * 255) <= 2,
      'in the picture',
    );
    equal([shown.innotation.range?.hi, shown.view.isDirty], [hi, false]);
    const [x, y] = middle(one(shown.host, 'group', 'Histogram of image'));
    const inside: [number, number] = [Math.round(x - axis.width / 4), y];
    await drag(inside, [inside[0] + 50, y], shown);
    const [low, high] = valuesOf(shown).map(Number);
    near(low!, 50 * perPx, perPx, 'the window between them moves both');
    near(high! - low!, hi, 2, 'and keeps its width');
    for (const clickCount of [1, 2]) {
      await protocol('Input.dispatchMouseEvent', { type: 'mousePressed', x, y, button: 'left', clickCount });
      await protocol('Input.dispatchMouseEvent', { type: 'mouseReleased', x, y, button: 'left', clickCount });
    }
    await waitFor(() => shown.innotation.range === null, 'a double click resets');
    await waitFor(async () => Math.abs((await greyAt(shown, 200)) - 76.5) <= 2, 'the picture too');
  });

  it('moves by keys, native sliders, typed values and buttons; what is no value is marked; axe finds nothing', async () => {
    const shown = await showRamp();
    const black = slider(shown, 'Black point');
    black.focus();
    await press('ArrowRight', shown);
    equal(valuesOf(shown)[0], '1');
    await press('PageUp', shown);
    equal(valuesOf(shown)[0], '1001');
    await press('End', shown);
    equal(valuesOf(shown)[0], '9999', 'up to the other end');
    await press('Home', shown);
    equal([valuesOf(shown)[0], focusIn(shown.host) === black], ['0', true]);
    const white = slider(shown, 'White point');
    white.value = '6000';
    white.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await waitFor(() => shown.innotation.range?.hi === 6000, 'through the element');
    const field = one<HTMLInputElement>(shown.host, 'textbox', 'White point value');
    field.focus();
    field.select();
    await typeText('5000', shown);
    equal(shown.innotation.range, { lo: 0, hi: 5000 });
    await waitFor(
      async () => Math.abs((await greyAt(shown, 200)) - (3000 / 5000) * 255) <= 2,
      'in the picture',
    );
    field.select();
    await typeText('x', shown);
    equal([field.getAttribute('aria-invalid'), shown.innotation.range?.hi], ['true', 5000]);
    await press('Escape', shown);
    equal([field.getAttribute('aria-invalid'), field.value], [null, '5000']);
    await click(one(shown.host, 'button', 'Fit the window to the values'), shown);
    near(shown.innotation.range!.lo, 1000, 45, 'half a percent is left out below');
    near(shown.innotation.range!.hi, 4990, 45, 'and above');
    const results = await axe.run(shown.host, { rules: { region: { enabled: false } } });
    equal(
      results.violations.map(({ id }) => id),
      [],
    );
    await click(one(shown.host, 'button', 'Reset the window'), shown);
    equal(shown.innotation.range, null);
  });

  it('is one for all samples, can be set by code, and does not let nonsense in', async () => {
    const shown = await showRamp([ramp(), ramp()]);
    shown.innotation.range = { lo: 1000, hi: 3000 };
    shown.view.next();
    await shown.view.ready;
    await waitFor(async () => Math.abs((await greyAt(shown, 100)) - 127.5) <= 2, 'on the next sample');
    await waitFor(() => valuesOf(shown)[1] === '3000', 'in its control');
    await rejects(
      (async () => {
        shown.innotation.range = { lo: 5, hi: 5 };
      })(),
    );
    equal(shown.innotation.range, { lo: 1000, hi: 3000 });
  });

  it("'auto' shows none for 8 bits; true does; a window inverts where its ends are so", async () => {
    const bytes = () => ({ data: new Uint8Array(width * height).fill(100), shape: [height, width] });
    const without = await showView([bytes()], { image: { histogram: 'auto' } });
    equal(all(without.host, 'slider', 'Black point').length, 0);
    clear();
    const shown = await showView([bytes()], { image: { histogram: true } });
    equal(valuesOf(shown), ['0', '255']);
    shown.innotation.range = { lo: 200, hi: 0 };
    await waitFor(async () => Math.abs((await greyAt(shown, 200)) - 127.5) <= 2, 'inverted');
    await shown.view.ready;
    const frames = await atRest(() => shown.view.stats.frames);
    await new Promise((resolve) => setTimeout(resolve, 500));
    equal(shown.view.stats.frames, frames, 'nothing is drawn while nothing changes');
  });

  it('a finger drags a handle', async () => {
    const shown = await showRamp();
    const [x, y] = middle(slider(shown, 'White point'));
    const touch = (type: string, ...points: readonly number[]) =>
      protocol('Input.dispatchTouchEvent', { type, touchPoints: points.map((px) => ({ x: px, y, id: 0 })) });
    await touch('touchStart', x);
    await touch('touchMove', x - 60);
    await touch('touchMove', x - 120);
    await touch('touchEnd');
    isTrue(Number(valuesOf(shown)[1]) < 8000, `${valuesOf(shown)}`);
  });
});

describe('buttons that zoom', () => {
  afterEach(clear);

  it('lie over the image, take no room, zoom by click, key and element, and say how far', async () => {
    const plain = await showView([ramp()]);
    const before = plain.view.canvas!.getBoundingClientRect().height;
    clear();
    const shown = await showView([ramp()], { image: { tools: true } });
    near(shown.view.canvas!.getBoundingClientRect().height, before, 0.5, 'the same height');
    const [zoomInto, zoomOut, fit] = ['Zoom in', 'Zoom out', 'Show the whole image'].map((name) =>
      one<HTMLButtonElement>(shown.host, 'button', name),
    );
    const image = shown.image.getBoundingClientRect();
    for (const button of all(shown.host, 'button').filter((e) =>
      /oom|whole|one to one/.test(e.ariaLabel ?? ''),
    )) {
      const { left, right, top, bottom } = button.getBoundingClientRect();
      isTrue(
        left >= image.left && right <= image.right && top > image.top,
        `over the image: ${button.ariaLabel}`,
      );
      near(bottom, image.bottom - 8, 1, 'at its lower edge');
    }
    equal([zoomOut!.disabled, fit!.disabled], [true, true], 'nothing to go back to');
    await click(zoomInto!, shown);
    isTrue(spoken(shown).includes('zoom 150 %'), `${spoken(shown)}`);
    isTrue(minimapOf(shown) !== null, 'zoomed');
    zoomInto!.focus();
    await press('Enter', shown);
    isTrue(spoken(shown).includes('zoom 225 %'), `${spoken(shown)}`);
    await protocol('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [{ x: middle(zoomOut!)[0], y: middle(zoomOut!)[1], id: 0 }],
    });
    await protocol('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await waitFor(() => spoken(shown).includes('zoom 150 %'), 'a finger on Zoom out');
    await click(fit!, shown);
    equal(minimapOf(shown), null);
    isTrue(at(shown, 0, 0)[0] > 0, 'the image is there');
  });
});
