import { describe, expect, it } from 'vitest';
import { noPadding, type WidgetNode } from '../../../../src/ui/node.js';
import { Placement } from '../../../../src/ui/placement.js';
import { WidgetSlots } from '../../../../src/ui/widget-slots.js';

const nodeWith = (style: WidgetNode['style']): WidgetNode => ({
  id: 'view/targets/note#captioned',
  style,
  content: '',
  measure: () => ({ width: 10, height: 10 }),
  children: [],
  hit: null,
  paint: null,
  semantics: null,
  rect: { x: 0, y: 0, width: 0, height: 0 },
  padding: noPadding,
  seen: null,
  slot: new WidgetSlots().slot(''),
});

describe('reports of unknown styles', () => {
  it('name each key and value once, at whatever width and in however many nodes', () => {
    const messages: string[] = [];
    const placement = new Placement((message) => messages.push(message));
    const roots = [nodeWith({ colour: 'red', width: 'wide' }), nodeWith({ colour: 'blue', height: 7 })];
    for (const width of [100, 200, 300])
      placement.place({ nodes: roots, roots, scrolls: false }, width, 0, 14);
    expect(messages).toEqual([
      'note: Unknown layout property "colour"',
      'note: Unknown value "wide" of layout property "width"',
    ]);
    expect(placement.contentHeight).toBe(17);
  });
});
