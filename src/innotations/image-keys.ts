import type { UiEvent } from '../ui/index.js';

/** What a key does to an image that has focus. Lengths in whole image pixels. */
export type ImageKeyAction =
  | { readonly tag: 'nudge'; readonly dx: number; readonly dy: number }
  /** Moves the right and the lower edge. */
  | { readonly tag: 'resize'; readonly dx: number; readonly dy: number }
  /** Draws the active box in the middle of what is shown. */
  | { readonly tag: 'draw' }
  /** Takes the boxes of the sample shown before. */
  | { readonly tag: 'copy' }
  | { readonly tag: 'blank' }
  | { readonly tag: 'zoomToBox' }
  /** No box is shown while the key is held. */
  | { readonly tag: 'hideBoxes'; readonly held: boolean }
  | { readonly tag: 'cancel' }
  | { readonly tag: 'fit' }
  | { readonly tag: 'zoom'; readonly factor: number }
  | { readonly tag: 'panKey'; readonly held: boolean };

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const plain: Readonly<Record<string, ImageKeyAction>> = {
  Enter: { tag: 'draw' },
  c: { tag: 'copy' },
  z: { tag: 'zoomToBox' },
  Delete: { tag: 'blank' },
  Backspace: { tag: 'blank' },
  Escape: { tag: 'cancel' },
  '0': { tag: 'fit' },
  '+': { tag: 'zoom', factor: 1.5 },
  '=': { tag: 'zoom', factor: 1.5 },
  '-': { tag: 'zoom', factor: 1 / 1.5 },
};

/** The one table of an image's keys (B8); null for keys that are none of its business. */
export const imageKeyAction = (event: Extract<UiEvent, { tag: 'key' }>): ImageKeyAction | null => {
  const { ctrl, meta, alt, shift } = event.modifiers;
  if (event.key === ' ') return { tag: 'panKey', held: event.phase === 'down' };
  if (ctrl || meta) return null;
  if (event.key === 'h') return { tag: 'hideBoxes', held: event.phase === 'down' };
  if (event.phase === 'up') return null;
  const arrow = arrows[event.key];
  if (arrow) {
    const step = shift ? 10 : 1;
    return { tag: alt ? 'resize' : 'nudge', dx: arrow[0] * step, dy: arrow[1] * step };
  }
  return alt ? null : (plain[event.key] ?? null);
};
