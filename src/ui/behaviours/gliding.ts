import { clamp } from '../../geometry/index.js';
import type { WidgetHost } from '../host.js';

/** How far something is scrolled, and how fast it still moves after a finger let it go. */
export type Gliding = {
  /** CSS px. */
  scrollTop: number;
  /** CSS px of scrolling in a ms. */
  velocity: number;
  /** When both were last known. */
  movedAtMs: number;
};

/** The velocity falls to 1/e in this time. */
const decayMs = 325;
/** As fast as a finger throws; CSS px in a ms. */
const mostVelocity = 6;
/** Slower than this nothing is seen to move; CSS px in a ms. */
const restVelocity = 0.02;
/** A finger that has rested this long before it is lifted lets go of something that stands. */
const restMs = 60;

/** A finger took hold: it stands. */
export const takeHold = (gliding: Gliding, timeMs: number): void => {
  Object.assign(gliding, { velocity: 0, movedAtMs: timeMs });
};

/** A finger moved it by `delta` CSS px of scrolling, to stay within 0…`most`. */
export const dragBy = (gliding: Gliding, delta: number, most: number, timeMs: number): void => {
  const passedMs = Math.max(1, timeMs - gliding.movedAtMs);
  const velocity = 0.6 * (delta / passedMs) + 0.4 * gliding.velocity;
  gliding.velocity = clamp(velocity, -mostVelocity, mostVelocity);
  gliding.scrollTop = clamp(gliding.scrollTop + delta, 0, most);
  gliding.movedAtMs = timeMs;
};

/** The finger let go: what moved goes on moving, unless less motion is wanted. */
export const letGo = (gliding: Gliding, timeMs: number, reducedMotion: boolean): void => {
  if (reducedMotion || timeMs - gliding.movedAtMs > restMs) gliding.velocity = 0;
  gliding.movedAtMs = timeMs;
};

/** Moves it on to this frame's time, slower and slower (exponential decay), and asks for the frames that takes. */
export const glide = (host: Pick<WidgetHost, 'timeMs' | 'repaint'>, gliding: Gliding, most: number): void => {
  if (gliding.velocity === 0) return;
  const passedMs = Math.max(0, host.timeMs - gliding.movedAtMs);
  const left = Math.exp(-passedMs / decayMs);
  const top = gliding.scrollTop + gliding.velocity * decayMs * (1 - left);
  const isAtEnd = top <= 0 || top >= most;
  const velocity = gliding.velocity * left;
  gliding.scrollTop = clamp(top, 0, most);
  gliding.velocity = isAtEnd || Math.abs(velocity) < restVelocity ? 0 : velocity;
  gliding.movedAtMs = Math.max(gliding.movedAtMs, host.timeMs);
  if (gliding.velocity !== 0) host.repaint('scrolling runs out', 0);
};
