import { describe, expect, test } from 'vitest';
import { rect } from '../../../src/geometry/index.js';
import { boxStyles } from '../../../src/innotations/annotation-styles.js';
import { boxShapes } from '../../../src/innotations/image-paint.js';
import { lightTheme } from '../../../src/ui/index.js';
import { evenText } from '../ui/drive.js';

describe('the label of a box', () => {
  const frame = rect(100, 50, 200, 150);
  const plate = (x: number, y: number, width = 60, height = 40) => {
    const box = {
      value: [x, y, width, height] as const,
      active: false,
      held: false,
      hovered: false,
      label: { text: 'cat', color: [1, 0, 0, 1] as const },
    };
    const view = { scale: 1, x: frame.x, y: frame.y };
    const shapes = boxShapes([box], view, frame, boxStyles(), lightTheme, evenText);
    return shapes.flatMap((shape) => (shape.tag === 'rounded' ? [shape.rect] : []))[0]!;
  };

  test('stands on the upper edge, and inside of it where there is no room above', () => {
    const above = plate(20, 40);
    expect([above.x, above.y + above.height]).toEqual([120, 90]);
    expect(plate(20, 3).y).toBe(53);
  });

  test('stays in the frame at every edge', () => {
    for (const [x, y] of [
      [-30, -20],
      [190, -5],
      [-30, 0],
      [185, 100],
    ] as const) {
      const { x: left, y: top, width } = plate(x, y);
      expect([left >= 100, top >= 50, left + width <= 300]).toEqual([true, true, true]);
    }
  });
});
