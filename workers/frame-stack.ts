import type { ChannelOrder, PixelRect } from '../src/kernels/index.js';
import { isSideways, isUpright, type Orientation, storedRect, turnPixels } from './orientation.js';

/** Four bytes a pixel, rows without padding; `opaque`: the fourth byte says nothing and is 255. */
export type CutPixels = {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly order: ChannelOrder;
  readonly opaque: boolean;
};

/**
 * A frame keeps the pixels of an EXIF-oriented image as they are stored and says how they are to be turned. A browser whose frames do
 * not say it cannot be trusted with them.
 */
export type TurnedFrame = VideoFrame & Orientation;
export const framesAreUsable = (): boolean =>
  typeof VideoFrame !== 'undefined' && 'rotation' in VideoFrame.prototype;

const orders: Readonly<Record<string, ChannelOrder>> = { BGRA: 'BGR', BGRX: 'BGR', RGBA: 'RGB', RGBX: 'RGB' };

export const hasKnownFormat = ({ format }: VideoFrame): boolean => format !== null && format in orders;

/** Padding bytes of an X format are 255 in Chromium; where the first is not, all are set. */
const makeOpaque = (data: Uint8Array): void => {
  if (data[3] === 255) return;
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
};

/** Frames that lie one below the other as they are stored, all of one width, format and orientation. */
export class FrameStack {
  readonly #frames: readonly TurnedFrame[];
  readonly #format: string;
  readonly #turn: Orientation;
  /** As displayed. */
  readonly width: number;
  readonly height: number;

  constructor(frames: readonly TurnedFrame[]) {
    const [{ codedWidth, format, rotation, flip }] = frames as [TurnedFrame];
    this.#frames = frames;
    this.#format = format!;
    this.#turn = { rotation, flip };
    const stored = frames.reduce((rows, { codedHeight }) => rows + codedHeight, 0);
    [this.width, this.height] = this.isSideways ? [stored, codedWidth] : [codedWidth, stored];
  }

  /** Whether its stored rows are displayed as columns. */
  get isSideways(): boolean {
    return isSideways(this.#turn);
  }

  async cut(shown: PixelRect): Promise<CutPixels> {
    const { x, y, width, height } = storedRect(shown, this, this.#turn);
    const stride = width * 4;
    const data = new Uint8Array(height * stride);
    let top = 0;
    for (const frame of this.#frames) {
      const from = Math.max(y, top);
      const rows = Math.min(y + height, top + frame.codedHeight) - from;
      const rect = { x, y: from - top, width, height: rows };
      const target = data.subarray((from - y) * stride);
      if (rows > 0) await frame.copyTo(target, { rect, layout: [{ offset: 0, stride }] });
      top += frame.codedHeight;
    }
    const opaque = this.#format.endsWith('X');
    if (opaque) makeOpaque(data);
    return {
      data: isUpright(this.#turn) ? data : turnPixels(data, shown, this.#turn),
      order: orders[this.#format]!,
      opaque,
    };
  }

  close(): void {
    for (const frame of this.#frames) frame.close();
  }
}

const areAlike = (a: TurnedFrame, b: TurnedFrame): boolean =>
  a.codedWidth === b.codedWidth && a.format === b.format && a.rotation === b.rotation && a.flip === b.flip;

/** Takes the frames over; null, and they are the caller's still, where they do not fit together or have a format of another kind. */
export const frameStack = (frames: readonly TurnedFrame[]): FrameStack | null =>
  frames.every((frame) => hasKnownFormat(frame) && areAlike(frame, frames[0]!))
    ? new FrameStack(frames)
    : null;
