import type { Font, LineMeasure, TextMeasure } from '../src/paint/index.js';

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

/** Breaks lines where there is no shell: at white space, between signs of East Asian scripts, or inside a word that is too long by itself. */
export const withLines = (text: TextMeasure): LineMeasure => ({
  width: (line, font) => text.width(line, font),
  lineMetrics: (font) => text.lineMetrics(font),
  lines: (paragraph, font, width) => wrapParagraph(paragraph, font, width, text),
});
