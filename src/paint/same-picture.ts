import { sameRect } from '../geometry/index.js';
import type { BoxStyle, Color, Font, Picture, Shape } from './shapes.js';

type Tagged<Tag extends Shape['tag']> = Extract<Shape, { tag: Tag }>;

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a === b || (a.length === b.length && a.every((value, i) => value === b[i]));

const sameColor = (a: Color, b: Color): boolean =>
  a === b || (a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3]);

const sameFont = (a: Font, b: Font): boolean =>
  a === b || (a.sizePx === b.sizePx && a.weight === b.weight && a.family === b.family);

const sameStyle = (a: BoxStyle, b: BoxStyle): boolean =>
  a === b ||
  (a.lineWidth === b.lineWidth &&
    a.opacity === b.opacity &&
    sameColor(a.color1, b.color1) &&
    sameColor(a.color2, b.color2) &&
    sameNumbers(a.lineDash, b.lineDash));

const sameBorder = (a: Tagged<'rounded'>['border'], b: Tagged<'rounded'>['border']): boolean =>
  a === b || (a !== undefined && b !== undefined && a.width === b.width && sameColor(a.color, b.color));

const sameRounded = (a: Tagged<'rounded'>, b: Tagged<'rounded'>): boolean =>
  a.radius === b.radius &&
  sameRect(a.rect, b.rect) &&
  sameColor(a.fill, b.fill) &&
  sameBorder(a.border, b.border);

const sameText = (a: Tagged<'text'>, b: Tagged<'text'>): boolean =>
  a.text === b.text &&
  a.at.x === b.at.x &&
  a.at.y === b.at.y &&
  a.align === b.align &&
  a.maxWidth === b.maxWidth &&
  sameFont(a.font, b.font) &&
  sameColor(a.color, b.color);

const sameTile = (a: Tagged<'tile'>, b: Tagged<'tile'>): boolean =>
  a.key === b.key &&
  a.filter === b.filter &&
  a.opacity === b.opacity &&
  sameRect(a.source, b.source) &&
  sameRect(a.target, b.target);

const sameLine = (a: Tagged<'line'>, b: Tagged<'line'>): boolean =>
  a.from.x === b.from.x &&
  a.from.y === b.from.y &&
  a.to.x === b.to.x &&
  a.to.y === b.to.y &&
  a.width === b.width &&
  sameColor(a.color, b.color);

/** Whether two shapes would be drawn alike. Shapes that are the same object are not looked into. */
export const sameShape = (a: Shape, b: Shape): boolean => {
  if (a === b) return true;
  switch (a.tag) {
    case 'quad':
      return b.tag === 'quad' && sameRect(a.rect, b.rect) && sameColor(a.color, b.color);
    case 'rounded':
      return b.tag === 'rounded' && sameRounded(a, b);
    case 'text':
      return b.tag === 'text' && sameText(a, b);
    case 'tile':
      return b.tag === 'tile' && sameTile(a, b);
    case 'box':
      return b.tag === 'box' && sameRect(a.rect, b.rect) && sameStyle(a.style, b.style);
    case 'line':
      return b.tag === 'line' && sameLine(a, b);
    case 'clip':
      return b.tag === 'clip' && sameRect(a.rect, b.rect) && samePicture(a.shapes, b.shapes);
  }
};

/** Whether two pictures hold the same shapes in the same order, so that drawing the second after the first changes nothing. */
export const samePicture = (a: Picture, b: Picture): boolean => {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (!sameShape(a[i]!, b[i]!)) return false;
  return true;
};
