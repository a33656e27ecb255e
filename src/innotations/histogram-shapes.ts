import { type Rect, rect } from '../geometry/index.js';
import type { Histogram, ValueRange } from '../images/index.js';
import type { Color, Shape } from '../paint/index.js';
import type { Theme } from '../ui/index.js';
import type { WindowEnd, WindowScale } from './value-window.js';

const colours: readonly Color[] = [
  [0.86, 0.2, 0.2, 0.5],
  [0.15, 0.65, 0.25, 0.5],
  [0.2, 0.4, 0.95, 0.5],
];

/** Room for the handles to be seen whole at the ends of the axis. */
const insetPx = 8;
const gripPx = 10;

export const xOfValue = (value: number, { least, most }: WindowScale, place: Rect): number =>
  place.x + insetPx + ((value - least) / (most - least)) * Math.max(1, place.width - 2 * insetPx);

export const valueOfX = (x: number, { least, most }: WindowScale, place: Rect): number =>
  least + ((x - place.x - insetPx) / Math.max(1, place.width - 2 * insetPx)) * (most - least);

/**
 * Bars of log(1 + count), a colour a channel: those of `picks` are shown as red, green and blue, a single one in grey. Alpha is left out.
 */
export const barShapes = (
  { lo, hi, counts }: Histogram,
  picks: readonly number[],
  scale: WindowScale,
  place: Rect,
  theme: Theme,
): readonly Shape[] => {
  const present = picks.filter((channel) => channel < counts.length);
  const shown = present.slice(0, present.length >= 3 ? 3 : 1);
  const rows = shown.flatMap((channel, i) => {
    const row = counts[channel];
    return row ? [{ row, color: shown.length === 1 ? theme.textMuted : colours[i]! }] : [];
  });
  const most = Math.log1p(rows.reduce((top, { row }) => row.reduce((a, b) => Math.max(a, b), top), 1));
  const room = place.height - 4;
  return rows.flatMap(({ row, color }) =>
    [...row].flatMap((count, i): Shape[] => {
      if (count === 0) return [];
      const left = xOfValue(lo + ((hi - lo) * i) / row.length, scale, place);
      const right = xOfValue(lo + ((hi - lo) * (i + 1)) / row.length, scale, place);
      const height = Math.max(1, (Math.log1p(count) / most) * room);
      return [
        { tag: 'quad', rect: rect(left, place.y + place.height - height, right - left, height), color },
      ];
    }),
  );
};

/** Where a handle can be grabbed, and where its element is. */
export const handleRect = (window: ValueRange, end: WindowEnd, scale: WindowScale, place: Rect): Rect =>
  rect(xOfValue(window[end], scale, place) - gripPx / 2, place.y, gripPx, place.height);

/** What lies outside of the window is dimmed; a line and a grip at either end, black and white as what is shown there. */
export const windowShapes = (
  window: ValueRange,
  scale: WindowScale,
  place: Rect,
  theme: Theme,
): readonly Shape[] => {
  const [from, to] = [window.lo, window.hi]
    .map((value) => xOfValue(value, scale, place))
    .sort((a, b) => a - b) as [number, number];
  const [r, g, b] = theme.surface;
  const dim = (x: number, end: number): Shape => ({
    tag: 'quad',
    rect: rect(x, place.y, Math.max(0, end - x), place.height),
    color: [r, g, b, 0.7],
  });
  const handle = (end: WindowEnd): readonly Shape[] => {
    const { x, y, width, height } = handleRect(window, end, scale, place);
    const grip = rect(x, y + height / 2 - width, width, 2 * width);
    const fill: Color = end === 'lo' ? [0, 0, 0, 1] : [1, 1, 1, 1];
    return [
      { tag: 'quad', rect: rect(x + width / 2 - 1, y, 2, height), color: theme.accent },
      { tag: 'rounded', rect: grip, radius: 3, fill, border: { width: 2, color: theme.accent } },
    ];
  };
  return [dim(place.x, from), dim(to, place.x + place.width), ...handle('lo'), ...handle('hi')];
};
