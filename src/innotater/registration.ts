import { checkedLength } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { Innotation } from '../innotations/index.js';
import { attachSources } from './sources.js';

/** One Innotation, several, or none. */
export type InnotationList = Innotation | readonly Innotation[] | null | undefined;

/** Everything the view shows, named, checked and connected. */
export type Registry = {
  readonly inputs: readonly Innotation[];
  readonly targets: readonly Innotation[];
  /** At every depth, in order of registration, containers after what they hold. */
  readonly all: readonly Innotation[];
  /** Number of rows in the caller's data. */
  readonly length: number;
};

/**
 * Names every Innotation, checks names and lengths at every depth, and lays boxes on their images. The caller's arrays are only read
 * (C2). Throws `InnotaterError` 'data' with the original's messages (R1–R9).
 */
export const register = (inputs: InnotationList, targets: InnotationList): Registry => {
  const lists = { inputs: listOf(inputs, 'inputs'), targets: listOf(targets, 'targets') };
  const next = defaultNames([...lists.inputs, ...lists.targets]);
  const all = [
    ...lists.inputs.flatMap((innotation) => nameTree(innotation, true, next)),
    ...lists.targets.flatMap((innotation) => nameTree(innotation, false, next)),
  ];
  checkNames(all);
  const length = commonLength(all);
  attachSources([...lists.inputs, ...lists.targets], all);
  return { ...lists, all, length };
};

const listOf = (list: InnotationList, which: string): readonly Innotation[] => {
  if (list === null || list === undefined) return [];
  const innotations = Array.isArray(list) ? [...list] : [list];
  const stranger = innotations.findIndex((innotation) => !(innotation instanceof Innotation));
  if (stranger < 0) return innotations;
  throw new InnotaterError(
    'data',
    `${which} must be an Innotation, an array of Innotations, or null; entry ${stranger} is ${String(innotations[stranger])}`,
  );
};

const namesIn = (innotations: readonly Innotation[]): readonly string[] =>
  innotations.flatMap((innotation) => [innotation.name, ...namesIn(innotation.children)]);

/** data1, data2, …, without those that the caller took (R1). */
const defaultNames = (innotations: readonly Innotation[]): (() => string) => {
  const taken = new Set(namesIn(innotations));
  let count = 0;
  return () => {
    do count += 1;
    while (taken.has(`data${count}`));
    return `data${count}`;
  };
};

const nameTree = (
  innotation: Innotation,
  inInputs: boolean,
  next: () => string,
  name?: string,
): readonly Innotation[] => {
  const names = innotation.childNames(next);
  const inside = innotation.children.flatMap((child, i) =>
    nameTree(child, innotation.disabledIn(inInputs), next, names[i]),
  );
  innotation.register(innotation.name || name || next(), inInputs);
  return [...inside, innotation];
};

const checkNames = (all: readonly Innotation[]): void => {
  const seen = new Set<string>();
  for (const { name } of all) {
    if (seen.has(name)) throw new InnotaterError('data', `Duplicate Innotation ${name}`);
    seen.add(name);
  }
};

const commonLength = (all: readonly Innotation[]): number => {
  const [first, ...others] = all.filter((innotation) => innotation.length !== null);
  if (!first) throw new InnotaterError('data', 'No Innotation with data rows in inputs or targets');
  for (const { kind, name, length } of [first, ...others]) {
    if (length === 0) throw new InnotaterError('data', `Innotation ${kind} ${name} has 0 data rows`);
    checkedLength({ length }, `Innotation ${kind} ${name}`);
  }
  const other = others.find(({ length }) => length !== first.length);
  if (!other) return first.length!;
  throw new InnotaterError(
    'data',
    `Innotations must all have same number of rows: ${first.kind} ${first.name} has ${first.length}, ${other.kind} ${other.name} has ${other.length}`,
  );
};
