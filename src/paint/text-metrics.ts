import type { Font } from './shapes.js';

/** Measures as the renderer will draw; widths in CSS px. Results are cached by the implementation. */
export interface TextMeasure {
  width(text: string, font: Font): number;
  /** Distance from the baseline to the top and the bottom of the font's line, both positive. */
  lineMetrics(font: Font): { readonly ascent: number; readonly descent: number };
}

/** Breaks lines, too. */
export interface LineMeasure extends TextMeasure {
  /**
   * The first `most` lines that the browser breaks a paragraph (without line feeds) into at a width of CSS px, white space at their ends
   * included.
   */
  lines(paragraph: string, font: Font, width: number, most: number): readonly string[];
}
