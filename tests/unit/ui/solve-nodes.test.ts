import { describe, expect, it } from 'vitest';
import { noPadding, type WidgetNode } from '../../../src/ui/node.js';
import { solveNodes } from '../../../src/ui/solve-nodes.js';
import { WidgetSlots } from '../../../src/ui/widget-slots.js';

const node = (
  style: WidgetNode['style'],
  size: readonly [number, number],
  children: WidgetNode[] = [],
): WidgetNode => ({
  id: '',
  style,
  content: '',
  measure: children.length > 0 ? null : () => ({ width: size[0], height: size[1] }),
  children,
  hit: null,
  paint: null,
  semantics: null,
  rect: { x: 0, y: 0, width: 0, height: 0 },
  padding: noPadding,
  seen: null,
  slot: new WidgetSlots().slot(''),
});
const leaf = (style: WidgetNode['style'], width = 40, height = 20) => node(style, [width, height]);
const box = (style: WidgetNode['style'], ...children: WidgetNode[]) => node(style, [0, 0], children);

/** x, y, width, height of every child after solving in 400 px; figures as Chromium gives them for the same styles. */
const solved = (parent: WidgetNode) => {
  const height = solveNodes([parent], 400, 0, 14);
  return { height, places: parent.children.map(({ rect: r }) => [r.x, r.y, r.width, r.height]) };
};

describe('places of nodes', () => {
  it('shares what is left by flex-grow, within limits', () => {
    const row = box({ gap: 10 }, leaf({ flexGrow: 1 }), leaf({ flexGrow: 3, maxWidth: 100 }), leaf({}));
    expect(solved(row).places).toEqual([
      [0, 0, 240, 20],
      [250, 0, 100, 20],
      [360, 0, 40, 20],
    ]);
  });

  it('takes what is missing by flex-shrink, down to min-width', () => {
    const row = box(
      {},
      leaf({ minWidth: 0 }, 300),
      leaf({ flexShrink: 0 }, 200),
      leaf({ minWidth: 80 }, 100),
    );
    expect(solved(row).places.map(([x, , width]) => [x, width])).toEqual([
      [0, 120],
      [120, 200],
      [320, 80],
    ]);
  });

  it('reads every spelling, %, em and the flex shorthand', () => {
    const row = box(
      { 'column-gap': '1em' },
      leaf({ flex: '1 1 0' }),
      leaf({ flex: 1 }),
      leaf({ width: '50%', min_width: '0' }),
    );
    expect(solved(row).places.map(([, , width]) => width)).toEqual([86, 86, 200]);
  });

  it('stretches, centres and ends across, and justifies along', () => {
    const row = box(
      { height: 100, justifyContent: 'space-between' },
      leaf({}),
      leaf({ alignSelf: 'center' }),
      leaf({ alignSelf: 'flex-end' }),
    );
    expect(solved(row).places).toEqual([
      [0, 0, 40, 100],
      [180, 40, 40, 20],
      [360, 80, 40, 20],
    ]);
  });

  it('wraps a row, and grows each line by itself', () => {
    const row = box({ flexWrap: 'wrap', gap: 8 }, leaf({}, 250), leaf({ flexGrow: 1 }, 250), leaf({}, 100));
    expect(solved(row)).toEqual({
      height: 48,
      places: [
        [0, 0, 250, 20],
        [0, 28, 292, 20],
        [300, 28, 100, 20],
      ],
    });
  });

  it('puts padding and margins around, and adds heights in a column', () => {
    const column = box(
      { flexDirection: 'column', padding: '5px 10px', gap: 4 },
      leaf({ margin: 3 }),
      leaf({ alignSelf: 'flex-start' }),
    );
    expect(solved(column)).toEqual({
      height: 60,
      places: [
        [13, 8, 374, 20],
        [10, 35, 40, 20],
      ],
    });
  });

  it('gives no room to what is not displayed', () => {
    const column = box({ flexDirection: 'column', gap: 10 }, leaf({}), leaf({ display: 'none' }), leaf({}));
    expect(solved(column)).toEqual({
      height: 50,
      places: [
        [0, 0, 400, 20],
        [0, 0, 0, 0],
        [0, 30, 400, 20],
      ],
    });
  });
});
