import type { Rect } from '../geometry/index.js';

/**
 * Things that lie on a page in the order in which they are read: lines from above, each from the left. A line holds what begins above
 * the middle of its first thing.
 */
export const readingOrder = <T>(things: readonly T[], place: (thing: T) => Rect): T[] => {
  const placed = things.map((thing) => ({ thing, at: place(thing) })).sort((a, b) => a.at.y - b.at.y);
  const lines: (typeof placed)[] = [];
  for (const one of placed) {
    const line = lines.at(-1);
    const first = line?.[0]?.at;
    if (line && first && one.at.y < first.y + first.height / 2) line.push(one);
    else lines.push([one]);
  }
  return lines.flatMap((line) => line.sort((a, b) => a.at.x - b.at.x)).map(({ thing }) => thing);
};
