import type { LayoutStyle } from './layout/style.js';

/** A length against the size it may be a share of; null is 'auto', or a share of nothing known. */
export type LengthOf = (whole: number | null) => number | null;

/** Sides in CSS order: top, right, bottom, left. CSS px. */
export type Sides = readonly [number, number, number, number];

const px = /^(-?[\d.]+)(px|%|em|rem)?$/;

/** A CSS length as a function of what percentages are of; `em` is CSS px. */
export const lengthOf = (value: string | number | undefined, em: number): LengthOf => {
  if (typeof value === 'number') return () => value;
  const [, digits, unit] = px.exec(value?.trim() ?? '') ?? [];
  if (digits === undefined) return () => null;
  const number = Number(digits);
  if (unit === '%') return (whole) => (whole === null ? null : (number / 100) * whole);
  return () => (unit === 'em' || unit === 'rem' ? number * em : number);
};

/** One property under any of its spellings: camelCase, kebab-case, snake_case. The one written last wins. */
const spelled = (style: LayoutStyle): ReadonlyMap<string, string | number> => {
  const found = new Map<string, string | number>();
  for (const key in style) {
    const value = style[key];
    const name = key.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (value !== undefined) found.set(name, value);
  }
  return found;
};

export type BoxStyle = {
  readonly isRow: boolean;
  readonly wraps: boolean;
  readonly grow: number;
  readonly shrink: number;
  /** `flex-basis` is not 'auto'. */
  readonly hasBasis: boolean;
  readonly basis: LengthOf;
  readonly width: LengthOf;
  readonly height: LengthOf;
  readonly minWidth: LengthOf;
  readonly maxWidth: LengthOf;
  readonly minHeight: LengthOf;
  readonly maxHeight: LengthOf;
  readonly margin: Sides;
  readonly padding: Sides;
  readonly rowGap: number;
  readonly columnGap: number;
  readonly alignItems: string;
  readonly alignSelf: string;
  readonly justify: string;
};

type Properties = ReadonlyMap<string, string | number>;

const sides = (properties: Properties, name: 'margin' | 'padding', em: number): Sides => {
  const parts = String(properties.get(name) ?? 0)
    .trim()
    .split(/\s+/)
    .map((part) => lengthOf(/^-?[\d.]+$/.test(part) ? Number(part) : part, em)(null) ?? 0);
  const [top = 0, right = top, bottom = top, left = right] = parts;
  const side = (end: string, whole: number) => {
    const own = properties.get(`${name}${end}`);
    return own === undefined ? whole : (lengthOf(own, em)(null) ?? 0);
  };
  return [side('Top', top), side('Right', right), side('Bottom', bottom), side('Left', left)];
};

/** `flex: none | auto | <grow> [<shrink>] [<basis>]` taken apart; the long forms win. */
const flexParts = (properties: Properties) => {
  const flex = String(properties.get('flex') ?? '').trim();
  if (flex === 'none') return { grow: 0, shrink: 0, basis: 'auto' };
  if (flex === 'auto') return { grow: 1, shrink: 1, basis: 'auto' };
  const parts = flex === '' ? [] : flex.split(/\s+/);
  const factors = parts.filter((part) => /^[\d.]+$/.test(part)).map(Number);
  const basis = parts.find((part) => !/^[\d.]+$/.test(part));
  return { grow: factors[0] ?? 0, shrink: factors[1] ?? 1, basis: basis ?? (parts.length > 0 ? 0 : 'auto') };
};

/** The styles of one box, read. `em` is the font's size in CSS px. */
export const boxStyle = (style: LayoutStyle, em: number): BoxStyle => {
  const properties = spelled(style);
  const length = (name: string) => lengthOf(properties.get(name), em);
  const word = (name: string, initial: string) => String(properties.get(name) ?? initial);
  const number = (name: string, initial: number) => Number(properties.get(name) ?? initial);
  const gap = lengthOf(properties.get('gap'), em)(null) ?? 0;
  const flex = flexParts(properties);
  return {
    isRow: word('flexDirection', 'row') !== 'column',
    wraps: word('flexWrap', 'nowrap') === 'wrap',
    grow: number('flexGrow', flex.grow),
    shrink: number('flexShrink', flex.shrink),
    hasBasis: (properties.get('flexBasis') ?? flex.basis) !== 'auto',
    basis: lengthOf(properties.get('flexBasis') ?? flex.basis, em),
    width: length('width'),
    height: length('height'),
    minWidth: length('minWidth'),
    maxWidth: length('maxWidth'),
    minHeight: length('minHeight'),
    maxHeight: length('maxHeight'),
    margin: sides(properties, 'margin', em),
    padding: sides(properties, 'padding', em),
    rowGap: length('rowGap')(null) ?? gap,
    columnGap: length('columnGap')(null) ?? gap,
    alignItems: word('alignItems', 'stretch'),
    alignSelf: word('alignSelf', 'auto'),
    justify: word('justifyContent', 'flex-start'),
  };
};
