import { InnotaterError } from '../errors/index.js';

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

const warned = new Set<string>();

/** A warning in the console, once a page for each kind of thing and text. */
export const warnOnce = (kind: string, who: string, text: string): void => {
  if (warned.has(`${kind} ${text}`)) return;
  warned.add(`${kind} ${text}`);
  console.warn(`${who}: ${text}`);
};

/**
 * Warns of options that nothing reads, with the name that was most likely meant. Throws `InnotaterError` 'data' for what is no object.
 * `kind` is the class, `who` how this one calls itself.
 */
export const checkOptionNames = (
  kind: string,
  who: string,
  options: object,
  known: readonly string[],
): void => {
  if (typeof options !== 'object' || options === null) {
    throw new InnotaterError('data', `${who}: options must be an object, not ${JSON.stringify(options)}`);
  }
  for (const name of Object.keys(options).filter((one) => !known.includes(one))) {
    const nearest = nearestName(name, known);
    const meant = nearest ? `did you mean "${nearest}"?` : `there are ${known.join(', ')}`;
    warnOnce(kind, who, `Unknown option "${name}"; ${meant}`);
  }
};

/** The names of all options of a type; one that is left out does not compile. */
export const namesOf = <O extends object>(names: { readonly [name in keyof O]-?: true }): readonly string[] =>
  Object.keys(names);

/** Options of Innotations that hold others. */
export const containerOptions = { name: true, desc: true, layout: true, disabled: true } as const;
/** Options that every other Innotation takes. */
export const commonOptions = { data: true, ...containerOptions } as const;
