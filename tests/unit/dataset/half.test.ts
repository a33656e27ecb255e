import { expect, test } from 'vitest';
import { halfFromNumber, numberFromHalf } from '../../../src/dataset/half.js';

test('every half survives the way through a number', () => {
  for (let bits = 0; bits < 65_536; bits++) {
    const value = numberFromHalf(bits);
    if (Number.isNaN(value)) continue;
    expect(halfFromNumber(value)).toBe(bits);
  }
});

test('rounds to the nearest half, ties to even', () => {
  expect(numberFromHalf(halfFromNumber(2049))).toBe(2048);
  expect(numberFromHalf(halfFromNumber(2051))).toBe(2052);
  expect(numberFromHalf(halfFromNumber(65_519))).toBe(65_504);
  expect(numberFromHalf(halfFromNumber(65_520))).toBe(Number.POSITIVE_INFINITY);
  expect(numberFromHalf(halfFromNumber(2 ** -25))).toBe(0);
  expect(numberFromHalf(0x3555)).toBe(0.333251953125);
});
