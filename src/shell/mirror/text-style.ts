import { cssColor } from '../../paint/index.js';
import type { Semantics } from '../../ui/index.js';

/** While edited a field has a transparent border of this width, under which the drawn border and ring stay visible. */
const borderPx = 2;

/** Everything that decides how a field's text looks, as one string to compare. */
export const textStyleKey = ({ textStyle, showsText }: Semantics): string => {
  if (!textStyle) return '';
  const { font, padding, lineHeightPx, color, background } = textStyle;
  return [
    showsText,
    font.weight,
    font.sizePx,
    font.family,
    padding.left,
    padding.right,
    padding.top,
    padding.bottom,
    lineHeightPx,
    color,
    background,
  ].join(' ');
};

const inside = (padding: number): number => Math.max(0, padding - borderPx);

/** Makes the native field's text lie on the drawn text: same font, start, lines, colours. */
export const applyTextStyle = (element: HTMLElement, { textStyle, showsText }: Semantics): void => {
  element.classList.toggle('styled', textStyle !== undefined);
  element.classList.toggle('shown', showsText === true);
  if (!textStyle) return;
  const { font, padding, lineHeightPx, color, background } = textStyle;
  const { style } = element;
  style.font = `${font.weight} ${font.sizePx}px ${font.family}`;
  style.lineHeight = lineHeightPx === undefined ? 'normal' : `${lineHeightPx}px`;
  const { left, right, top, bottom } = padding;
  style.padding = [top, right, bottom, left].map((px) => `${inside(px)}px`).join(' ');
  style.color = cssColor(color);
  style.caretColor = cssColor(color);
  style.backgroundColor = cssColor(background);
};
