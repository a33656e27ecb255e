import type { Color } from '../paint/index.js';
import { BoundingBoxInnotation } from './bounding-box-innotation.js';
import { classColor } from './class-colors.js';
import type { Innotation } from './innotation.js';
import { MultiClassInnotation } from './multi-class-innotation.js';

/** What stands at a box on its image. */
export type BoxLabel = { readonly text: string; readonly color: Color };

/** Boxes beside a class in one row or group carry its word in its colour; an unset class leaves them bare. */
export const labelBoxes = (row: readonly Innotation[]): void => {
  const classes = row.find((child) => child instanceof MultiClassInnotation);
  if (!classes) return;
  const labelOf = (uindex: number): BoxLabel | null => {
    const chosen = classes.read(uindex);
    const text = classes.classes[chosen];
    return text === undefined ? null : { text, color: classColor(chosen) };
  };
  for (const child of row) if (child instanceof BoundingBoxInnotation) child.labelWith(labelOf, classes);
};
