import type { Innotation } from '../innotations/index.js';
import type { MountedView } from './mounted-view.js';

/** Live figures of a view. */
export type InnotaterStats = {
  /** Frames drawn since the first mount; does not grow while nothing changes. */
  readonly frames: number;
  /** Script time of the last drawn frame. */
  readonly lastFrameMs: number;
  /** Of its own; where the context is shared the atlas of texts, and tiles kept together with those over them, are the page's. */
  readonly textureBytes: number;
  /** Of decoded pixels in memory. */
  readonly decodedBytes: number;
  /** Asked for and not there yet. */
  readonly pendingTiles: number;
  /** WebGL contexts held: 1 while it is drawn and the context is not lost; 0 while it is far from what is seen on a page of many. */
  readonly contexts: number;
  /** The context is the one that all views of a page of many share. */
  readonly isContextShared: boolean;
  /** Workers of the page. */
  readonly workers: number;
  /** Where pixels are computed and how; on the main thread where no worker starts. */
  readonly backend: 'worker+simd' | 'worker+js' | 'main';
};

/** The figures as they are when read; `framesBefore` counts those of earlier mounts. */
export const liveStats = (
  mounted: () => MountedView | null,
  framesBefore: () => number,
  innotations: readonly Innotation[],
): InnotaterStats => {
  const sum = (key: 'decodedBytes' | 'pendingTiles') =>
    innotations.reduce((total, { imageStats }) => total + (imageStats?.[key] ?? 0), 0);
  return Object.freeze({
    get frames() {
      return framesBefore() + (mounted()?.shell.stats.frames ?? 0);
    },
    get lastFrameMs() {
      return mounted()?.shell.stats.lastFrameMs ?? 0;
    },
    get textureBytes() {
      return mounted()?.shell.renderer.textureBytes ?? 0;
    },
    get decodedBytes() {
      return sum('decodedBytes');
    },
    get pendingTiles() {
      return sum('pendingTiles');
    },
    get contexts() {
      const view = mounted();
      return view && !view.shell.renderer.isLost ? 1 : 0;
    },
    get isContextShared() {
      return mounted()?.shell.renderer.isShared ?? false;
    },
    get workers() {
      return mounted()?.pixels.stats.workers ?? 0;
    },
    get backend() {
      return mounted()?.pixels.stats.backend ?? 'main';
    },
  });
};
