import type { Innotation } from '../innotations/index.js';
import type { MountedView } from './mounted-view.js';

/** Live figures of a view. */
export type InnotaterStats = {
  /** Frames drawn since the first mount; does not grow while nothing changes. */
  readonly frames: number;
  /** Script time of the last drawn frame. */
  readonly lastFrameMs: number;
  readonly textureBytes: number;
  readonly decodedBytes: number;
  readonly pendingTiles: number;
  /** WebGL contexts held: 1 while mounted and not lost. */
  readonly contexts: number;
  readonly workers: number;
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
    get workers() {
      return mounted()?.pixels.stats.workers ?? 0;
    },
    get backend() {
      return mounted()?.pixels.stats.backend ?? 'main';
    },
  });
};
