import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxValue } from '../../../src/dataset/index.js';
import { rect } from '../../../src/geometry/index.js';
import { boxAt, handleAt, resizedBox } from '../../../src/innotations/box-adjust.js';
import { boxBetween } from '../../../src/innotations/box-geometry.js';
import {
  type BoxToolContext,
  type BoxToolEffect,
  type BoxToolState,
  cancelBoxTool,
  idle,
  previewOf,
  stepBoxTool,
} from '../../../src/innotations/box-tool.js';
import type { PointerInput } from '../../../src/ui/index.js';

const image = { width: 200, height: 100 };
const context = (over: Partial<BoxToolContext> = {}): BoxToolContext => ({
  image,
  frame: rect(0, 0, 400, 200),
  view: { scale: 2, x: 0, y: 0 },
  boxes: [[0, 0, 0, 0]],
  active: 0,
  canAdjust: over.canDraw ?? true,
  canDraw: true,
  panKey: false,
  leastScale: 2,
  mostScale: 64,
  ...over,
});

const pointer = (
  phase: PointerInput['phase'],
  x: number,
  y: number,
  over: Partial<PointerInput> = {},
): PointerInput => ({
  tag: 'pointer',
  phase,
  at: { x, y },
  pointerId: 1,
  pointerType: 'mouse',
  button: phase === 'move' ? -1 : 0,
  buttons: phase === 'up' ? 0 : 1,
  clicks: phase === 'down' ? 1 : 0,
  modifiers: { shift: false, ctrl: false, alt: false, meta: false },
  timeMs: 0,
  ...over,
});

/** Plays events; the view is followed as the image would. */
const play = (events: readonly PointerInput[], start = context()) => {
  let state: BoxToolState = idle;
  let now = start;
  const effects: BoxToolEffect[] = [];
  for (const event of events) {
    const [next, done] = stepBoxTool(state, event, now);
    state = next;
    effects.push(...done.filter(({ tag }) => tag !== 'capture'));
    for (const effect of done) if (effect.tag === 'view') now = { ...now, view: effect.view };
  }
  return { state, effects, context: now };
};

const drag = (x1: number, y1: number, x2: number, y2: number, over: Partial<PointerInput> = {}) => [
  pointer('down', x1, y1, over),
  pointer('move', (x1 + x2) / 2, (y1 + y2) / 2, { ...over, button: -1 }),
  pointer('move', x2, y2, { ...over, button: -1 }),
  pointer('up', x2, y2, over),
];

describe('box tool', () => {
  it('B1: a drag draws a box that replaces the active one, previewed live', () => {
    const events = drag(20, 40, 120, 140);
    const live = play(events.slice(0, 3));
    expect(previewOf(live.state)).toEqual([10, 20, 50, 50]);
    expect(live.effects).toEqual([]);
    expect(play(events).effects).toEqual([{ tag: 'commit', box: [10, 20, 50, 50], drawn: true }]);
  });

  it('B1: without a box that can be drawn a drag pans and writes nothing', () => {
    const { effects } = play(
      drag(20, 40, 60, 90),
      context({ canDraw: false, view: { scale: 4, x: -100, y: -50 } }),
    );
    expect(effects.every(({ tag }) => tag === 'view')).toBe(true);
  });

  it('B3: any direction gives whole pixels inside the image (seed 11)', () => {
    const coordinate = fc.double({ min: -500, max: 900, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x1, y1, x2, y2) => {
        for (const effect of play(drag(x1, y1, x2, y2)).effects) {
          if (effect.tag !== 'commit') continue;
          const [x, y, w, h] = effect.box;
          expect(effect.box.every(Number.isInteger)).toBe(true);
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(w, h)).toBeGreaterThan(0);
          expect(x + w).toBeLessThanOrEqual(image.width);
          expect(y + h).toBeLessThanOrEqual(image.height);
        }
      }),
      { seed: 11 },
    );
  });

  it('B3: the four directions of one diagonal give the same box', () => {
    const boxes = [
      drag(20, 40, 120, 140),
      drag(120, 140, 20, 40),
      drag(20, 140, 120, 40),
      drag(120, 40, 20, 140),
    ].map((events) => play(events).effects[0]);
    expect(new Set(boxes.map((box) => JSON.stringify(box))).size).toBe(1);
  });

  it('B7: a click never writes; it selects the smallest box under the pointer', () => {
    const boxes: BoxValue[] = [
      [0, 0, 200, 100],
      [10, 10, 20, 20],
    ];
    const clicked = play([pointer('down', 40, 40), pointer('up', 41, 41)], context({ boxes, active: -1 }));
    expect(clicked.effects).toEqual([{ tag: 'select', index: 1, pImage: { x: 20, y: 20 } }]);
  });

  it('B7: a click on no box writes nothing and asks the layers, a double click fits the image', () => {
    expect(play([pointer('down', 40, 40), pointer('up', 40, 40)]).effects).toEqual([
      { tag: 'pick', pImage: { x: 20, y: 20 } },
    ]);
    const double = play([pointer('down', 40, 40, { clicks: 2 }), pointer('up', 40, 40)]);
    expect(double.effects).toEqual([{ tag: 'fit' }]);
  });

  it('B8: each of eight handles moves its own edges; the grip moves the whole', () => {
    const box: BoxValue = [20, 20, 60, 40];
    const held = context({ boxes: [box] });
    const by = (x: number, y: number) => play(drag(x, y, x + 10, y + 8), held).effects[0];
    const committed = (value: BoxValue) => ({ tag: 'commit', box: value, drawn: false });
    expect(by(40, 40)).toEqual(committed([25, 24, 55, 36]));
    expect(by(100, 40)).toEqual(committed([20, 24, 60, 36]));
    expect(by(160, 40)).toEqual(committed([20, 24, 65, 36]));
    expect(by(160, 80)).toEqual(committed([20, 20, 65, 40]));
    expect(by(160, 120)).toEqual(committed([20, 20, 65, 44]));
    expect(by(100, 120)).toEqual(committed([20, 20, 60, 44]));
    expect(by(40, 120)).toEqual(committed([25, 20, 55, 44]));
    expect(by(40, 80)).toEqual(committed([25, 20, 55, 40]));
    expect(by(100, 80)).toEqual(committed([25, 24, 60, 40]));
  });

  it('B8: Alt and a drag inside moves the box, and it stays in the image', () => {
    const alt = { modifiers: { shift: false, ctrl: false, alt: true, meta: false } };
    const held = context({ boxes: [[20, 20, 60, 40]] });
    expect(play(drag(60, 60, 80, 70, alt), held).effects).toEqual([
      { tag: 'commit', box: [30, 25, 60, 40], drawn: false },
    ]);
    expect(play(drag(60, 60, 2000, 2000, alt), held).effects).toEqual([
      { tag: 'commit', box: [140, 60, 60, 40], drawn: false },
    ]);
  });

  it('B8: Esc gives a drag up; letting go afterwards writes nothing', () => {
    const { state } = play(drag(20, 40, 120, 140).slice(0, 3));
    const cancelled = cancelBoxTool(state);
    expect(previewOf(cancelled)).toBeNull();
    const [after, effects] = stepBoxTool(cancelled, pointer('up', 120, 140), context());
    expect(after).toEqual(idle);
    expect(effects).toEqual([]);
  });

  it('the middle button and the pan key pan, and the image keeps covering its frame', () => {
    const zoomed = context({ view: { scale: 4, x: -100, y: -100 } });
    const byButton = play(drag(100, 100, 130, 90, { button: 1 }), zoomed);
    expect(byButton.context.view).toEqual({ scale: 4, x: -70, y: -110 });
    const byKey = play(drag(100, 100, 900, 900), context({ ...zoomed, panKey: true }));
    expect(byKey.context.view).toEqual({ scale: 4, x: 0, y: 0 });
  });

  it('a second finger turns a drawing into a pinch about the middle; nothing is written', () => {
    const finger = (phase: PointerInput['phase'], pointerId: number, x: number, y: number) =>
      pointer(phase, x, y, { pointerId, pointerType: 'touch', button: phase === 'move' ? -1 : 0 });
    const {
      effects,
      state,
      context: after,
    } = play([
      finger('down', 1, 150, 100),
      finger('move', 1, 170, 100),
      finger('down', 2, 230, 100),
      finger('move', 2, 290, 100),
      finger('move', 1, 110, 100),
      finger('up', 1, 110, 100),
      finger('up', 2, 290, 100),
    ]);
    expect(effects.every(({ tag }) => tag === 'view')).toBe(true);
    expect(after.view.scale).toBeCloseTo(2 * 3, 5);
    expect(state).toEqual(idle);
  });

  it('any sequence of events ends idle when every pointer is up, and never throws (seed 12)', () => {
    const phase = fc.constantFrom('down', 'move', 'up', 'cancel', 'leave') as fc.Arbitrary<
      PointerInput['phase']
    >;
    const event = fc
      .record({
        phase,
        id: fc.integer({ min: 1, max: 3 }),
        x: fc.integer({ min: -50, max: 500 }),
        y: fc.integer({ min: -50, max: 300 }),
        touch: fc.boolean(),
        button: fc.constantFrom(0, 1, 2),
      })
      .map(({ phase, id, x, y, touch, button }) =>
        pointer(phase, x, y, { pointerId: id, pointerType: touch ? 'touch' : 'mouse', button }),
      );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const ups = [1, 2, 3].map((pointerId) => pointer('up', 5, 5, { pointerId }));
        expect(play([...events, ...ups], context({ boxes: [[20, 20, 60, 40]] })).state).toEqual(idle);
      }),
      { seed: 12 },
    );
  });
});

describe('box geometry', () => {
  it('crossing the opposite edge turns the box over', () => {
    expect(resizedBox([50, 50, 20, 20], 'e', -40, 0, image)).toEqual([30, 50, 20, 20]);
  });
  it('a box at the rim of the image can be drawn to its last pixel', () => {
    expect(boxBetween({ x: -10, y: -10 }, { x: 999, y: 999 }, image)).toEqual([0, 0, 200, 100]);
  });
  it('B3: corners go to the nearest whole pixel', () => {
    expect(boxBetween({ x: 10.4, y: 19.5 }, { x: 30.6, y: 40.49 }, image)).toEqual([10, 20, 21, 20]);
  });
  it('small boxes keep their corner handles alone', () => {
    const view = { scale: 1, x: 0, y: 0 };
    expect(handleAt([10, 10, 8, 8], view, { x: 18, y: 18 }, 3)).toBe('se');
    expect(handleAt([10, 10, 8, 8], view, { x: 14, y: 14 }, 3)).toBeUndefined();
  });
  it('blank boxes are never found', () => {
    expect(boxAt([[0, 0, 0, 0]], { x: 0, y: 0 })).toBe(-1);
  });
});
