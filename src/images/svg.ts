import { InnotaterError } from '../errors/index.js';
import type { Size } from '../geometry/index.js';

/** What an image without any size of its own is taken to have, as in CSS. */
const defaultSize: Size = { width: 300, height: 150 };
/** Longest side that every browser can rasterise. */
const longestSidePx = 16_384;

const pxPerUnit: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
};

/** An absolute CSS length in px; null for a percentage, for units of a font, and where there is none. */
export const lengthPx = (text: string | null): number | null => {
  const [, number, unit] = /^\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? '') ?? [];
  const factor = pxPerUnit[(unit ?? '').toLowerCase()];
  const px = Number(number) * (factor ?? Number.NaN);
  return px > 0 && Number.isFinite(px) ? px : null;
};

/**
 * The size an SVG is rasterised at, in whole px: its width and height, where one of them is missing in the proportion of its
 * viewBox, else its viewBox, else 300 × 150.
 */
export const svgSize = (attribute: (name: string) => string | null): Size => {
  const [, , boxWidth = 0, boxHeight = 0] = (attribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const hasBox = boxWidth > 0 && boxHeight > 0;
  const box = hasBox ? { width: boxWidth, height: boxHeight } : defaultSize;
  const width = lengthPx(attribute('width'));
  const height = lengthPx(attribute('height'));
  const ratio = box.width / box.height;
  const wanted = {
    width: width ?? (height === null ? box.width : hasBox ? height * ratio : box.width),
    height: height ?? (width === null ? box.height : hasBox ? width / ratio : box.height),
  };
  return {
    width: Math.max(1, Math.round(wanted.width)),
    height: Math.max(1, Math.round(wanted.height)),
  };
};

/** What may stand before the root element of an XML file, by how it begins and ends. */
const prologue = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
  ['<!ENTITY', '>'],
] as const;

/** Whether a text begins as an SVG does: its first element is `svg`, behind a declaration, comments or a doctype. */
export const looksLikeSvg = (beginning: string): boolean => {
  let rest = beginning.trimStart();
  for (let part = prologueOf(rest); part; part = prologueOf(rest)) {
    const end = rest.indexOf(part[1], part[0].length);
    if (end < 0) return false;
    rest = rest.slice(end + part[1].length).trimStart();
    if (rest.startsWith(']>')) rest = rest.slice(2).trimStart();
  }
  return /^<(?:\w+:)?svg[\s>]/i.test(rest);
};

const prologueOf = (text: string) => prologue.find(([begin]) => text.startsWith(begin));

/**
 * Draws an SVG into a bitmap, as only the page can. Scripts in it do not run and nothing it refers to is loaded.
 * Rejects with `InnotaterError` 'decode' (no well-formed SVG) or 'limit' (too large), or `signal.reason`.
 */
export const rasterisedSvg = async (blob: Blob, signal: AbortSignal | undefined): Promise<ImageBitmap> => {
  const root = parsedRoot(await blob.text());
  signal?.throwIfAborted();
  const { width, height } = svgSize((name) => root.getAttribute(name));
  if (Math.max(width, height) > longestSidePx) {
    const message = `The SVG is ${width} × ${height} px; at most ${longestSidePx} px a side can be drawn`;
    throw new InnotaterError('limit', message, { width, height });
  }
  if (!root.hasAttribute('viewBox') && lengthPx(root.getAttribute('width')) === null) {
    root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }
  root.setAttribute('width', `${width}`);
  root.setAttribute('height', `${height}`);
  const text = new XMLSerializer().serializeToString(root);
  const bitmap = await drawn(new Blob([text], { type: 'image/svg+xml' }));
  if (!signal?.aborted) return bitmap;
  bitmap.close();
  throw signal.reason;
};

const parsedRoot = (text: string): Element => {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  const root = parsed.documentElement;
  if (root.localName === 'svg' && !parsed.querySelector('parsererror')) return root;
  throw new InnotaterError('decode', 'The SVG is not well-formed XML');
};

const drawn = async (blob: Blob): Promise<ImageBitmap> => {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return await createImageBitmap(image, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  } catch (cause) {
    throw new InnotaterError('decode', 'The SVG cannot be drawn', {}, { cause });
  } finally {
    URL.revokeObjectURL(url);
  }
};
