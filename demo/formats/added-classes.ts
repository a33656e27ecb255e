import type { AnnotationSet } from 'innotater/formats';

/** FNV-1a, 32 bits. */
const hashOf = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
};

/** Names a dataset in this browser, by its format and its pictures, for the journal and what belongs to it. */
export const keyOf = (format: string | null, { images }: AnnotationSet): string =>
  `annotation files, ${format ?? 'none'}, ${images.length}, ${hashOf(images.map(({ file }) => file).join('\n'))}`;

const added = (key: string): string[] => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as string[];
  } catch {
    return [];
  }
};

/** The set with the classes that were added to it and not saved yet, which the journal's changes may name. */
export const withAddedClasses = (key: string, set: AnnotationSet): AnnotationSet => {
  const more = added(key).filter((name) => !set.classes.includes(name));
  return more.length === 0 ? set : { ...set, classes: [...set.classes, ...more] };
};

/** Kept until the set is saved. Where the browser stores nothing, nothing is kept. */
export const keepClass = (key: string, name: string): void => {
  try {
    localStorage.setItem(key, JSON.stringify([...added(key), name]));
  } catch {
    // The journal says that nothing is kept.
  }
};

export const forgetClasses = (key: string): void => {
  try {
    localStorage.removeItem(key);
  } catch {
    // There are none.
  }
};
