import type { BoxValue } from '../dataset/index.js';
import { type Rect, rect, type ScreenFromImage, screenRect } from '../geometry/index.js';
import type { Shape, TextMeasure } from '../paint/index.js';
import type { Theme } from '../ui/index.js';
import type { BoxStyles } from './annotation-styles.js';
import { handlesOfBox, isBlank, rectOfBox } from './box-geometry.js';

/** A box as it is to be drawn. */
export type PaintedBox = { readonly value: BoxValue; readonly active: boolean; readonly held: boolean };

const handleSizePx = 9;

const handleShape = (
  at: { readonly x: number; readonly y: number },
  round: boolean,
  theme: Theme,
): Shape => ({
  tag: 'rounded',
  rect: rect(at.x - handleSizePx / 2, at.y - handleSizePx / 2, handleSizePx, handleSizePx),
  radius: round ? handleSizePx / 2 : 2,
  fill: [1, 1, 1, 1],
  border: { width: 1.5, color: theme.accent },
});

/** Outlines of the boxes, the active one last, with its handles where it can be adjusted. */
export const boxShapes = (
  boxes: readonly PaintedBox[],
  view: ScreenFromImage,
  styles: BoxStyles,
  theme: Theme,
): Shape[] => {
  const outline = ({ value, active }: PaintedBox): Shape => ({
    tag: 'box',
    rect: screenRect(view, rectOfBox(value)),
    style: active ? styles.selected : styles.normal,
  });
  const drawn = boxes.filter(({ value }) => !isBlank(value));
  const last = drawn.filter(({ active }) => active);
  return [
    ...drawn.filter(({ active }) => !active).map(outline),
    ...last.map(outline),
    ...last
      .filter(({ held }) => held)
      .flatMap(({ value }) =>
        handlesOfBox(value, view).map(({ handle, at }) => handleShape(at, handle === 'move', theme)),
      ),
  ];
};

/** Text broken at blanks into lines no wider than `widthPx`; a single longer word stays whole. */
export const brokenLines = (text: string, widthPx: number, measure: (text: string) => number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= widthPx)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** A note in the middle of the image's frame: loading, or why it cannot be shown. */
export const noteShapes = (
  note: string,
  frame: Rect,
  tone: 'muted' | 'invalid',
  theme: Theme,
  text: TextMeasure,
) => {
  const font = { family: theme.fontFamily, sizePx: theme.fontSizePx, weight: 400 };
  const { ascent, descent } = text.lineMetrics(font);
  const lineHeight = (ascent + descent) * 1.3;
  const widthPx = Math.max(40, frame.width - 24);
  const lines = brokenLines(note, widthPx, (line) => text.width(line, font));
  const top = frame.y + (frame.height - lines.length * lineHeight) / 2 + ascent;
  return lines.map(
    (line, i): Shape => ({
      tag: 'text',
      text: line,
      at: { x: frame.x + frame.width / 2, y: top + i * lineHeight },
      align: 'center',
      font,
      color: tone === 'muted' ? theme.textMuted : theme.invalid,
      maxWidth: widthPx,
    }),
  );
};
