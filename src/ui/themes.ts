import type { Color } from '../paint/index.js';
import type { PartialTheme, Theme } from './theme.js';

const rgb = (hex: number): Color => [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255, 1];

const measures = {
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontSizePx: 14,
  radiusPx: 6,
  controlHeightPx: 32,
  coarseControlHeightPx: 44,
  spacePx: 8,
} as const;

/** Cool greys on white with one blue; text pairs reach 4.5:1, control borders and the focus ring 3:1. */
export const lightTheme: Theme = {
  ...measures,
  scheme: 'light',
  background: rgb(0xffffff),
  surface: rgb(0xf6f7f9),
  surfaceBorder: rgb(0xdcdfe5),
  control: rgb(0xf3f4f7),
  controlHover: rgb(0xe8ebf0),
  controlPress: rgb(0xdadee6),
  controlBorder: rgb(0x7f8896),
  field: rgb(0xffffff),
  text: rgb(0x1a1e26),
  textMuted: rgb(0x535b69),
  textDisabled: rgb(0x646c7a),
  accent: rgb(0x1f5fd6),
  accentHover: rgb(0x194fb4),
  onAccent: rgb(0xffffff),
  focusRing: rgb(0x1f5fd6),
  invalid: rgb(0xb3202b),
  success: rgb(0x1a7439),
  selection: rgb(0xdfe9fd),
  imageBackdrop: rgb(0xe6e8ec),
};

/** The same order of contrast on near-black, colours less saturated so that photographs lead. */
export const darkTheme: Theme = {
  ...measures,
  scheme: 'dark',
  background: rgb(0x16181d),
  surface: rgb(0x1d2027),
  surfaceBorder: rgb(0x343945),
  control: rgb(0x292d36),
  controlHover: rgb(0x333844),
  controlPress: rgb(0x22262e),
  controlBorder: rgb(0x808998),
  field: rgb(0x101216),
  text: rgb(0xe8eaee),
  textMuted: rgb(0xa9b1bf),
  textDisabled: rgb(0x9aa2b0),
  accent: rgb(0x74a7ff),
  accentHover: rgb(0x95bcff),
  onAccent: rgb(0x0a1428),
  focusRing: rgb(0x95bcff),
  invalid: rgb(0xff8f8f),
  success: rgb(0x66d18d),
  selection: rgb(0x233a61),
  imageBackdrop: rgb(0x0b0c0f),
};

/** `base` with what the embedding page sets; entries that are undefined leave the base's value. */
export const mergeTheme = (base: Theme, partial: PartialTheme): Theme => ({
  ...base,
  ...Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined)),
});
