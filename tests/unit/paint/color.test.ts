import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faded, parseColor } from '../../../src/paint/index.js';

const bytes = (text: string) => parseColor(text)?.map((value) => Math.round(value * 255));
const byte = fc.integer({ min: 0, max: 255 });
const hex2 = (value: number) => value.toString(16).padStart(2, '0');

describe('parseColor', () => {
  it.each([
    ['#fff', [255, 255, 255, 255]],
    ['#1a2B', [17, 170, 34, 187]],
    ['#008000', [0, 128, 0, 255]],
    ['#00800080', [0, 128, 0, 128]],
    [' #F00 ', [255, 0, 0, 255]],
    ['rgb(1,2,3)', [1, 2, 3, 255]],
    ['rgba( 1 , 2 , 3 , 0.5 )', [1, 2, 3, 128]],
    ['rgb(10 20 30 / 20%)', [10, 20, 30, 51]],
    ['RGB(100% 0% 50%)', [255, 0, 128, 255]],
    ['rgb(-5, 300, 1e2)', [0, 255, 100, 255]],
  ])('reads %s', (text, expected) => {
    expect(bytes(text)).toEqual(expected);
  });

  it.each([
    '',
    '#',
    '#12',
    '#12345',
    '#ggg',
    'rgb(1,2)',
    'rgb(1,2,3,4,5)',
    'rgb(1 2 3 / 1 / 1)',
    'rgb(1 2 3 4)',
    'rgb(a,b,c)',
    'rgb(1,2,3',
    'red',
    'constructor',
    'rgb(1,,3)',
  ])('answers null to %j', (text) => {
    expect(parseColor(text)).toBeNull();
  });

  it('reads one colour from its hexadecimal and its function form (seed 11)', () => {
    fc.assert(
      fc.property(byte, byte, byte, byte, (r, g, b, a) => {
        const fromHex = parseColor(`#${[r, g, b, a].map(hex2).join('')}`)!;
        expect(fromHex.map((value) => Math.round(value * 255))).toEqual([r, g, b, a]);
        const fromRgb = parseColor(`rgb(${r} ${g} ${b} / ${a / 255})`)!;
        fromRgb.forEach((value, i) => {
          expect(value).toBeCloseTo(fromHex[i]!, 6);
        });
      }),
      { seed: 11 },
    );
  });
});

describe('faded', () => {
  it('multiplies alpha alone', () => {
    expect(faded([0.1, 0.2, 0.3, 0.5], 0.5)).toEqual([0.1, 0.2, 0.3, 0.25]);
  });
});
