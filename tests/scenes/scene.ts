import type { Size } from '../../src/geometry/index.js';
import type { Color, Picture } from '../../src/paint/index.js';
import type { Renderer } from '../../src/render/index.js';

/** A picture that is compared with `expected.png` beside it, pixel by pixel. */
export type Scene = {
  /** CSS px. */
  readonly size: Size;
  /** Device px per CSS px. */
  readonly scale: number;
  readonly background: Color;
  /** How far a channel of a pixel may be off (0…255), how many pixels may be off further, and why that is right. */
  readonly tolerance: { readonly channel: number; readonly pixels: number; readonly reason: string };
  /** Loads fonts, uploads tiles. */
  prepare?(renderer: Renderer): Promise<void> | void;
  /** What is drawn; `renderer` measures text. */
  picture(renderer: Renderer): Picture;
};

/** For scenes of whole pixels and nothing else. */
export const exact = {
  channel: 1,
  pixels: 0,
  reason: 'Whole pixels; blending rounds to the nearest step, which drivers do differently by one.',
} as const;

/** For scenes with curves and slants. */
export const smoothEdges = {
  channel: 3,
  pixels: 0,
  reason: 'Coverage is computed in single precision, which GPUs round differently in the last bits.',
} as const;

/** For scenes with text in the font that the tests carry. */
export const text = {
  channel: 40,
  pixels: 24,
  reason:
    'The browser rasterises the letters: versions and platforms differ in smoothing and hinting; places and shapes may not.',
} as const;
