import { clamp, type Rect } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import type { ProgressBarOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import { roundedBox } from '../looks.js';

const thickness = 6;
/** One run of the moving part along the bar, ms. */
const periodMs = 1400;
/** It moves so often, ms: a frame takes time from what is waited for. */
const moveMs = 33;
/** Length of the moving part, of the whole. */
const movingShare = 0.35;
/** Distance of the stripes of the still pattern, CSS px. */
const stripePx = 12;

/** What of the bar is filled, left to right in CSS px. */
type Part = { readonly from: number; readonly to: number };

const movingPart = (rect: Rect, timeMs: number): Part => {
  const length = rect.width * movingShare;
  const at = ((timeMs % periodMs) / periodMs) * (rect.width + length) - length;
  return { from: Math.max(0, at), to: Math.min(rect.width, at + length) };
};

/** Every second stripe: nothing moves, and yet it looks unlike any share that is done. */
const stripes = ({ width }: Rect): readonly Part[] =>
  Array.from({ length: Math.ceil(width / (2 * stripePx)) }, (_, i) => ({
    from: 2 * i * stripePx,
    to: Math.min(width, (2 * i + 1) * stripePx),
  }));

const partsOf = (host: WidgetHost, rect: Rect, value: number | null): readonly Part[] => {
  if (value !== null) return value > 0 ? [{ from: 0, to: rect.width * value }] : [];
  return host.reducedMotion ? stripes(rect) : [movingPart(rect, host.timeMs)];
};

const paintBar = (host: WidgetHost, rect: Rect, value: number | null): readonly Shape[] => {
  const { theme } = host;
  const bar = { ...rect, y: rect.y + (rect.height - thickness) / 2, height: thickness };
  const fill = ({ from, to }: Part): Shape =>
    roundedBox({ ...bar, x: bar.x + from, width: Math.max(0, to - from) }, thickness / 2, theme.accent);
  return [
    roundedBox(bar, thickness / 2, theme.field, theme.controlBorder),
    ...partsOf(host, rect, value).map(fill),
  ];
};

/** How much of something is done; where that is not known, that something goes on: moving, or striped where less motion is wanted. */
export const progressBar = (host: WidgetHost, key: string, options: ProgressBarOptions): void => {
  const id = host.claim(key);
  const { label, valueText } = options;
  const value = options.value === null ? null : clamp(options.value, 0, 1);
  if (value === null && !host.reducedMotion) host.repaint('progress goes on', moveMs);
  host.add({
    id,
    style: { minWidth: 48, minHeight: thickness, ...options.layout },
    content: '',
    measure: () => ({ width: 160, height: thickness + 4 }),
    children: [],
    hit: null,
    paint: (_, shapes, inner) => shapes.push(...paintBar(host, inner, value)),
    semantics: (rect) => ({
      id,
      role: 'progressbar',
      name: label,
      rect,
      focusable: false,
      valueMin: 0,
      valueMax: 100,
      ...(value === null ? {} : { valueNow: Math.round(value * 100) }),
      ...(valueText === undefined ? {} : { valueText }),
    }),
  });
};
