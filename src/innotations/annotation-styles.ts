import { InnotaterError } from '../errors/index.js';
import type { BoxStyle } from '../paint/index.js';
import { givenColor } from './given-color.js';

/** How boxes look, in the original's keys; missing keys take the default (I12). Colours are CSS colours, lengths CSS px. */
export type AnnotationStyles = {
  readonly color1?: string;
  readonly color2?: string;
  /** Dash pattern of `color2` over `color1`; a number stands for one of that length. */
  readonly lineDash?: number | readonly number[];
  readonly lineWidth?: number;
  readonly selected_color1?: string;
  readonly selected_color2?: string;
  /** The same as `selected_color1` and `selected_color2`. */
  readonly selectedColor1?: string;
  readonly selectedColor2?: string;
  readonly opacity?: number;
};

export const defaultAnnotationStyles = {
  color1: '#FFFFFF',
  color2: '#000000',
  lineDash: [2],
  lineWidth: 1,
  selected_color1: '#FFFFFF',
  selected_color2: '#008000',
  opacity: 0.9,
} as const satisfies AnnotationStyles;

export type BoxStyles = { readonly normal: BoxStyle; readonly selected: BoxStyle };

const color = (key: string, value: string) => givenColor(`annotationStyles.${key}`, value);

const finite = (key: string, value: number, least: number, most: number): number => {
  if (value >= least && value <= most) return value;
  throw new InnotaterError(
    'data',
    `annotationStyles.${key} must be a number from ${least} to ${most}, not ${JSON.stringify(value)}`,
  );
};

/** Checks the caller's styles and fills in the defaults. Throws `InnotaterError` 'data' that names the key. */
export const boxStyles = (styles: AnnotationStyles = {}): BoxStyles => {
  const all = { ...defaultAnnotationStyles, ...styles };
  const dash = typeof all.lineDash === 'number' ? [all.lineDash] : [...all.lineDash];
  const common = {
    lineDash: dash.map((length) => finite('lineDash', length, 0, 10_000)),
    lineWidth: finite('lineWidth', all.lineWidth, 0, 1000),
    opacity: finite('opacity', all.opacity, 0, 1),
  };
  return {
    normal: { ...common, color1: color('color1', all.color1), color2: color('color2', all.color2) },
    selected: {
      ...common,
      color1: color('selected_color1', styles.selectedColor1 ?? all.selected_color1),
      color2: color('selected_color2', styles.selectedColor2 ?? all.selected_color2),
    },
  };
};
