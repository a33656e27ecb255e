import { type Font, RecentMap } from '../paint/index.js';

/** Lines of a paragraph as the browser breaks them. */
export interface LineBreaker {
  /** See `LineMeasure.lines`; what was asked for lately is kept. `most`: no more lines than this are looked for. */
  lines(paragraph: string, font: Font, width: number, most?: number): readonly string[];
  /** Fonts changed. */
  forget(): void;
}

/** Paragraphs up to this length are kept. */
const keptLength = 4000;

/** Most signs take more than this, CSS px; a head of a paragraph that turns out too short is taken longer. */
const fewPxPerSign = 5;

/** Height of a line while measuring, CSS px; any that is larger than what fonts overlap by. */
const lineHeightPx = 100;

const probeIn = (shadow: ShadowRoot): HTMLElement => {
  const probe = shadow.ownerDocument.createElement('div');
  probe.className = 'lines';
  probe.setAttribute('aria-hidden', 'true');
  shadow.append(probe);
  return probe;
};

/** The first index in [from, end) for which `isReached` holds, `end` where there is none; it holds from some index on. */
const firstWhere = (from: number, end: number, isReached: (index: number) => boolean): number => {
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** The number of the line that a sign stands in, counted from 0. Signs without a place of their own stand with the next that has one. */
const lineFinder = (text: Text, probe: HTMLElement) => {
  const range = probe.ownerDocument.createRange();
  const box = probe.getBoundingClientRect();
  const height = lineHeightPx * (probe.offsetHeight > 0 ? box.height / probe.offsetHeight : 1);
  return (index: number): number => {
    for (let end = index + 1; end <= text.length; end++) {
      range.setStart(text, index);
      range.setEnd(text, end);
      const place = range.getClientRects()[0];
      if (place) return Math.floor((place.top + place.height / 2 - box.top) / height);
    }
    return Math.round(box.height / height) - 1;
  };
};

/** As `firstWhere`, looking first about `guess` signs on. */
const firstNear = (
  from: number,
  end: number,
  guess: number,
  isReached: (index: number) => boolean,
): number => {
  let low = from;
  for (let reach = guess; low + reach < end; reach *= 2) {
    if (isReached(low + reach)) return firstWhere(low, low + reach, isReached);
    low += reach + 1;
  }
  return firstWhere(low, end, isReached);
};

const breakIn = (probe: HTMLElement, paragraph: string, most: number): readonly string[] => {
  const text = probe.ownerDocument.createTextNode(paragraph);
  probe.replaceChildren(text);
  const lineOf = lineFinder(text, probe);
  const lines: string[] = [];
  for (let start = 0; start < paragraph.length && lines.length < most; ) {
    const number = lineOf(start);
    const guess = (lines.at(-1)?.length ?? 40) + 4;
    const end = firstNear(start + 1, paragraph.length, guess, (index) => lineOf(index) > number);
    lines.push(paragraph.slice(start, end));
    start = end;
  }
  probe.replaceChildren();
  return lines;
};

/** The last lines of a text that was cut off somewhere may break elsewhere in the whole. */
const unsureLines = 2;

/** The first lines of a paragraph; of a long one only a head is laid out, long enough for them. */
const breakHead = (probe: HTMLElement, paragraph: string, most: number, signs: number): readonly string[] => {
  if (signs >= paragraph.length) return breakIn(probe, paragraph, most);
  const lines = breakIn(probe, paragraph.slice(0, signs), most + unsureLines);
  if (lines.length === most + unsureLines) return lines.slice(0, most);
  return breakHead(probe, paragraph, most, 2 * signs);
};

/** Words that, without any width, break at each sign: that is how the least width of a label is asked for, and need not be laid out. */
const plainWords = /^[!-~]+( [!-~]+)*$/;

/** The lines that were found where `most` were looked for: fewer are all. */
type Known = { readonly lines: readonly string[]; readonly most: number };

/**
 * Breaks lines by laying text out as a text area does, in an element of the view's shadow root: the same breaks in every script (East
 * Asian rules, Thai words, hyphens, tabs) as the native field that lies over the drawn text, with no table of our own.
 */
export const createLineBreaker = (shadow: ShadowRoot): LineBreaker => {
  let probe: HTMLElement | null = null;
  const known = new RecentMap<string, Known>(300);
  const measured = (paragraph: string, font: string, width: number, most: number): readonly string[] => {
    probe ??= probeIn(shadow);
    probe.style.font = font;
    probe.style.lineHeight = `${lineHeightPx}px`;
    probe.style.width = `${width}px`;
    const signsInLine = Math.max(0, width) / fewPxPerSign + 1;
    return breakHead(probe, paragraph, most, Math.ceil((most + unsureLines) * signsInLine));
  };
  return {
    lines(paragraph, { weight, sizePx, family }, width, most = Number.POSITIVE_INFINITY) {
      if (width === 0 && plainWords.test(paragraph)) return paragraph.match(/. ?/g)!.slice(0, most);
      const font = `${weight} ${sizePx}px ${family}`;
      if (paragraph.length > keptLength) return measured(paragraph, font, width, most);
      const key = `${font}\n${width}\n${paragraph}`;
      const before = known.get(key);
      if (before && (before.most >= most || before.lines.length < before.most)) {
        return before.lines.slice(0, most);
      }
      const lines = measured(paragraph, font, width, most);
      known.set(key, { lines, most });
      return lines;
    },
    forget: () => known.clear(),
  };
};
