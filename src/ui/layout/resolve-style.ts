import type { Length as Given, LayoutStyle } from './style.js';

/** Told what a style holds that is not known, in a sentence, and whose style it is where that is known. */
export type Report = (message: string, of?: string) => void;

/** CSS px, a share of the parent's content box (0.5 is '50%'), or 'auto' (for a maximum: none) as null. */
export type Length = { readonly px: number } | { readonly share: number } | null;

/** [horizontal, vertical]; the index is the axis. */
export type PerAxis<T> = readonly [T, T];

/** Start and end of an axis: left and right, or top and bottom. */
export type Ends = readonly [Length, Length];

/** A style read: every property has a value; boxes are border boxes. */
export type ResolvedStyle = {
  readonly shown: boolean;
  /** Axis that children follow: 0 in a row, 1 in a column. */
  readonly main: 0 | 1;
  readonly reversed: boolean;
  readonly wrap: 'nowrap' | 'wrap' | 'wrap-reverse';
  readonly grow: number;
  readonly shrink: number;
  readonly basis: Length;
  readonly size: PerAxis<Length>;
  readonly min: PerAxis<Length>;
  readonly max: PerAxis<Length>;
  readonly margin: PerAxis<Ends>;
  readonly padding: PerAxis<Ends>;
  /** Between columns, between rows. */
  readonly gap: PerAxis<Length>;
  readonly justifyContent: string;
  readonly alignContent: string;
  readonly alignItems: string;
  readonly alignSelf: string;
  /** Width over height. */
  readonly aspectRatio: number | null;
};

const lengthPattern = /^(-?(?:\d+\.?\d*|\.\d+))(px|%|em|rem)?$/;

/** A length as written; undefined where it is none. `emPx` is the font's size in CSS px. */
const readLength = (value: Given, emPx: number): Length | undefined => {
  const text = String(value).trim();
  if (text === 'auto') return null;
  const [, digits, unit] = lengthPattern.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (unit === '%') return { share: Number(digits) / 100 };
  return { px: Number(digits) * (unit === 'em' || unit === 'rem' ? emPx : 1) };
};

const zero: Length = { px: 0 };
const sides = ['Top', 'Right', 'Bottom', 'Left'] as const;
const content = ['flex-start', 'flex-end', 'start', 'end', 'center', 'space-between', 'space-around'];
const words: { readonly [name: string]: readonly string[] } = {
  display: ['flex', 'none'],
  flexDirection: ['row', 'row-reverse', 'column', 'column-reverse'],
  flexWrap: ['nowrap', 'wrap', 'wrap-reverse'],
  justifyContent: ['flex-start', ...content, 'space-evenly', 'normal'],
  alignContent: ['stretch', ...content, 'space-evenly', 'normal'],
  alignItems: ['stretch', 'flex-start', 'flex-end', 'start', 'end', 'center', 'normal'],
  alignSelf: ['auto', 'stretch', 'flex-start', 'flex-end', 'start', 'end', 'center', 'normal'],
};

/** Which lengths a property takes besides those from zero up. */
const lengths: { readonly [name: string]: { readonly auto?: true; readonly negative?: true } } = {
  width: { auto: true },
  height: { auto: true },
  minWidth: { auto: true },
  minHeight: { auto: true },
  maxWidth: {},
  maxHeight: {},
  flexBasis: { auto: true },
  rowGap: {},
  columnGap: {},
  ...Object.fromEntries(sides.map((side) => [`margin${side}`, { auto: true, negative: true } as const])),
  ...Object.fromEntries(sides.map((side) => [`padding${side}`, {}])),
};

const isBelowZero = (length: Length): boolean =>
  length !== null && ('px' in length ? length.px : length.share) < 0;

const isFactor = (text: string): boolean => /^(\d+\.?\d*|\.\d+)$/.test(text);

/** Values by the names of the long properties, checked as they come in. */
class Reading {
  readonly lengths = new Map<string, Length>();
  readonly words = new Map<string, string>();
  readonly numbers = new Map<string, number>();
  constructor(private readonly emPx: number) {}

  /** False where the property does not take the value; null where there is no such property. */
  set(name: string, value: Given): boolean | null {
    const text = String(value).trim();
    if (Object.hasOwn(words, name)) return this.#word(name, text);
    if (Object.hasOwn(lengths, name)) return this.#length(name, value);
    if (name === 'flexGrow' || name === 'flexShrink') return this.#factor(name, text);
    if (name === 'aspectRatio') return this.#ratio(text);
    if (name === 'flex') return this.#flex(text);
    if (name === 'gap') return this.#pair(text);
    if (name === 'margin' || name === 'padding') return this.#sides(name, text);
    return null;
  }

  #word(name: string, text: string): boolean {
    if (!words[name]!.includes(text)) return false;
    this.words.set(name, text);
    return true;
  }

  /** Undefined where the property does not take the value. */
  #read(name: string, value: Given): Length | undefined {
    if (name.startsWith('max') && value === 'none') return null;
    const { auto, negative } = lengths[name]!;
    const length = readLength(value, this.emPx);
    const refused = length === undefined || (length === null && !auto) || (!negative && isBelowZero(length));
    return refused ? undefined : length;
  }

  #length(name: string, value: Given): boolean {
    return this.#lengths([[name, value]]);
  }

  /** All of them or none. */
  #lengths(values: readonly (readonly [name: string, value: Given])[]): boolean {
    const read = values.map(([name, value]) => [name, this.#read(name, value)] as const);
    if (read.some(([, length]) => length === undefined)) return false;
    for (const [name, length] of read) if (length !== undefined) this.lengths.set(name, length);
    return true;
  }

  #factor(name: string, text: string): boolean {
    if (!isFactor(text)) return false;
    this.numbers.set(name, Number(text));
    return true;
  }

  #ratio(text: string): boolean {
    if (text === 'auto') return this.numbers.delete('aspectRatio') || true;
    const [width = '', height = '1', more] = text.split('/').map((part) => part.trim());
    const isRatio = more === undefined && isFactor(width) && isFactor(height);
    if (!isRatio || !(Number(width) > 0 && Number(height) > 0)) return false;
    this.numbers.set('aspectRatio', Number(width) / Number(height));
    return true;
  }

  #flex(text: string): boolean {
    if (text === 'none') return this.#flex('0 0 auto');
    const parts = text === 'initial' ? ['0', '1', 'auto'] : text.split(/\s+/);
    const factors = parts.slice(0, 2).filter((part, i) => isFactor(part) && (i === 0 || isFactor(parts[0]!)));
    const [basis = factors.length > 0 ? '0%' : 'auto', ...more] = parts.slice(factors.length);
    if (more.length > 0 || !this.#length('flexBasis', basis)) return false;
    this.numbers.set('flexGrow', Number(factors[0] ?? 1));
    this.numbers.set('flexShrink', Number(factors[1] ?? 1));
    return true;
  }

  #pair(text: string): boolean {
    const [row = '', column = row, ...more] = text.split(/\s+/);
    return (
      more.length === 0 &&
      this.#lengths([
        ['rowGap', row],
        ['columnGap', column],
      ])
    );
  }

  #sides(name: string, text: string): boolean {
    const [top = '', right = top, bottom = top, left = right, ...more] = text.split(/\s+/);
    const all = [top, right, bottom, left].map((value, i) => [`${name}${sides[i]}`, value] as const);
    return more.length === 0 && this.#lengths(all);
  }
}

const camelCase = (key: string): string =>
  key.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());

const read = (style: LayoutStyle, emPx: number, report: Report): Reading => {
  const reading = new Reading(emPx);
  for (const [key, value] of Object.entries(style)) {
    if (value === undefined) continue;
    const taken = reading.set(camelCase(key), value);
    if (taken === null) report(`Unknown layout property "${key}"`);
    else if (!taken) report(`Unknown value "${value}" of layout property "${key}"`);
  }
  return reading;
};

/**
 * Reads a layout dict in camelCase, kebab-case or snake_case. As in CSS, what is written later wins, be it
 * a shorthand or a long property.
 * Unknown keys and values go to `report` by name and count as absent. `emPx` is the font's size in CSS px.
 */
export const resolveStyle = (style: LayoutStyle, emPx: number, report: Report): ResolvedStyle => {
  const { words, lengths, numbers } = read(style, emPx, report);
  const length = (name: string): Length => lengths.get(name) ?? null;
  const end = (name: string): Length => (lengths.has(name) ? length(name) : zero);
  const ends = (name: string): PerAxis<Ends> => [
    [end(`${name}Left`), end(`${name}Right`)],
    [end(`${name}Top`), end(`${name}Bottom`)],
  ];
  const direction = words.get('flexDirection') ?? 'row';
  return {
    shown: words.get('display') !== 'none',
    main: direction.startsWith('row') ? 0 : 1,
    reversed: direction.endsWith('reverse'),
    wrap: (words.get('flexWrap') ?? 'nowrap') as ResolvedStyle['wrap'],
    grow: numbers.get('flexGrow') ?? 0,
    shrink: numbers.get('flexShrink') ?? 1,
    basis: length('flexBasis'),
    size: [length('width'), length('height')],
    min: [length('minWidth'), length('minHeight')],
    max: [length('maxWidth'), length('maxHeight')],
    margin: ends('margin'),
    padding: ends('padding'),
    gap: [end('columnGap'), end('rowGap')],
    justifyContent: words.get('justifyContent') ?? 'normal',
    alignContent: words.get('alignContent') ?? 'normal',
    alignItems: words.get('alignItems') ?? 'stretch',
    alignSelf: words.get('alignSelf') ?? 'auto',
    aspectRatio: numbers.get('aspectRatio') ?? null,
  };
};
