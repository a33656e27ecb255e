import type { RgbaPixels } from '../kernels/index.js';
import type { Span } from './level-plan.js';

/** What each result takes of the source: from texel `first` on, these weights, which sum to 1. Beyond the edge the last counts. */
const weightsOf = ({ from, step }: Span, count: number, length: number) =>
  Array.from({ length: count }, (_, i) => {
    const begin = Math.min(from + i * step, length - Math.min(step, length));
    const end = Math.min(length, begin + step);
    const first = Math.floor(begin);
    const last = Math.max(first + 1, Math.ceil(end - 1e-9));
    const parts = Array.from(
      { length: last - first },
      (_, k) => Math.min(end, first + k + 1) - Math.max(begin, first + k),
    );
    const sum = parts.reduce((total, part) => total + part, 0);
    return { first, weights: parts.map((part) => part / sum) };
  });

/** Rows of results between two turns of the event loop: about 2 ms. */
export const rowsAtATime = 64;

/**
 * Area averages over steps that are no whole number of texels, colours weighted by alpha. Goes on after `breathe` every few rows, so
 * that the page's thread is not held.
 */
export const areaResampled = async (
  source: RgbaPixels,
  x: Span,
  y: Span,
  { width, height }: { readonly width: number; readonly height: number },
  breathe: () => Promise<void>,
): Promise<RgbaPixels> => {
  const columns = weightsOf(x, width, source.width);
  const rows = weightsOf(y, height, source.height);
  const rgba = new Uint8Array(width * height * 4);
  for (const [row, across] of rows.entries()) {
    if (row % rowsAtATime === 0 && row > 0) await breathe();
    for (let column = 0; column < width; column++) {
      const down = columns[column]!;
      let [r, g, b, a] = [0, 0, 0, 0];
      for (let i = 0; i < across.weights.length; i++) {
        const line = (across.first + i) * source.width + down.first;
        for (let j = 0; j < down.weights.length; j++) {
          const at = (line + j) * 4;
          const alpha = across.weights[i]! * down.weights[j]! * source.rgba[at + 3]!;
          r += source.rgba[at]! * alpha;
          g += source.rgba[at + 1]! * alpha;
          b += source.rgba[at + 2]! * alpha;
          a += alpha;
        }
      }
      const to = (row * width + column) * 4;
      if (a === 0) continue;
      rgba[to] = Math.round(r / a);
      rgba[to + 1] = Math.round(g / a);
      rgba[to + 2] = Math.round(b / a);
      rgba[to + 3] = Math.round(a);
    }
  }
  return { width, height, rgba };
};
