import { describe, expect, it } from 'vitest';
import { rowsFor } from '../../../src/shell/tall-view.js';

const none = { top: 0, height: 0 };

describe('the rows of a view that its canvas has', () => {
  it('are all of them, up to 4,096', () => {
    expect(rowsFor(4096, { top: 0, height: 900 }, none)).toEqual({ top: 0, height: 4096 });
    expect(rowsFor(0, { top: 0, height: 900 }, none)).toEqual(none);
  });
  it('are those about the middle of what is seen, and none beyond the view', () => {
    expect(rowsFor(50_000, { top: 20_000, height: 1000 }, none)).toEqual({ top: 18_452, height: 4096 });
    expect(rowsFor(50_000, { top: -300, height: 1000 }, none)).toEqual({ top: 0, height: 4096 });
    expect(rowsFor(50_000, { top: 49_800, height: 1000 }, none)).toEqual({ top: 45_904, height: 4096 });
  });
  it('are more where a screen shows more', () => {
    expect(rowsFor(50_000, { top: 20_000, height: 4320 }, none)).toEqual({ top: 17_808, height: 8704 });
  });
  it('stay as long as they hold what is seen, and leave then', () => {
    const before = rowsFor(50_000, { top: 20_000, height: 1000 }, none);
    expect(rowsFor(50_000, { top: 18_452, height: 1000 }, before)).toBe(before);
    expect(rowsFor(50_000, { top: 21_548, height: 1000 }, before)).toBe(before);
    expect(rowsFor(50_000, { top: 18_451, height: 1000 }, before).top).toBe(16_903);
    expect(rowsFor(50_000, { top: 21_549, height: 1000 }, before).top).toBe(20_001);
  });
  it('hold what is seen of the view wherever it is, steps of 97 rows there and back', () => {
    let rows = none;
    const height = 30_011;
    const steps = Array.from({ length: 700 }, (_, i) => 97 * (i < 350 ? i : 700 - i) - 1500);
    for (const top of steps) {
      rows = rowsFor(height, { top, height: 1080 }, rows);
      expect(rows.top).toBeGreaterThanOrEqual(0);
      expect(rows.top + rows.height).toBeLessThanOrEqual(height);
      expect(rows.top).toBeLessThanOrEqual(Math.max(top, 0));
      expect(rows.top + rows.height).toBeGreaterThanOrEqual(Math.min(top + 1080, height));
    }
  });
});
