import { type Font, RecentMap } from '../paint/index.js';

/** Lines of a paragraph as the browser breaks them. */
export interface LineBreaker {
  /** See `TextMeasure.lines`; what was asked for lately is kept. */
  lines(paragraph: string, font: Font, width: number): readonly string[];
  /** Fonts changed. */
  forget(): void;
}

/** Paragraphs up to this length are kept. */
const keptLength = 4000;

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

const breakIn = (probe: HTMLElement, paragraph: string): readonly string[] => {
  const text = probe.ownerDocument.createTextNode(paragraph);
  probe.replaceChildren(text);
  const lineOf = lineFinder(text, probe);
  const lines: string[] = [];
  for (let start = 0; start < paragraph.length; ) {
    const number = lineOf(start);
    const end = Math.max(
      start + 1,
      firstWhere(start, paragraph.length, (index) => lineOf(index) > number),
    );
    lines.push(paragraph.slice(start, end));
    start = end;
  }
  probe.replaceChildren();
  return lines;
};

/**
 * Breaks lines by laying text out as a text area does, in an element of the view's shadow root: the same breaks in every script (East
 * Asian rules, Thai words, hyphens, tabs) as the native field that lies over the drawn text, with no table of our own.
 */
export const createLineBreaker = (shadow: ShadowRoot): LineBreaker => {
  let probe: HTMLElement | null = null;
  const known = new RecentMap<string, readonly string[]>(300);
  const measured = (paragraph: string, font: string, width: number): readonly string[] => {
    probe ??= probeIn(shadow);
    probe.style.font = font;
    probe.style.lineHeight = `${lineHeightPx}px`;
    probe.style.width = `${width}px`;
    return breakIn(probe, paragraph);
  };
  return {
    lines(paragraph, { weight, sizePx, family }, width) {
      const font = `${weight} ${sizePx}px ${family}`;
      if (paragraph.length > keptLength) return measured(paragraph, font, width);
      return known.ensure(`${font}\n${width}\n${paragraph}`, () => measured(paragraph, font, width));
    },
    forget: () => known.clear(),
  };
};
