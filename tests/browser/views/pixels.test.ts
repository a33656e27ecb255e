import { executeServerCommand, resetMouse } from '@web/test-runner-commands';
import type { Shown } from '../boxes/support.js';
import { moveTo } from '../boxes/support.js';
import { atRest, equal, isTrue, waitFor } from '../expect.js';
import { clear, press } from '../innotater/support.js';
import { deviceRatio, frames, noisy, pixelsOf, showView, spoken, wide, zoomIn } from './support.js';

const image = noisy(7);
const greyAt = (x: number, y: number): number => image.data[y * wide.width + x]!;

/** Which pixel of the image an axis' device pixel lies in, at 64 CSS px a pixel about the middle of the image. */
const pixelUnder = (device: number, ratio: number, pixels: number): number =>
  Math.floor(pixels / 2 + ((device + 0.5) / ratio - pixels / 2) / 64);

/** Device px from the middle of this one to the nearest border between pixels. */
const toBorder = (device: number, ratio: number, pixels: number): number => {
  const inPixel = (((pixels / 2) * 63 + (device + 0.5) / ratio) % 64) * ratio;
  return Math.min(inPixel, 64 * ratio - inPixel);
};

/** Every third device pixel of two lines across that lie inside pixels: how many show another grey than theirs, away from borders. */
const wrongOnes = async (shown: Shown, away: number): Promise<number> => {
  const { at, ratio, width, height } = await pixelsOf(shown);
  let wrong = 0;
  for (let y = Math.round(20 * ratio); y < height - 20 * ratio; y += Math.round(90 * ratio)) {
    if (toBorder(y, ratio, wide.height) < 3) continue;
    for (let x = 0; x < width - 1; x++) {
      if (toBorder(x, ratio, wide.width) < away) continue;
      const grey = greyAt(pixelUnder(x, ratio, wide.width), pixelUnder(y, ratio, wide.height));
      if (Math.abs(at(x, y)[0]! - grey) > 1) wrong++;
    }
  }
  return wrong;
};

const shownAt = async (shown: Shown, ratio: number): Promise<void> => {
  await deviceRatio(ratio);
  // An emulated density raises no event; a real one does.
  await press('Escape', shown);
  await waitFor(async () => Math.abs((await pixelsOf(shown)).ratio - ratio) < 0.01, `ratio ${ratio}`);
  await shown.view.ready;
};

describe('pixels at 64×', () => {
  afterEach(async () => {
    clear();
    await executeServerCommand('cdp', { method: 'Emulation.clearDeviceMetricsOverride', params: {} });
    await resetMouse();
  });

  it('are crisp squares at every ratio of device to CSS px, changed while running (seed 7)', async () => {
    const shown = await showView([image], { image: { pixelGrid: false, minimap: false } });
    await zoomIn(shown, 11);
    for (const ratio of [1, 1.25, 1.5, 2, 1]) {
      await shownAt(shown, ratio);
      equal(await wrongOnes(shown, 0.51), 0, `blurred or misplaced at ${ratio}`);
    }
  });

  it('have lines between them that are seen on dark and on light, one dark and one light device px (seed 7)', async () => {
    const shown = await showView([image], { image: { minimap: false } });
    await zoomIn(shown, 11);
    for (const ratio of [1, 1.5]) {
      await shownAt(shown, ratio);
      equal(await wrongOnes(shown, 1.51), 0, `pixels themselves keep their values at ${ratio}`);
      const { at } = await pixelsOf(shown);
      const y = Math.round(20 * ratio);
      // The middle of the image, 240, lies on the border between two pixels.
      const middle = Math.round(240 * ratio);
      const [left, right] = [greyAt(239, pixelUnder(y, ratio, 360)), greyAt(240, pixelUnder(y, ratio, 360))];
      isTrue(Math.abs(at(middle - 1, y)[0]! - left * 0.6) <= 2, `dark line on ${left}: ${at(middle - 1, y)}`);
      isTrue(
        Math.abs(at(middle, y)[0]! - (right * 0.6 + 255 * 0.4)) <= 2,
        `light line on ${right}: ${at(middle, y)}`,
      );
    }
  });

  it('have no lines where they are smaller than 12 device px', async () => {
    const white = { data: new Uint8Array(480 * 360).fill(255), shape: [360, 480] };
    const shown = await showView([white], { image: { minimap: false } });
    const marks = async () => {
      const { at } = await pixelsOf(shown);
      return Array.from({ length: 300 }, (_, x) => at(20 + x, 21)[0]!).filter((grey) => grey < 250).length;
    };
    await zoomIn(shown, 6);
    equal(await marks(), 0, 'at 11.4 px');
    await zoomIn(shown, 1);
    isTrue((await marks()) > 10, 'at 17 px');
  });
});

describe('the read-out', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  /** Ink in the lower left corner of the frame, where only the read-out is. */
  const ink = async (shown: Shown): Promise<string> => {
    const { at, height } = await pixelsOf(shown);
    let sum = '';
    for (let y = height - 30; y < height - 6; y++)
      for (let x = 8; x < 200; x++) sum += at(x, y)[0]! > 128 ? '1' : '0';
    return sum;
  };
  const flat = () => ({ data: new Float32Array(480 * 360).fill(0.25), shape: [360, 480] });

  it("says place and values as they lie in the tensor, on request, at the view's middle or the active box's corner", async () => {
    const floats = flat();
    floats.data[180 * 480 + 240] = 1 / 3;
    floats.data[20 * 480 + 10] = Number.NaN;
    const boxes = [[0, 0, 0, 0]];
    const shown = await showView([floats], { boxes });
    await press('v', shown);
    await waitFor(
      () => spoken(shown).includes('x 240, y 180: 0.333333; shows 480 × 360 pixels from 0, 0 of 480 × 360'),
      'value in the middle',
    );
    boxes[0] = [10, 20, 30, 40];
    shown.view.refresh();
    await shown.view.ready;
    await press('v', shown);
    await waitFor(
      () => spoken(shown).some((text) => text.startsWith('x 10, y 20: NaN; ')),
      'value at the corner',
    );
  });

  it('follows the pointer while a part of the image is shown, moves no layout, and goes with the pointer', async () => {
    const shown = await showView([flat()], { image: { minimap: false } });
    const place = () => JSON.stringify(shown.view.canvas!.getBoundingClientRect());
    const [before, layout] = [await ink(shown), place()];
    await moveTo(shown, 200, 100);
    await frames();
    equal(await ink(shown), before, 'not at rest');
    await zoomIn(shown, 2);
    await waitFor(async () => (await ink(shown)) !== before, 'zoomed in it is there');
    await frames(10);
    const first = await ink(shown);
    await moveTo(shown, 330, 60);
    await waitFor(async () => (await ink(shown)) !== first, 'other words at another place');
    equal(place(), layout);
    await moveTo(shown, 60, 345);
    await waitFor(async () => (await ink(shown)) === before, 'out of the way of a pointer there');
    const drawn = await atRest(() => shown.view.stats.frames);
    await new Promise((resolve) => setTimeout(resolve, 700));
    equal(shown.view.stats.frames, drawn, 'nothing is drawn while nothing changes');
  });

  it('is always there where the option says so, and never where it says that', async () => {
    const shown = await showView([flat()], { image: { readout: true } });
    const before = await ink(shown);
    await moveTo(shown, 200, 100);
    await waitFor(async () => (await ink(shown)) !== before, 'at rest too');
    clear();
    const off = await showView([flat()], { image: { readout: false } });
    await zoomIn(off, 2);
    const without = await ink(off);
    await moveTo(off, 200, 100);
    await frames(10);
    equal(await ink(off), without);
  });
});
