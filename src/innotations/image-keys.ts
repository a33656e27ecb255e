import type { UiEvent } from '../ui/index.js';
import type { Keymap, ShortcutName } from './keymap.js';

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
  /** The next box, or the one before, becomes active. */
  | { readonly tag: 'step'; readonly by: 1 | -1 }
  /** The active box gets a class, counted from 0. */
  | { readonly tag: 'class'; readonly chosen: number }
  | { readonly tag: 'zoomToBox' }
  /** No box is shown while the key is held. */
  | { readonly tag: 'hideBoxes'; readonly held: boolean }
  | { readonly tag: 'cancel' }
  | { readonly tag: 'fit' }
  | { readonly tag: 'zoom'; readonly factor: number }
  /** One image px is shown as one CSS px. */
  | { readonly tag: 'oneToOne' }
  /** Moves the view by parts of the frame. */
  | { readonly tag: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly tag: 'minimap' }
  /** Tells what the view shows and the values of a pixel. */
  | { readonly tag: 'tell' }
  | { readonly tag: 'panKey'; readonly held: boolean };

const directions: { readonly [name in ShortcutName]?: readonly [number, number] } = {
  boxLeft: [-1, 0],
  boxRight: [1, 0],
  boxUp: [0, -1],
  boxDown: [0, 1],
};

const panDirections: { readonly [name in ShortcutName]?: readonly [number, number] } = {
  panLeft: [-1, 0],
  panRight: [1, 0],
  panUp: [0, -1],
  panDown: [0, 1],
};

/** A key moves the view by a quarter of its frame, with Shift by nearly the whole. */
export const panStep = (isLarge: boolean): number => (isLarge ? 0.9 : 0.25);

const atOnce: { readonly [name in ShortcutName]?: ImageKeyAction } = {
  drawBox: { tag: 'draw' },
  copyBoxes: { tag: 'copy' },
  zoomToBox: { tag: 'zoomToBox' },
  nextBox: { tag: 'step', by: 1 },
  previousBox: { tag: 'step', by: -1 },
  removeBox: { tag: 'blank' },
  cancel: { tag: 'cancel' },
  fit: { tag: 'fit' },
  zoomIn: { tag: 'zoom', factor: 1.5 },
  zoomOut: { tag: 'zoom', factor: 1 / 1.5 },
  oneToOne: { tag: 'oneToOne' },
  minimap: { tag: 'minimap' },
  tellPixel: { tag: 'tell' },
};

/** What the key asks of an image (B8); null for keys that are none of its business. */
export const imageKeyAction = (
  event: Extract<UiEvent, { tag: 'key' }>,
  keymap: Keymap,
): ImageKeyAction | null => {
  const name = keymap.find(event, 'image');
  const held = event.phase === 'down';
  if (name === 'pan') return { tag: 'panKey', held };
  if (name === 'hideBoxes') return { tag: 'hideBoxes', held };
  if (name === null || !held) return null;
  if (name === 'boxClass') return { tag: 'class', chosen: keymap.which(event, name) };
  const pan = panDirections[name];
  if (pan) {
    const share = panStep(event.modifiers.shift);
    return { tag: 'pan', dx: pan[0] * share, dy: pan[1] * share };
  }
  const direction = directions[name];
  if (!direction) return atOnce[name] ?? null;
  const step = event.modifiers.shift ? 10 : 1;
  return {
    tag: event.modifiers.alt ? 'resize' : 'nudge',
    dx: direction[0] * step,
    dy: direction[1] * step,
  };
};
