import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/geometry/index.js';
import { lightTheme } from '../../../src/ui/index.js';
import { Driver } from './drive.js';

const oneBar = (value: number | null, reducedMotion = false) => {
  const model = { value };
  const driver = new Driver((ui) => {
    ui.progressBar('p', { label: 'Loading', value: model.value, layout: { width: 200 } });
  });
  driver.reducedMotion = reducedMotion;
  driver.frame();
  /** What is filled. */
  const parts = (): Rect[] =>
    driver
      .shapes()
      .flatMap((shape) => (shape.tag === 'rounded' && shape.fill === lightTheme.accent ? [shape.rect] : []));
  return { driver, model, parts, node: () => driver.find('progressbar', 'Loading') };
};

describe('progress bar', () => {
  it('tells and draws the share that is done, and asks for no frames', () => {
    const { driver, model, parts, node } = oneBar(0.25);
    expect(node()).toMatchObject({ valueNow: 25, valueMin: 0, valueMax: 100, focusable: false });
    expect(parts().map(({ width }) => width)).toEqual([50]);
    expect(driver.asked('repaint')).toBe(false);
    model.value = 7;
    driver.frame();
    expect([node().valueNow, parts()[0]!.width]).toEqual([100, 200]);
    model.value = 0;
    driver.frame();
    expect(parts()).toEqual([]);
  });

  it('moves inside the bar while nothing is known', () => {
    const { driver, parts, node } = oneBar(null);
    expect(node().valueNow).toBeUndefined();
    const places = new Set<number>();
    for (let i = 0; i < 30; i++) {
      driver.timeMs += 97;
      driver.frame();
      const repaints = driver.output.requests.filter((request) => request.tag === 'repaint');
      expect(repaints.map(({ afterMs }) => afterMs)).toEqual([33]);
      const [{ x, width }] = parts() as [Rect];
      expect(x >= 0 && width >= 0 && x + width <= 200).toBe(true);
      places.add(x);
    }
    expect(places.size).toBeGreaterThan(5);
  });

  it('shows a still pattern where less motion is wanted', () => {
    const { driver, parts } = oneBar(null, true);
    const before = parts();
    expect(before.length).toBeGreaterThan(3);
    driver.timeMs += 500;
    driver.frame();
    expect(parts()).toEqual(before);
    expect(driver.asked('repaint')).toBe(false);
  });
});

describe('separator', () => {
  it('is a line across what it separates', () => {
    const driver = new Driver((ui) => {
      ui.column('c', { layout: { width: 120, gap: 0 } }, () => {
        ui.label('a', 'above');
        ui.separator('s');
        ui.row('r', { layout: { height: 40, alignItems: 'center' } }, () => {
          ui.label('b', 'left');
          ui.separator('v', { direction: 'vertical' });
          ui.label('d', 'right');
        });
      });
    });
    const [line, standing] = driver.all().filter(({ role }) => role === 'separator');
    expect(line!.rect).toMatchObject({ width: 120, height: 1 });
    expect(standing!.rect).toMatchObject({ width: 1, height: 40 });
    expect([line!.vertical, standing!.vertical]).toEqual([undefined, true]);
    expect([line!.focusable, standing!.focusable]).toEqual([false, false]);
  });
});
