import { InnotaterError } from '../errors/index.js';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ButtonInnotation,
  GroupedInnotation,
  ImageInnotation,
  type Innotation,
  MultiClassInnotation,
  type RepeatConfiguration,
  RepeatInnotation,
  TextInnotation,
  Transforms,
} from '../innotater/index.js';
import type { DataSpec, InnotationSpec } from './contract.js';

/** What specs are made into Innotations with. */
export type Makers = {
  /** The data that a spec names; `isOwn`: to be written to. */
  readonly dataOf: (spec: DataSpec, isOwn: boolean) => unknown;
  /** The Innotation of this name edits this trait. */
  readonly edits: (name: string, trait: string) => void;
  readonly onClick: (uindex: number, repeatIndex: number, facts: { readonly name: string }) => unknown;
};

type Options = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: options are checked by each class, which names what is wrong
type AnyInnotationClass = new (...parts: any[]) => Innotation;

const classes: Readonly<Record<string, AnyInnotationClass>> = {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ButtonInnotation,
  ImageInnotation,
  MultiClassInnotation,
  TextInnotation,
};

const bad = (message: string): InnotaterError => new InnotaterError('data', message);

const classOf = (type: unknown): AnyInnotationClass => {
  const found = typeof type === 'string' && Object.hasOwn(classes, type) ? classes[type] : undefined;
  if (found) return found;
  const known = [...Object.keys(classes), 'GroupedInnotation', 'RepeatInnotation'].sort().join(', ');
  throw bad(`An Innotation of type '${String(type)}' is not known; types are ${known}`);
};

const isDataSpec = (data: unknown): data is DataSpec =>
  typeof data === 'object' && data !== null && typeof (data as DataSpec).trait === 'string';

/** `["scale", 2]` → `Transforms.scale(2)`. */
const transformOf = (step: unknown): unknown => {
  const [name, ...facts] = Array.isArray(step) ? step : [step];
  const make = typeof name === 'string' && Object.hasOwn(Transforms, name) && Transforms[name as 'scale'];
  if (!make) {
    throw bad(
      `Transform ${JSON.stringify(step)} is not known; write [name, …] with ${Object.keys(Transforms).join(', ')}`,
    );
  }
  return (make as (...facts: unknown[]) => unknown)(...facts);
};

const optionsOf = ({ type, data, children, rows, ...options }: InnotationSpec): Options => {
  const { transform } = options;
  if (transform === undefined || transform === null) return options;
  const steps = Array.isArray(transform) && Array.isArray(transform[0]) ? transform : [transform];
  return { ...options, transform: steps.map(transformOf) };
};

type Parts = readonly [AnyInnotationClass, unknown, Options];

const partsOf = (spec: InnotationSpec, makers: Makers, isTarget: boolean): Parts => {
  const Class = classOf(spec?.type);
  const options = optionsOf(spec);
  if (Class === ButtonInnotation) return [Class, null, { onClick: makers.onClick, ...options }];
  const { data } = spec;
  if (!isDataSpec(data)) return [Class, data ?? null, options];
  const isOwn = isTarget && options.disabled !== true;
  const name = typeof options.name === 'string' ? options.name : data.trait;
  if (isOwn) makers.edits(name, data.trait);
  return [Class, makers.dataOf(data, isOwn), { ...options, name }];
};

const listOf = (specs: unknown, what: string): readonly InnotationSpec[] => {
  if (Array.isArray(specs)) return specs;
  throw bad(`${what} must be a list of Innotations`);
};

const innotationOf = (spec: InnotationSpec, makers: Makers, isTarget: boolean): Innotation => {
  if (spec?.type === 'GroupedInnotation') {
    const children = listOf(spec.children, 'children of a GroupedInnotation');
    return new GroupedInnotation(
      ...children.map((child) => innotationOf(child, makers, isTarget)),
      optionsOf(spec),
    );
  }
  if (spec?.type === 'RepeatInnotation') {
    const rows = listOf(spec.rows, 'rows of a RepeatInnotation');
    const configurations = rows.map((row) => partsOf(row, makers, isTarget));
    return new RepeatInnotation(...(configurations as readonly RepeatConfiguration[]), optionsOf(spec));
  }
  const [Class, data, options] = partsOf(spec, makers, isTarget);
  return new Class(data, options);
};

/** New Innotations of the specs that a trait holds. Throws `InnotaterError` 'data' for what cannot be meant. */
export const innotationsOf = (
  specs: unknown,
  trait: 'inputs' | 'targets',
  makers: Makers,
): readonly Innotation[] =>
  listOf(specs ?? [], `Trait ${trait}`).map((spec) => innotationOf(spec, makers, trait === 'targets'));
