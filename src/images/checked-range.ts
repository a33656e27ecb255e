import { InnotaterError } from '../errors/index.js';
import type { ValueRange } from './contract.js';

/** Throws `InnotaterError` 'range' where no window can be made of it. */
export const checkedRange = (range: ValueRange | null): ValueRange | null => {
  if (range && !(Number.isFinite(range.lo) && Number.isFinite(range.hi) && range.lo !== range.hi)) {
    throw new InnotaterError(
      'range',
      `A window needs two finite values that differ, not ${range.lo} to ${range.hi}`,
    );
  }
  return range;
};
