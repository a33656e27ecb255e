import { type Rect, rect } from '../../src/geometry/index.js';
import { barShapes, windowShapes } from '../../src/innotations/histogram-shapes.js';
import { imageTools } from '../../src/innotations/image-tools.js';
import { ImageView } from '../../src/innotations/image-view.js';
import { Keymap } from '../../src/innotations/keymap.js';
import { Minimap } from '../../src/innotations/minimap.js';
import { pixelGridShapes } from '../../src/innotations/pixel-grid.js';
import { ReadOut } from '../../src/innotations/read-out.js';
import { windowScale } from '../../src/innotations/value-window.js';
import type { Shape } from '../../src/paint/index.js';
import type { Ui } from '../../src/ui/index.js';
import { loadInter } from './font.js';
import type { Scene } from './scene.js';
import { widgetScene } from './shared-widgets.js';

const image = { width: 32, height: 24 };
const frameSize = { width: 384, height: 256 };

/** Black at the left, white at the right, a red square in the middle. */
const pixels = () => {
  const rgba = new Uint8Array(image.width * image.height * 4);
  for (let i = 0; i < image.width * image.height; i++) {
    const [x, y] = [i % image.width, Math.floor(i / image.width)];
    const grey = Math.round((x / (image.width - 1)) * 255);
    const isRed = x > 13 && x < 18 && y > 9 && y < 14;
    rgba.set(isRed ? [210, 40, 40, 255] : [grey, grey, grey, 255], i * 4);
  }
  return { ...image, rgba };
};

const tileAt = (scale: number, x: number, y: number): Shape => ({
  tag: 'tile',
  key: 'ramp',
  source: rect(0, 0, image.width, image.height),
  target: rect(x, y, image.width * scale, image.height * scale),
  filter: 'nearest',
  opacity: 1,
});

const bell = (middle: number) =>
  Uint32Array.from({ length: 64 }, (_, i) => Math.round(2000 * Math.exp(-(((i - middle) / 9) ** 2))));
const histogram = { lo: 0, hi: 4095, counts: [bell(18), bell(26), bell(36)] };

/** An image at 30×: grid, minimap, read-out and buttons over it, and under it a histogram with the window on its values. */
export const lookingIn = (scheme: 'light' | 'dark'): Scene => {
  const view = new ImageView();
  const minimap = new Minimap(view, () => true);
  const readOut = new ReadOut(() => null);
  const overImage = (frame: Rect, ui: Ui): readonly Shape[] => {
    if (view.isAtRest) view.zoom(30, { x: 190, y: 120 }, image, frame);
    readOut.follow({ x: 17.5, y: 11 }, image, true, () => undefined);
    const { scale, x, y } = view.current(image, frame);
    const map = minimap.detail({ image, frame })!;
    const { screenFromImage } = map;
    return [
      tileAt(scale, x, y),
      ...pixelGridShapes({ scale, x, y }, image, frame, ui.devicePixelRatio),
      ...minimap.shapes(
        map,
        [tileAt(screenFromImage.scale, screenFromImage.x, screenFromImage.y)],
        { image, frame },
        ui.theme,
      ),
      ...readOut.shapes(frame, null, 52, ui.theme, ui.text),
    ];
  };
  const keymap = new Keymap();
  const window = { lo: 900, hi: 2600 };
  const scale = windowScale(histogram, window, true);
  const scene = widgetScene(scheme, {
    size: { width: 404, height: 360 },
    build: (ui) => {
      ui.column('all', { layout: { padding: 10, gap: 0, alignItems: 'flex-start' } }, () => {
        ui.region('image', {
          label: 'Image',
          roleDescription: 'image',
          size: frameSize,
          paint: (frame) => overImage(frame, ui),
        });
        imageTools(ui, { desc: 'Image', isAtRest: false, isClosest: false }, keymap);
        ui.region('histogram', {
          label: 'Histogram',
          roleDescription: 'histogram',
          size: { width: frameSize.width, height: 72 },
          layout: { marginTop: 8 },
          paint: (place) => [
            ...barShapes(histogram, [0, 1, 2], scale, place, ui.theme),
            ...windowShapes(window, scale, place, ui.theme),
          ],
        });
      });
    },
  });
  return {
    ...scene,
    prepare: async (renderer) => {
      await loadInter();
      renderer.uploadTile('ramp', pixels());
    },
  };
};
