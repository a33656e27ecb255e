import { describe, expect, it } from 'vitest';
import { rect } from '../../../src/geometry/index.js';
import { type Picture, type Shape, samePicture } from '../../../src/paint/index.js';

const font = { family: 'Inter', sizePx: 13, weight: 400 };
const style = {
  color1: [1, 1, 1, 1],
  color2: [0, 0, 0, 1],
  lineDash: [2, 3],
  lineWidth: 1,
  opacity: 0.9,
} as const;

const everyShape = (): Shape[] => [
  { tag: 'quad', rect: rect(1, 2, 3, 4), color: [0, 0, 0, 1] },
  {
    tag: 'rounded',
    rect: rect(1, 2, 30, 4),
    radius: 2,
    fill: [1, 0, 0, 1],
    border: { width: 1, color: [0, 1, 0, 1] },
  },
  { tag: 'text', text: 'a', at: { x: 1, y: 2 }, align: 'left', font, color: [0, 0, 0, 1], maxWidth: 50 },
  {
    tag: 'tile',
    key: 'k',
    source: rect(0, 0, 8, 8),
    target: rect(0, 0, 16, 16),
    filter: 'linear',
    opacity: 1,
  },
  { tag: 'box', rect: rect(5, 6, 7, 8), style },
  { tag: 'line', from: { x: 0, y: 0 }, to: { x: 5, y: 5 }, width: 2, color: [0, 0, 1, 1] },
  {
    tag: 'clip',
    rect: rect(0, 0, 9, 9),
    shapes: [{ tag: 'quad', rect: rect(1, 1, 1, 1), color: [1, 1, 1, 1] }],
  },
];

/** Every copy of `value` in which exactly one leaf differs. */
function* changedLeaves(value: unknown): Generator<unknown> {
  if (typeof value === 'number') yield value + 1;
  else if (typeof value === 'string') yield value === 'linear' ? 'nearest' : `${value}x`;
  else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const changed of changedLeaves(item)) yield value.with(i, changed);
    }
    const isColor = value.length === 4 && value.every(Number.isFinite);
    if (!isColor) yield [...value, value[0] ?? 1];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      for (const changed of changedLeaves(item)) yield { ...value, [key]: changed };
    }
  }
}

describe('samePicture', () => {
  it('finds copies equal', () => {
    expect(samePicture(everyShape(), structuredClone(everyShape()))).toBe(true);
  });

  it('sees a change of every single field', () => {
    const picture = everyShape();
    const changes = [...changedLeaves(picture)] as Picture[];
    expect(changes.length).toBeGreaterThan(60);
    for (const changed of changes) expect(samePicture(picture, changed), JSON.stringify(changed)).toBe(false);
  });

  it('sees optional parts come and go, and order', () => {
    const [quad, rounded, text] = everyShape() as [Shape, Shape, Shape];
    const { border: _, ...bare } = rounded as Extract<Shape, { tag: 'rounded' }>;
    const { maxWidth: __, ...free } = text as Extract<Shape, { tag: 'text' }>;
    expect(samePicture([rounded], [bare])).toBe(false);
    expect(samePicture([bare], [rounded])).toBe(false);
    expect(samePicture([free], [text])).toBe(false);
    expect(samePicture([quad, rounded], [rounded, quad])).toBe(false);
  });
});
