import type { BoxLayerData, BoxLayerNumbers } from '../boxes/index.js';
import { InnotaterError } from '../errors/index.js';
import type { BoxFilter } from '../kernels/index.js';
import type { Color } from '../paint/index.js';
import { classColor } from './class-colors.js';
import { givenColor } from './given-color.js';
import type { InnotationOptions } from './innotation.js';
import { namesOf } from './option-names.js';

export type BoxLayerOptions = InnotationOptions<BoxLayerData> & {
  /** The name of the ImageInnotation the boxes lie on; needed where there are several. */
  readonly source?: string;
  /** Words of the classes; a class beyond them is shown by its number. */
  readonly classes?: readonly string[];
  /**
   * One class a box, (k,) a sample, by which boxes are coloured: whole numbers below 2³¹; −1, null and NaN are none. Rows that hold
   * anything else are told and shown without a class.
   */
  readonly classData?: BoxLayerNumbers;
  /**
   * One finite number a box, (k,) a sample, shown with the class and known to the filter; null and NaN are none. Rows that hold anything
   * else are told and shown without a score.
   */
  readonly scores?: BoxLayerNumbers;
  /** Which boxes are shown at first; `layer.filter` changes it. Default: all. */
  readonly filter?: BoxFilter;
  /** CSS colour of boxes without a class; default that of class 0. */
  readonly color?: string;
  /** CSS px; default 1. On screen a whole number of device px. */
  readonly lineWidth?: number;
  /** 0…1; default 0.9. */
  readonly opacity?: number;
};

/** How the boxes look. */
export type LayerLook = {
  readonly lineWidth: number;
  readonly opacity: number;
  /** The colour of a class; below 0: of none. */
  color(number: number): Color;
  /** The same as bytes R, G, B, A in memory, by class. */
  readonly palette: Uint32Array<ArrayBuffer>;
  readonly plain: number;
};

/** Classes beyond this many share colours with others. */
const paletteLength = 1024;

const packed = (color: Color): number => {
  const bytes = Uint8Array.from(color, (part) => Math.round(part * 255));
  bytes[3] = 255;
  return new Uint32Array(bytes.buffer)[0]!;
};

const within = (who: string, key: string, value: number, least: number, most: number): number => {
  if (value >= least && value <= most) return value;
  throw new InnotaterError('data', `${who}: ${key} must be a number from ${least} to ${most}, not ${value}`);
};

/** Throws `InnotaterError` 'data' that names `who` and the option. */
export const layerLook = ({ color, lineWidth, opacity }: BoxLayerOptions, who: string): LayerLook => {
  const plain = color === undefined ? classColor(0) : givenColor(`${who}: color`, color);
  const colors = Array.from({ length: paletteLength }, (_, number) => classColor(number));
  return {
    lineWidth: within(who, 'lineWidth', lineWidth ?? 1, 0.1, 100),
    opacity: within(who, 'opacity', opacity ?? 0.9, 0, 1),
    color: (number) => (number >= 0 ? colors[Math.trunc(number) % paletteLength]! : plain),
    palette: Uint32Array.from(colors, packed),
    plain: packed(plain),
  };
};

const filterKeys = /* @__PURE__ */ namesOf<BoxFilter>({ classes: true, minScore: true, maxScore: true });

/** Throws `InnotaterError` 'data' that names `who` and what of the filter is wrong. */
export const checkedFilter = (filter: BoxFilter, who: string): BoxFilter => {
  const { classes, minScore, maxScore } = filter;
  const wrong = (what: string) => new InnotaterError('data', `${who}: filter.${what}`);
  const stranger = Object.keys(filter).find((key) => !filterKeys.includes(key));
  if (stranger !== undefined) throw wrong(`${stranger} is not known; there are ${filterKeys.join(', ')}`);
  if (classes !== undefined && !(Array.isArray(classes) && classes.every(Number.isInteger))) {
    throw wrong(`classes must be a list of numbers of classes, not ${JSON.stringify(classes)}`);
  }
  for (const [key, value] of Object.entries({ minScore, maxScore })) {
    if (value !== undefined && (typeof value !== 'number' || Number.isNaN(value))) {
      throw wrong(`${key} must be a number, not ${JSON.stringify(value)}`);
    }
  }
  return {
    ...(classes ? { classes: [...classes] } : {}),
    ...(minScore === undefined ? {} : { minScore }),
    ...(maxScore === undefined ? {} : { maxScore }),
  };
};
