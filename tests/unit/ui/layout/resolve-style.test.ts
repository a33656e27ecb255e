import { describe, expect, it } from 'vitest';
import { type LayoutStyle, resolveStyle } from '../../../../src/ui/layout/index.js';

const read = (style: LayoutStyle, emPx = 10) => {
  const messages: string[] = [];
  const resolved = resolveStyle(style, emPx, (message) => messages.push(message));
  return { resolved, messages };
};

describe('reading layout styles', () => {
  it('takes camelCase, kebab-case and snake_case alike', () => {
    const camel = read({ flexDirection: 'column', minWidth: 5, alignItems: 'center' });
    const kebab = read({ 'flex-direction': 'column', 'min-width': 5, 'align-items': 'center' });
    const snake = read({ flex_direction: 'column', min_width: 5, align_items: 'center' });
    expect(kebab).toEqual(camel);
    expect(snake).toEqual(camel);
    expect(camel.messages).toEqual([]);
    expect(camel.resolved.main).toBe(1);
  });

  it('reads numbers, px, %, em and auto', () => {
    const width = (value: string | number) => read({ width: value }).resolved.size[0];
    expect([12, '12px', '2em', '50%', '.5px', 'auto', '0'].map(width)).toEqual([
      { px: 12 },
      { px: 12 },
      { px: 20 },
      { share: 0.5 },
      { px: 0.5 },
      null,
      { px: 0 },
    ]);
  });

  it('takes shorthands apart as CSS does', () => {
    const flex = (value: string | number) => {
      const { grow, shrink, basis } = read({ flex: value }).resolved;
      return [grow, shrink, basis];
    };
    expect(flex(2)).toEqual([2, 1, { share: 0 }]);
    expect(flex('1 0 30px')).toEqual([1, 0, { px: 30 }]);
    expect(flex('auto')).toEqual([1, 1, null]);
    expect(flex('none')).toEqual([0, 0, null]);
    expect(flex('initial')).toEqual([0, 1, null]);
    const { margin, gap, padding } = read({
      margin: '1px 2px 3px auto',
      gap: '4px 5px',
      padding: 6,
    }).resolved;
    expect(margin).toEqual([
      [null, { px: 2 }],
      [{ px: 1 }, { px: 3 }],
    ]);
    expect(gap).toEqual([{ px: 5 }, { px: 4 }]);
    expect(padding[0]).toEqual([{ px: 6 }, { px: 6 }]);
  });

  it('lets what is written later win, shorthand or not', () => {
    expect(read({ flexGrow: 3, flex: 'none' }).resolved.grow).toBe(0);
    expect(read({ flex: 'none', flexGrow: 3 }).resolved.grow).toBe(3);
    expect(read({ marginLeft: 3, margin: 1 }).resolved.margin[0][0]).toEqual({ px: 1 });
  });

  it('names an unknown property as it was written and ignores it', () => {
    const { resolved, messages } = read({ colour: 'red', 'z-index': 1, width: 7 });
    expect(messages).toEqual(['Unknown layout property "colour"', 'Unknown layout property "z-index"']);
    expect(resolved).toEqual(read({ width: 7 }).resolved);
  });

  it('names a value that a property does not take and ignores it', () => {
    const bad: LayoutStyle = {
      width: 'wide',
      'min-height': -4,
      padding: '3px auto',
      flexDirection: 'diagonal',
      flexGrow: '-1',
      aspectRatio: '4/0',
      max_width: '3vw',
      gap: '1px 2px 3px',
      flex: '1 1 1 1',
    };
    const { resolved, messages } = read(bad);
    expect(messages).toEqual(
      Object.entries(bad).map(([key, value]) => `Unknown value "${value}" of layout property "${key}"`),
    );
    expect(resolved).toEqual(read({}).resolved);
  });

  it('passes over what is undefined', () => {
    expect(read({ width: undefined })).toEqual(read({}));
  });

  it('does not take names of object methods for properties', () => {
    expect(read({ constructor: 'x', toString: 'x' }).messages).toEqual([
      'Unknown layout property "constructor"',
      'Unknown layout property "toString"',
    ]);
  });
});
