import { executeServerCommand, resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import {
  BoundingBoxInnotation,
  ImageInnotation,
  MultiClassInnotation,
  RepeatInnotation,
} from '../../src/innotater/index.js';
import { clear, type Mounted, one, show } from '../browser/innotater/support.js';
import { compareWithPicture } from './compare.js';
import { inter, loadInter } from './font.js';
import { text } from './scene.js';

type Box = readonly [number, number, number, number];

const cdp = (method: string, params: Readonly<Record<string, unknown>> = {}) =>
  executeServerCommand('cdp', { method, params });

/** Squares of 25 px in greens and greys that grow lighter to the right, as (H,W,3). */
const meadow = (width: number, height: number) => {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [column, row] = [Math.floor((i % width) / 25), Math.floor(i / width / 25)];
    const light = 50 + ((column * 25) / width) * 110;
    data.set((column + row) % 2 === 0 ? [light, light + 40, light] : [light, light, light + 12], i * 3);
  }
  return { data, shape: [height, width, 3] };
};

const blank: Box = [0, 0, 0, 0];
/** At the upper edge, where its label has no room above; over the lower left; a small one. */
const three: readonly Box[] = [
  [30, 6, 110, 80],
  [90, 110, 150, 120],
  [300, 60, 80, 90],
];

type Shown = Mounted & { readonly at: (x: number, y: number) => [number, number] };

/** Boxes with their classes on one picture, no larger on screen than 420 × 280 px. */
const showBoxes = async (
  boxes: readonly Box[],
  { size = [420, 280], disabled = false }: { size?: readonly [number, number]; disabled?: boolean } = {},
): Promise<Shown> => {
  const classes = ['cow', 'goat', 'sheep', 'dog'];
  const mounted = await show(
    new ImageInnotation([meadow(...size)], { desc: 'Photo', name: 'photo', width: 420, height: 280 }),
    new RepeatInnotation(
      [BoundingBoxInnotation, [boxes.map((box) => [...box])], { name: 'box', disabled }],
      [MultiClassInnotation, [boxes.map((_, i) => i)], { name: 'animal', classes }],
    ),
    { theme: { fontFamily: inter(14).family } },
  );
  const { left, top } = one(mounted.host, 'group', 'Photo').getBoundingClientRect();
  return { ...mounted, at: (x, y) => [Math.round(left + x), Math.round(top + y)] };
};

/** What is drawn of the picture and a little around it. */
const pictureOf = async ({ view, host }: Mounted): Promise<Blob> => {
  await view.ready;
  const bitmap = await createImageBitmap(await view.snapshot());
  const canvas = view.canvas!.getBoundingClientRect();
  const ratio = bitmap.width / canvas.width;
  const { left, top, width, height } = one(host, 'group', 'Photo').getBoundingClientRect();
  const margin = 6;
  const cut = [left - canvas.left - margin, top - canvas.top - margin].map((px) => -Math.round(px * ratio));
  const target = new OffscreenCanvas((width + 2 * margin) * ratio, (height + 2 * margin) * ratio);
  target.getContext('2d')!.drawImage(bitmap, cut[0]!, cut[1]!);
  return target.convertToBlob({ type: 'image/png' });
};

const moveTo = (position: [number, number]) => sendMouse({ type: 'move', position });

/** What is done to the boxes before the picture is taken. */
const states: Readonly<Record<string, () => Promise<Mounted>>> = {
  'blank-active': () => showBoxes([blank, ...three.slice(1)]),
  active: () => showBoxes(three),
  hovered: async () => {
    const shown = await showBoxes(three);
    await moveTo(shown.at(165, 170));
    return shown;
  },
  drawing: async () => {
    const shown = await showBoxes([blank, [90, 520, 300, 240]], { size: [1260, 840] });
    await moveTo(shown.at(190, 60));
    await sendMouse({ type: 'down' });
    await moveTo(shown.at(260, 130));
    await moveTo(shown.at(330, 190));
    return shown;
  },
  'read-only': () => showBoxes(three, { disabled: true }),
  'pixel-zoom': async () => {
    const shown = await showBoxes([
      [200, 100, 9, 6],
      [206, 104, 60, 40],
    ]);
    one(shown.host, 'group', 'Photo').focus();
    await sendKeys({ press: 'z' });
    return shown;
  },
};

describe('boxes on an image look as their pictures', () => {
  before(async () => {
    await loadInter();
    const screen = { width: 800, height: 600, deviceScaleFactor: 2, mobile: false };
    await cdp('Emulation.setDeviceMetricsOverride', screen);
  });
  afterEach(async () => {
    await resetMouse();
    clear();
  });
  after(async () => {
    await cdp('Emulation.clearDeviceMetricsOverride');
    await cdp('Emulation.setEmulatedMedia', { features: [] });
  });

  for (const [state, make] of Object.entries(states)) {
    for (const scheme of ['light', 'dark']) {
      it(`${state}, ${scheme}`, async () => {
        const features = [{ name: 'prefers-color-scheme', value: scheme }];
        await cdp('Emulation.setEmulatedMedia', { features });
        await compareWithPicture(
          `tests/scenes/boxes-${state}-${scheme}`,
          await pictureOf(await make()),
          text,
        );
      });
    }
  }
});
