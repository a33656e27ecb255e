import { describe, expect, it } from 'vitest';
import { type FlexNode, type LayoutStyle, resolveStyle, solve } from '../../../../src/ui/layout/index.js';

const noReport = (message: string): void => {
  throw new Error(message);
};

const node = (style: LayoutStyle, children: readonly FlexNode[], measure: FlexNode['measure']): FlexNode => ({
  style: resolveStyle(style, 10, noReport),
  children,
  measure,
  rect: { x: -1, y: -1, width: -1, height: -1 },
});

/** A leaf whose content has one size at every width. */
const leaf = (width: number, height: number, style: LayoutStyle = {}) =>
  node(style, [], () => ({ width, height }));

/** Ten words of 10 × 10 px with no space between them, as many on a line as fit. */
const words = (style: LayoutStyle = {}) =>
  node(style, [], (room) => {
    const onLine = Math.max(1, Math.min(10, Math.floor(room / 10)));
    return { width: onLine * 10, height: Math.ceil(10 / onLine) * 10 };
  });

/** x, y, width, height of the children in a root of a width, and the root's height. */
const laidOut = (width: number, style: LayoutStyle, ...children: readonly FlexNode[]) => {
  const root = node(style, children, null);
  solve(root, width);
  return {
    height: root.rect.height,
    boxes: children.map(({ rect }) => [rect.x, rect.y, rect.width, rect.height]),
  };
};

describe('flexbox solver', () => {
  it('grows by flex-grow and freezes what meets its maximum', () => {
    // 300 − 3·40 = 180 left; shares 60/120/0; the second stops at 100, so the first gets 300 − 100 − 40 = 160.
    const { boxes } = laidOut(
      300,
      {},
      leaf(40, 10, { flexGrow: 1 }),
      leaf(40, 10, { flexGrow: 2, maxWidth: 100 }),
      leaf(40, 10),
    );
    expect(boxes.map(([x, , width]) => [x, width])).toEqual([
      [0, 160],
      [160, 100],
      [260, 40],
    ]);
  });

  it('ends with sizes that are no numbers', () => {
    const { boxes } = laidOut(300, {}, leaf(Number.NaN, 10, { flexGrow: 1 }), leaf(10, Number.NaN));
    expect(boxes).toHaveLength(2);
  });

  it('leaves room where factors add up to less than one', () => {
    // 100 left, half of it given.
    const { boxes } = laidOut(140, {}, leaf(40, 10, { flexGrow: 0.5 }));
    expect(boxes).toEqual([[0, 0, 90, 10]]);
  });

  it('shrinks by factor times content width, never the padding', () => {
    // Bases 100 and 100, the first with 40 of padding; 40 too many; weights 60 and 100: 100 − 15 and 100 − 25.
    const { boxes } = laidOut(
      160,
      {},
      leaf(0, 10, { width: 100, padding: '0 20px' }),
      leaf(0, 10, { width: 100 }),
    );
    expect(boxes.map(([, , width]) => width)).toEqual([85, 75]);
  });

  it('stops shrinking at the longest word, unless a minimum is given', () => {
    expect(laidOut(5, {}, words()).boxes).toEqual([[0, 0, 10, 100]]);
    expect(laidOut(30, {}, words()).boxes).toEqual([[0, 0, 30, 40]]);
    expect(laidOut(5, {}, leaf(40, 10, { minWidth: 0 })).boxes).toEqual([[0, 0, 5, 10]]);
    expect(laidOut(5, {}, leaf(40, 10)).boxes).toEqual([[0, 0, 40, 10]]);
  });

  it('wraps lines, stretches in each, and grows in each', () => {
    // 60 + 10 + 60 > 100: two lines; the second has 10 + 30 beside 60.
    const { boxes, height } = laidOut(
      100,
      { flexWrap: 'wrap', gap: 10 },
      leaf(60, 20, { flexGrow: 1 }),
      leaf(60, 30),
      leaf(30, 10),
    );
    expect(height).toBe(60);
    expect(boxes).toEqual([
      [0, 0, 100, 20],
      [0, 30, 60, 30],
      [70, 30, 30, 30],
    ]);
  });

  it('spreads lines by align-content', () => {
    const lines = (alignContent: string) =>
      laidOut(50, { flexWrap: 'wrap', height: 100, alignContent }, leaf(40, 20), leaf(40, 20)).boxes;
    expect(lines('stretch').map(([, y, , height]) => [y, height])).toEqual([
      [0, 50],
      [50, 50],
    ]);
    expect(lines('space-between').map(([, y]) => y)).toEqual([0, 80]);
    expect(lines('center').map(([, y]) => y)).toEqual([30, 50]);
  });

  it('justifies along and aligns across', () => {
    const xs = (justifyContent: string) =>
      laidOut(100, { justifyContent }, leaf(20, 10), leaf(20, 10)).boxes.map(([x]) => x);
    expect(xs('flex-end')).toEqual([60, 80]);
    expect(xs('space-between')).toEqual([0, 80]);
    expect(xs('space-around')).toEqual([15, 65]);
    expect(xs('space-evenly')).toEqual([20, 60]);
    const y = (alignSelf: string) =>
      laidOut(100, { height: 50 }, leaf(20, 10, { alignSelf })).boxes[0]?.slice(1);
    expect(y('center')).toEqual([20, 20, 10]);
    expect(y('flex-end')).toEqual([40, 20, 10]);
    expect(y('stretch')).toEqual([0, 20, 50]);
  });

  it('gives free room to auto margins first', () => {
    const { boxes } = laidOut(
      100,
      { height: 40, justifyContent: 'center' },
      leaf(20, 10),
      leaf(20, 10, { marginLeft: 'auto', marginTop: 'auto' }),
    );
    expect(boxes).toEqual([
      [0, 0, 20, 40],
      [80, 30, 20, 10],
    ]);
  });

  it('runs backwards', () => {
    const row = laidOut(100, { flexDirection: 'row-reverse', gap: 5 }, leaf(20, 10), leaf(30, 10));
    expect(row.boxes.map(([x]) => x)).toEqual([80, 45]);
    const column = laidOut(100, { flexDirection: 'column-reverse', height: 50 }, leaf(20, 10), leaf(30, 10));
    expect(column.boxes.map(([, y]) => y)).toEqual([40, 30]);
  });

  it('takes percentages of the content box and em of the font', () => {
    // Content box: 200 − 2·10 wide, 100 − 20 high.
    const { boxes } = laidOut(200, { padding: 10, height: 100 }, leaf(0, 0, { width: '50%', height: '25%' }));
    expect(boxes).toEqual([[10, 10, 90, 20]]);
    expect(laidOut(200, {}, leaf(0, 0, { width: '3em', height: 1 })).boxes).toEqual([[0, 0, 30, 1]]);
  });

  it('takes the height of a column from its content, within limits', () => {
    const column = { flexDirection: 'column', padding: 5, gap: 2 };
    expect(laidOut(40, column, words(), leaf(10, 10)).height).toBe(5 + 40 + 2 + 10 + 5);
    expect(
      laidOut(40, { ...column, minHeight: 90 }, words(), leaf(10, 10, { flexGrow: 1 })).boxes[1],
    ).toEqual([5, 47, 30, 38]);
  });

  it('keeps an aspect ratio while it shrinks', () => {
    const image = (style: LayoutStyle) =>
      node({ aspectRatio: 2, minWidth: 0, alignSelf: 'flex-start', ...style }, [], (room) => {
        const width = Math.min(80, room);
        return { width, height: width / 2 };
      });
    expect(laidOut(100, {}, image({})).boxes).toEqual([[0, 0, 80, 40]]);
    expect(laidOut(60, {}, image({})).boxes).toEqual([[0, 0, 60, 30]]);
    expect(laidOut(60, { flexDirection: 'column' }, image({})).boxes).toEqual([[0, 0, 60, 30]]);
    expect(
      laidOut(100, {}, leaf(0, 0, { aspectRatio: '3/2', height: 20, alignSelf: 'flex-start' })).boxes,
    ).toEqual([[0, 0, 30, 20]]);
  });

  it('gives what is not displayed no size, and no gap', () => {
    const { boxes } = laidOut(
      100,
      { gap: 10 },
      leaf(20, 10),
      leaf(20, 10, { display: 'none' }),
      leaf(20, 10),
    );
    expect(boxes).toEqual([
      [0, 0, 20, 10],
      [0, 0, 0, 0],
      [30, 0, 20, 10],
    ]);
  });

  it('asks a leaf for its size a bounded number of times, however deep it lies', () => {
    let asked = 0;
    let tree = node({}, [], () => {
      asked += 1;
      return { width: 10, height: 10 };
    });
    for (let depth = 0; depth < 12; depth++) {
      tree = node({ flexDirection: depth % 2 ? 'row' : 'column' }, [tree, leaf(1, 1)], null);
    }
    solve(tree, 300);
    expect(asked).toBeLessThanOrEqual(12);
  });
});
