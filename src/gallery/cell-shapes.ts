import { fitInFrame, type Rect, rect, type ScreenFromImage } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import type { Ui } from '../ui/index.js';
import type { ShownLayer, Thumbnail } from './thumbnails.js';

/** Room around a thumbnail, and for its caption below, CSS px. */
export const cellPaddingPx = 6;
export const captionPx = 20;

export type CellLook = {
  readonly thumbnail: Thumbnail | undefined;
  readonly caption: string;
  readonly isChosen: boolean;
  /** The one that keys start from; `hasFocus`: keys come here now. */
  readonly isActive: boolean;
  readonly hasFocus: boolean;
  /** Its boxes where the image lies like this. */
  outlines(view: ScreenFromImage, frame: Rect): readonly Shape[];
};

const inset = ({ x, y, width, height }: Rect, by: number): Rect =>
  rect(x + by, y + by, width - 2 * by, height - 2 * by);

const word = (
  text: string,
  cell: Rect,
  baseline: number,
  ui: Ui,
  tone: 'text' | 'textMuted' | 'invalid',
): Shape => ({
  tag: 'text',
  text,
  at: { x: cell.x + cell.width / 2, y: baseline },
  align: 'center',
  font: { family: ui.theme.fontFamily, sizePx: 12, weight: 400 },
  color: ui.theme[tone],
  maxWidth: cell.width - 2 * cellPaddingPx,
});

/** One sample: its picture with boxes, its caption, whether it is selected. */
export const cellShapes = (cell: Rect, look: CellLook, ui: Ui): readonly Shape[] => {
  const { theme } = ui;
  const { thumbnail } = look;
  const inner = inset(cell, cellPaddingPx);
  const frame = rect(inner.x, inner.y, inner.width, inner.height - (look.caption ? captionPx : 0));
  const shapes: Shape[] = [];
  if (look.isChosen) {
    const border = { width: 2, color: theme.accent };
    shapes.push({
      tag: 'rounded',
      rect: inset(cell, 1),
      radius: theme.radiusPx,
      fill: theme.selection,
      border,
    });
  }
  if (thumbnail?.tag === 'ready') shapes.push(...picture(thumbnail, frame, look, ui.devicePixelRatio));
  else {
    shapes.push({ tag: 'quad', rect: frame, color: theme.imageBackdrop });
    if (thumbnail?.tag === 'failed')
      shapes.push(word('Failed', frame, frame.y + frame.height / 2, ui, 'invalid'));
  }
  if (look.caption) shapes.push(word(look.caption, cell, inner.y + inner.height - 5, ui, 'text'));
  if (look.isActive && look.hasFocus) {
    const border = { width: 2, color: theme.focusRing };
    shapes.push({ tag: 'rounded', rect: inset(cell, 1), radius: theme.radiusPx, fill: [0, 0, 0, 0], border });
  }
  return shapes;
};

const picture = (
  { key, texels, image, layers }: Extract<Thumbnail, { tag: 'ready' }>,
  frame: Rect,
  { outlines }: CellLook,
  devicePixelRatio: number,
): readonly Shape[] => {
  const fitted = fitInFrame(image, frame);
  const view = fitted.scale <= 1 ? fitted : centred(image, frame);
  const target = rect(view.x, view.y, image.width * view.scale, image.height * view.scale);
  const source = rect(0, 0, texels.width, texels.height);
  const shown = layers.flatMap((layer) => layerShape(layer, view, devicePixelRatio));
  const clip: Shape = { tag: 'clip', rect: target, shapes: shown };
  return [
    { tag: 'tile', key, source, target, filter: 'linear', opacity: 1 },
    ...(shown.length > 0 ? [clip] : []),
    ...outlines(view, target),
  ];
};

/** Boxes of a layer, on whole device px so that their lines are sharp. */
const layerShape = (
  { key, width, height, scale, opacity }: ShownLayer,
  view: ScreenFromImage,
  devicePixelRatio: number,
): readonly Shape[] => {
  if (!key) return [];
  const whole = (px: number) => Math.round(px * devicePixelRatio) / devicePixelRatio;
  const px = view.scale / scale;
  const target = rect(whole(view.x), whole(view.y), width * px, height * px);
  const isExact = Math.abs(px * devicePixelRatio - 1) < 1e-6;
  const source = rect(0, 0, width, height);
  return [{ tag: 'tile', key, source, target, filter: isExact ? 'nearest' : 'linear', opacity }];
};

/** Images are never scaled up. */
const centred = (image: { width: number; height: number }, frame: Rect): ScreenFromImage => ({
  scale: 1,
  x: frame.x + (frame.width - image.width) / 2,
  y: frame.y + (frame.height - image.height) / 2,
});
