import type { BoxValue } from '../dataset/index.js';
import { type Rect, rect, type ScreenFromImage, screenRect } from '../geometry/index.js';
import type { BoxStyle, Shape, TextMeasure } from '../paint/index.js';
import type { Theme } from '../ui/index.js';
import type { BoxStyles } from './annotation-styles.js';
import { handlesOfBox, isBlank, rectOfBox } from './box-geometry.js';
import type { BoxLabel } from './box-labels.js';

/** A box as it is to be drawn. */
export type PaintedBox = {
  readonly value: BoxValue;
  readonly active: boolean;
  /** Shows handles. */
  readonly held: boolean;
  /** The pointer is over it. */
  readonly hovered: boolean;
  readonly label: BoxLabel | null;
  /** Its own look; absent: that of the image. */
  readonly style?: BoxStyle;
};

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

/** Under the outline of a box that the pointer is over: wider, in its second colour. What is inside keeps its own colours. */
const broad = (style: BoxStyle): BoxStyle => ({
  ...style,
  color1: style.color2,
  lineWidth: style.lineWidth + 2,
  opacity: 0.6 * style.opacity,
});

const labelSizePx = 12;
const labelPaddingPx = 4;

/** The label's plate above the box, or inside it where there is no room above. */
const labelShapes = (
  { value, label }: PaintedBox,
  view: ScreenFromImage,
  frame: Rect,
  theme: Theme,
  text: TextMeasure,
): readonly Shape[] => {
  if (!label) return [];
  const font = { family: theme.fontFamily, sizePx: labelSizePx, weight: 600 };
  const { ascent, descent } = text.lineMetrics(font);
  const height = Math.ceil(ascent + descent) + 2;
  const box = screenRect(view, rectOfBox(value));
  const width = text.width(label.text, font) + 2 * labelPaddingPx;
  const x = Math.max(frame.x, Math.min(box.x, frame.x + frame.width - width));
  const y = box.y - height >= frame.y ? box.y - height : Math.max(frame.y, box.y);
  return [
    { tag: 'rounded', rect: rect(x, y, width, height), radius: 3, fill: label.color },
    {
      tag: 'text',
      text: label.text,
      at: { x: x + labelPaddingPx, y: y + 1 + ascent },
      align: 'left',
      font,
      color: [0.07, 0.08, 0.1, 1],
    },
  ];
};

/** Outlines of the boxes, the active one last, with labels, and handles where it can be adjusted. */
export const boxShapes = (
  boxes: readonly PaintedBox[],
  view: ScreenFromImage,
  frame: Rect,
  styles: BoxStyles,
  theme: Theme,
  text: TextMeasure,
): Shape[] => {
  const outline = (box: PaintedBox): readonly Shape[] => {
    const place = screenRect(view, rectOfBox(box.value));
    const style = box.active ? styles.selected : (box.style ?? styles.normal);
    return [
      ...(box.hovered && !box.active ? [{ tag: 'box', rect: place, style: broad(style) } as const] : []),
      { tag: 'box', rect: place, style },
      ...labelShapes(box, view, frame, theme, text),
    ];
  };
  const drawn = boxes.filter(({ value }) => !isBlank(value));
  const last = drawn.filter(({ active }) => active);
  return [
    ...drawn.filter(({ active }) => !active).flatMap(outline),
    ...last.flatMap(outline),
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
