import { describe, expect, it } from 'vitest';
import { scaleOf } from '../../../src/render/scale.js';
import { isOpaque } from '../../../src/render/tile-textures.js';

describe('scaleOf', () => {
  it('takes the known ratio where it explains the sizes, through every step of a resize', () => {
    for (let width = 300; width < 400; width += 1) {
      const css = { width, height: 201 };
      const device = { width: Math.round(width * 1.25), height: Math.floor(201 * 1.25) };
      expect(scaleOf(css, device, [1.25])).toBe(1.25);
    }
  });

  it('measures where none fits', () => {
    expect(scaleOf({ width: 100, height: 50 }, { width: 200, height: 100 }, [1])).toBe(2);
    expect(scaleOf({ width: 50, height: 100 }, { width: 75, height: 150 }, [1, 2])).toBe(1.5);
  });

  it('is a number for a view without size', () => {
    expect(scaleOf({ width: 0, height: 0 }, { width: 0, height: 0 }, [])).toBe(1);
    expect(scaleOf({ width: 0, height: 0 }, { width: 8, height: 8 }, [])).toBe(1);
  });
});

describe('isOpaque', () => {
  it('looks at every alpha and at nothing else', () => {
    const rgba = new Uint8Array(64 * 4);
    for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
    expect(isOpaque(rgba)).toBe(true);
    for (let pixel = 0; pixel < 64; pixel += 1) {
      const one = rgba.slice();
      one[pixel * 4 + 3] = 254;
      expect(isOpaque(one)).toBe(false);
    }
  });
});
