import type { ChangeDetail } from '../innotater/index.js';

/** Which cell of the data an edit is of. */
export const keyOfEdit = ({ uindex, name, repeatIndex }: ChangeDetail): string =>
  JSON.stringify([uindex, name, repeatIndex]);

const plain = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<number>)
    : value;
};

/** What a form sends for edits: `[{uindex, name, repeatIndex, value}]` as JSON, typed arrays as arrays. */
export const formEntry = (edits: Iterable<ChangeDetail>): string =>
  JSON.stringify(
    Array.from(edits, ({ uindex, name, repeatIndex, value }) => ({ uindex, name, repeatIndex, value })),
    plain,
  );
