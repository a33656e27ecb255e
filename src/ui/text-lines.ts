import { directionOf, type Font, type LineMeasure, type TextDirection } from '../paint/index.js';

/** A line of a text, and the base direction of its paragraph. */
export type TextLine = { readonly text: string; readonly direction: TextDirection };

/** What a line of this many signs is wider than in any font; longer paragraphs need not be measured to know that they break. */
const narrowestSignPx = 0.5;

const linesOf = (
  paragraph: string,
  font: Font,
  width: number,
  measure: LineMeasure,
  most: number,
): readonly string[] => {
  if (paragraph === '' || width === Number.POSITIVE_INFINITY) return [paragraph];
  const hasTab = paragraph.includes('\t');
  const isLong = paragraph.length * narrowestSignPx > width && paragraph.length > 2000;
  if (!hasTab && !isLong && measure.width(paragraph, font) <= width) return [paragraph];
  return measure.lines(paragraph, font, width, most);
};

/**
 * Breaks a text at its line ends, and where a line is wider than `width` CSS px as the browser does. An infinite width breaks at line ends
 * alone. At least one line, at most `most`; white space at the end of a line is left out.
 */
export const textLines = (
  text: string,
  font: Font,
  width: number,
  measure: LineMeasure,
  most = Number.POSITIVE_INFINITY,
): TextLine[] => {
  const lines: TextLine[] = [];
  for (const paragraph of text.split(/\r\n|\r|\n/)) {
    const room = most - lines.length;
    if (room <= 0) break;
    const direction = directionOf(paragraph);
    for (const line of linesOf(paragraph, font, width, measure, room).slice(0, room)) {
      lines.push({ text: line.trimEnd(), direction });
    }
  }
  return lines;
};
