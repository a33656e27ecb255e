import type { Color } from './shapes.js';

const hexForm = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/;
const functionForm = /^rgba?\(([^()]*)\)$/;
const numberForm = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?(%?)$/;

const unit = (value: number): number => Math.min(Math.max(value, 0), 1);

const fromHex = (digits: string): Color => {
  const step = digits.length > 4 ? 2 : 1;
  const part = (i: number) => {
    const text = digits.slice(i * step, (i + 1) * step);
    return text === '' ? 1 : Number.parseInt(step === 1 ? text + text : text, 16) / 255;
  };
  return [part(0), part(1), part(2), part(3)];
};

/** A number or percentage as a fraction of `whole`, limited to 0…1; NaN where it is neither. */
const fraction = (text: string, whole: number): number => {
  const match = numberForm.exec(text);
  return match ? unit(Number.parseFloat(text) / (match[1] === '%' ? 100 : whole)) : Number.NaN;
};

/** The texts of the components, from "r, g, b[, a]" or "r g b[ / a]". */
const components = (body: string): string[] => {
  if (body.includes(',')) return body.includes('/') ? [] : body.split(',').map((part) => part.trim());
  const [channels = '', ...alpha] = body.split('/').map((part) => part.trim());
  const rgb = channels.split(/\s+/);
  return rgb.length === 3 ? [...rgb, ...alpha] : [];
};

const fromFunction = (body: string): Color | null => {
  const parts = components(body);
  if (parts.length < 3 || parts.length > 4) return null;
  const [r, g, b] = parts.map((part) => fraction(part, 255)) as [number, number, number];
  const a = parts[3] === undefined ? 1 : fraction(parts[3], 1);
  return [r, g, b, a].some(Number.isNaN) ? null : [r, g, b, a];
};

/**
 * A CSS colour in digits: #rgb, #rgba, #rrggbb, #rrggbbaa, rgb() and rgba() with commas or spaces, numbers or percentages; letters of
 * either case, space around it ignored. Channels out of range are limited as CSS does. Null where it is none of these; names are the
 * browser's. Grammar: CSS Color Module Level 4, sections 4 and 5.
 */
export const parseColor = (text: string): Color | null => {
  const plain = text.trim().toLowerCase();
  const hex = hexForm.exec(plain)?.[1];
  if (hex !== undefined) return fromHex(hex);
  const body = functionForm.exec(plain)?.[1];
  return body === undefined ? null : fromFunction(body.trim());
};

/** The colour as CSS and canvas 2D take it. */
export const cssColor = ([r, g, b, a]: Color): string =>
  `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)} / ${a})`;

/** The same colour with its alpha multiplied by `opacity`, 0…1. */
export const faded = (color: Color, opacity: number): Color => [
  color[0],
  color[1],
  color[2],
  color[3] * opacity,
];
