import { directionOf, type Font, type TextDirection, type TextMeasure } from '../paint/index.js';

/** A word with the white space after it, or one sign of a script that breaks anywhere. */
const pieceForm =
  /[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]*\s+|[^\s\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]+/gu;

/** The longest head of `word` that fits, at least one sign. */
const headThatFits = (word: string, font: Font, width: number, text: TextMeasure): string => {
  const signs = [...word];
  let low = 1;
  let high = signs.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (text.width(signs.slice(0, middle).join(''), font) <= width) low = middle;
    else high = middle - 1;
  }
  return signs.slice(0, low).join('');
};

const wrapParagraph = (paragraph: string, font: Font, width: number, text: TextMeasure): string[] => {
  const fits = (line: string) => text.width(line.trimEnd(), font) <= width;
  const lines: string[] = [];
  let line = '';
  for (let piece of paragraph.match(pieceForm) ?? []) {
    if (line !== '' && !fits(line + piece)) {
      lines.push(line.trimEnd());
      line = '';
    }
    while (!fits(piece) && [...piece].length > 1) {
      const head = headThatFits(piece, font, width, text);
      lines.push(head);
      piece = piece.slice(head.length);
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
};

/** A line of a text, and the base direction of its paragraph. */
export type TextLine = { readonly text: string; readonly direction: TextDirection };

/** What a line of this many signs is wider than in any font; longer paragraphs need not be measured to know that they break. */
const narrowestSignPx = 0.5;

const linesOf = (
  paragraph: string,
  font: Font,
  width: number,
  measure: TextMeasure,
  most: number,
): readonly string[] => {
  if (paragraph === '' || width === Number.POSITIVE_INFINITY) return [paragraph];
  const hasTab = paragraph.includes('\t');
  const isLong = paragraph.length * narrowestSignPx > width && paragraph.length > 2000;
  if (!hasTab && !isLong && measure.width(paragraph, font) <= width) return [paragraph];
  return measure.lines?.(paragraph, font, width, most) ?? wrapParagraph(paragraph, font, width, measure);
};

/**
 * Breaks a text at its line ends, and where a line is wider than `width` CSS px as the browser does; without a browser at white space,
 * between signs of East Asian scripts, or inside a word that is too long by itself. An infinite width breaks at line ends alone. At least
 * one line, at most `most`; white space at the end of a line is left out.
 */
export const textLines = (
  text: string,
  font: Font,
  width: number,
  measure: TextMeasure,
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
