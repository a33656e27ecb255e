import fc from 'fast-check';
import { type AnnotationSet, annotationSet } from '../../../src/formats/index.js';

/** Sets with names that files find hard, and boxes on images of known size. */
export const setsWith = (
  word: fc.Arbitrary<string>,
  side: fc.Arbitrary<number> = fc.double({ min: 0, max: 90, noNaN: true }),
  hasUnset = true,
): fc.Arbitrary<AnnotationSet> =>
  fc
    .tuple(
      fc.uniqueArray(word, { minLength: 1, maxLength: 5 }),
      fc.uniqueArray(word, { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.array(fc.tuple(side, side, side, side, fc.nat()), { maxLength: 5 })),
    )
    .map(([classes, files, stream]) => {
      const rows = files.map(() => stream.next().value as [number, number, number, number, number][]);
      return annotationSet({
        classes,
        images: files.map((file, i) => ({ file: `${file}.png`, width: 200 + i, height: 300 })),
        boxes: rows.map((list) =>
          list.map(([x, y, w, h]) => [Math.abs(x), Math.abs(y), Math.abs(w) + 1, Math.abs(h) + 1]),
        ),
        classIds: rows.map((list) =>
          list.map(([, , , , n]) => (hasUnset ? (n % (classes.length + 1)) - 1 : n % classes.length)),
        ),
      });
    });

export const someSet = setsWith(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }));
