import { InnotaterError } from '../errors/index.js';

const isWord = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** The caller's words for classes, the list itself where it holds texts alone; numbers as they print. Throws `InnotaterError` 'data' that names `who` for what is no list of words. */
export const classWords = (classes: unknown, who: string): readonly string[] => {
  const isList =
    Array.isArray(classes) || (ArrayBuffer.isView(classes) && Symbol.iterator in (classes as object));
  if (!isList) {
    const found =
      typeof classes === 'string' ? JSON.stringify(classes) : `${typeof classes} ${String(classes)}`;
    throw new InnotaterError(
      'data',
      `${who}: classes must be a list of words, as ['cat', 'dog'], not ${found}`,
    );
  }
  if (Array.isArray(classes) && classes.every((word) => typeof word === 'string')) return classes;
  return Array.from(classes as Iterable<unknown>, (word, i) => {
    if (isWord(word)) return String(word);
    throw new InnotaterError('data', `${who}: classes[${i}] must be a word, not ${String(word)}`);
  });
};
