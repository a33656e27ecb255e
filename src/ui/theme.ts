import type { Color } from '../paint/index.js';

/** Every colour and measure a widget may use. Colours straight sRGB 0…1, measures CSS px. */
export type Theme = {
  readonly scheme: 'light' | 'dark';
  readonly fontFamily: string;
  readonly fontSizePx: number;
  readonly background: Color;
  readonly surface: Color;
  readonly surfaceBorder: Color;
  readonly control: Color;
  readonly controlHover: Color;
  readonly controlPress: Color;
  readonly controlBorder: Color;
  readonly field: Color;
  readonly text: Color;
  readonly textMuted: Color;
  readonly textDisabled: Color;
  readonly accent: Color;
  readonly accentHover: Color;
  readonly onAccent: Color;
  readonly focusRing: Color;
  readonly invalid: Color;
  readonly success: Color;
  readonly selection: Color;
  readonly imageBackdrop: Color;
  readonly radiusPx: number;
  readonly controlHeightPx: number;
  readonly coarseControlHeightPx: number;
  readonly spacePx: number;
};
/** What an embedding page may set; the rest comes from the light or dark theme. */
export type PartialTheme = Partial<Theme>;
