import { InnotaterError } from '../errors/index.js';

const warned = new Set<string>();

/** A warning in the console, once a page for each kind of thing and text. */
export const warnOnce = (kind: string, who: string, text: string): void => {
  if (warned.has(`${kind} ${text}`)) return;
  warned.add(`${kind} ${text}`);
  console.warn(`${who}: ${text}`);
};

/** The name that was most likely meant is found by code that is loaded for it; without it, none is told. */
const warnOfUnknown = async (
  kind: string,
  who: string,
  unknown: readonly string[],
  known: readonly string[],
): Promise<void> => {
  const code = await import('./nearest-name.js').catch(() => null);
  for (const name of unknown) {
    const nearest = code?.nearestName(name, known);
    const meant = nearest ? `did you mean "${nearest}"?` : `there are ${known.join(', ')}`;
    warnOnce(kind, who, `Unknown option "${name}"; ${meant}`);
  }
};

/**
 * Warns, a moment later, of options that nothing reads, with the name that was most likely meant. Throws `InnotaterError` 'data' for what is no object.
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
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length > 0) void warnOfUnknown(kind, who, unknown, known);
};

/** The names of all options of a type; one that is left out does not compile. */
export const namesOf = <O extends object>(names: { readonly [name in keyof O]-?: true }): readonly string[] =>
  Object.keys(names);

/** Options of Innotations that hold others. */
export const containerOptions = { name: true, desc: true, layout: true, disabled: true } as const;
/** Options that every other Innotation takes. */
export const commonOptions = { data: true, ...containerOptions } as const;
