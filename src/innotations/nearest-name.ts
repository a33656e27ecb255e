const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

/** How many signs must be put in, left out or changed to make one text of the other (Levenshtein). */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
};

/** The known name that was most likely meant; undefined where none is near. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((candidate) => ({ candidate, away: editDistance(plain(name), plain(candidate)) }))
    .sort((a, b) => a.away - b.away);
  return best && best.away <= Math.max(1, plain(name).length / 3) ? best.candidate : undefined;
};
