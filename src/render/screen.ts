import type { Size } from '../geometry/index.js';
import type { Color } from '../paint/index.js';
import { Device } from './device.js';
import { sharedDevice } from './shared-device.js';

/** How what a device draws gets on the canvas shown. */
export interface Screen {
  readonly device: Device;
  /** The device's canvas is to have this size, device px; before every draw. */
  prepare(size: Size): void;
  /** What was drawn is shown. */
  show(): void;
  /** The canvas keeps what it shows after `dispose`. False: it cannot. */
  leavePicture(): boolean;
  dispose(): void;
}

/** The canvas has a context of its own. With an opaque `ground`, which it shows at first, the page never shows through. */
export const ownScreen = (canvas: HTMLCanvasElement, ground?: Color): Screen => {
  const device = new Device(canvas, { alpha: !ground });
  if (ground) device.gpu?.clear({ width: canvas.width, height: canvas.height }, ground);
  return { device, prepare() {}, show() {}, leavePicture: () => false, dispose: () => device.dispose() };
};

/**
 * The page's one context draws, and the picture is handed over whole (no copy: a canvas 2D in its place costs 11 ms more a frame of
 * 1200×900 px on software GL).
 */
export const sharedScreen = (canvas: HTMLCanvasElement): Screen => {
  const output = typeof OffscreenCanvas === 'undefined' ? null : canvas.getContext('bitmaprenderer');
  if (!output) return ownScreen(canvas);
  const device = sharedDevice.acquire();
  const drawn = device.canvas as OffscreenCanvas;
  let isHeld = true;
  let isLeft = false;
  return {
    device,
    prepare({ width, height }) {
      if (drawn.width !== width) drawn.width = width;
      if (drawn.height !== height) drawn.height = height;
    },
    show: () => output.transferFromImageBitmap(drawn.transferToImageBitmap()),
    leavePicture() {
      isLeft = true;
      return true;
    },
    dispose() {
      if (!isHeld) return;
      isHeld = false;
      if (!isLeft) output.transferFromImageBitmap(null);
      sharedDevice.release();
    },
  };
};
