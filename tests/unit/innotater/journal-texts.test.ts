import { expect, test } from 'vitest';
import { misfitText, restoredText } from '../../../src/innotater/journal-texts.js';

const noon = () => new Date().setHours(12, 0, 0, 0);
const yesterday = () => noon() - 24 * 3600e3;

test('times are of today, or of a day that is named; one is told as one', () => {
  const facts = { changes: 2, lost: 0, conflicts: 0 };
  expect(restoredText({ ...facts, lastMs: noon() })).toMatch(/^2 changes from 12:00.* today restored\.$/);
  const day = new Date(yesterday()).toLocaleDateString();
  expect(restoredText({ ...facts, changes: 1, lastMs: yesterday() })).toMatch(/^1 change from 12:00/);
  expect(restoredText({ ...facts, lastMs: yesterday() })).toContain(` on ${day} restored.`);
  const misfit = (changes: number) =>
    misfitText('e', { why: 'it had 4 samples', changes, lastMs: noon() } as never);
  expect(misfit(1)).toMatch(/^1 change from .* is kept for “e” and does not fit/);
  expect(misfit(2)).toMatch(/^2 changes from .* are kept for “e” and do not fit/);
});
