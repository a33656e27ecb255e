import { describe, expect, it } from 'vitest';
import { parseComputedColor } from '../../../src/shell/environment.js';
import { wheelUnitPx } from '../../../src/shell/wheel-events.js';

describe('units of the browser', () => {
  it('computed colours become 0…1', () => {
    expect(parseComputedColor('rgb(255, 51, 0)')).toEqual([1, 0.2, 0, 1]);
    expect(parseComputedColor('rgba(0, 0, 255, 0.5)')).toEqual([0, 0, 1, 0.5]);
  });
  it('wheel deltas in lines and pages become px', () => {
    expect([0, 1, 2].map((mode) => wheelUnitPx(mode, 240))).toEqual([1, 16, 240]);
  });
});
