const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The text, or as many whole graphemes of it as fit into `maxWidth` followed by an ellipsis, spaces before it left out. Empty where not
 * even the ellipsis fits. `width` measures in the unit of `maxWidth`; it is asked about 2 + log2(length) times.
 */
export const fitText = (text: string, maxWidth: number, width: (text: string) => number): string => {
  if (width(text) <= maxWidth) return text;
  if (width(ELLIPSIS) > maxWidth) return '';
  const ends = Array.from(graphemes.segment(text), (part) => part.index);
  const cut = (count: number) => text.slice(0, ends[count]).trimEnd() + ELLIPSIS;
  let fits = 0;
  let tooMany = ends.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (width(cut(middle)) <= maxWidth) fits = middle;
    else tooMany = middle;
  }
  return cut(fits);
};
