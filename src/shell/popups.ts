import type { Rect } from '../geometry/index.js';
import { type Picture, samePicture } from '../paint/index.js';
import { CanvasPainter, type Renderer } from '../render/index.js';
import { PopupLayer, type PopupOutput } from '../ui/index.js';
import type { FrameLoop } from './frame-loop.js';
import type { HostElements } from './host-elements.js';
import type { Listeners } from './listeners.js';
import { popupStyles } from './popup-styles.js';
import { adoptStyles } from './style-sheet.js';

/** Popups over the page: their elements in the browser's top layer, each with a canvas of its own. */
export interface Popups {
  /** What the ui needs for them. */
  readonly layer: typeof PopupLayer;
  /** The part of the canvas's plane that the window shows, CSS px of the canvas. */
  viewport(): Rect;
  /** Shows the element over everything else at `rect`, CSS px of the canvas, which may lie outside of it. */
  place(element: HTMLElement, rect: Rect): void;
  /** Before the element goes: a dialog gives the focus back to what had it. */
  close(element: HTMLElement): void;
  /** Draws what differs from what is shown; false where nothing does. */
  draw(popups: readonly PopupOutput[]): boolean;
  /** Everything is drawn anew at the next draw. */
  forget(): void;
}

export type PopupContext = {
  readonly elements: HostElements;
  readonly renderer: Renderer;
  readonly loop: () => FrameLoop;
  element(id: string): HTMLElement | undefined;
};

type Shown = { readonly canvas: HTMLCanvasElement; picture: Picture; rect: Rect | null; density: number };

const canvasIn = (element: HTMLElement): HTMLCanvasElement => {
  const canvas = element.ownerDocument.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  element.prepend(canvas);
  return canvas;
};

const isDialog = (element: HTMLElement): element is HTMLDialogElement => element.tagName === 'DIALOG';

const isOpen = (element: HTMLElement): boolean => {
  if (isDialog(element)) return element.open;
  try {
    return element.matches(':popover-open');
  } catch {
    // A browser without popovers shows the element as it stands.
    return true;
  }
};

/** See `Popups`. While one is shown it follows the page's scrolling. */
export const createPopups = (listeners: Listeners, context: PopupContext): Popups => {
  const { elements, renderer } = context;
  const { root } = elements;
  const view = root.ownerDocument.defaultView ?? window;
  adoptStyles(elements.shadow, popupStyles);
  const shown = new Map<HTMLElement, Shown>();

  /** The canvas's place in the window, and CSS px of the window per CSS px of the canvas, whatever transforms the page applies. */
  const frame = () => {
    const box = root.getBoundingClientRect();
    const scaleX = root.offsetWidth > 0 ? box.width / root.offsetWidth : 1;
    const scaleY = root.offsetHeight > 0 ? box.height / root.offsetHeight : 1;
    return { left: box.left, top: box.top, scaleX: scaleX || 1, scaleY: scaleY || 1 };
  };

  const onMoved = (): void => {
    if (shown.size > 0) context.loop().invalidate('the page moved under a popup');
  };
  listeners.on(view, 'scroll', onMoved, { capture: true, passive: true });
  listeners.on(view, 'resize', onMoved);

  const snapped = (valuePx: number): number =>
    Math.round(valuePx * view.devicePixelRatio) / view.devicePixelRatio;

  const shownIn = (element: HTMLElement): Shown => {
    const known = shown.get(element);
    if (known) return known;
    // Chromium asks for wheel listeners where an element is painted; those of its ancestors count in the page, not in the top layer.
    element.addEventListener('wheel', () => {}, { passive: false });
    const made = { canvas: canvasIn(element), picture: [], rect: null, density: 0 };
    shown.set(element, made);
    return made;
  };

  const isShown = (state: Shown, { rect, picture }: PopupOutput): boolean =>
    state.rect !== null &&
    state.density === view.devicePixelRatio &&
    rect.x === state.rect.x &&
    rect.y === state.rect.y &&
    rect.width === state.rect.width &&
    rect.height === state.rect.height &&
    samePicture(state.picture, picture);

  const drawOne = (popup: PopupOutput): boolean => {
    const element = context.element(popup.id);
    if (!element) return false;
    const state = shownIn(element);
    if (isShown(state, popup)) return false;
    renderer.paintOn(CanvasPainter, state.canvas, popup.picture, popup.rect);
    state.canvas.style.width = `${state.canvas.width / view.devicePixelRatio}px`;
    state.canvas.style.height = `${state.canvas.height / view.devicePixelRatio}px`;
    Object.assign(state, { picture: popup.picture, rect: popup.rect, density: view.devicePixelRatio });
    return true;
  };

  return {
    layer: PopupLayer,
    viewport() {
      const { left, top, scaleX, scaleY } = frame();
      const { clientWidth } = root.ownerDocument.documentElement;
      const width = clientWidth > 0 ? clientWidth : view.innerWidth;
      const [x, y] = [-left / scaleX, -top / scaleY];
      return { x, y, width: width / scaleX, height: view.innerHeight / scaleY };
    },
    place(element, rect) {
      const { left, top, scaleX, scaleY } = frame();
      const { style } = element;
      style.left = `${snapped(left + rect.x * scaleX)}px`;
      style.top = `${snapped(top + rect.y * scaleY)}px`;
      style.width = `${rect.width}px`;
      style.height = `${rect.height}px`;
      style.transform = scaleX === 1 && scaleY === 1 ? '' : `scale(${scaleX}, ${scaleY})`;
      if (!element.isConnected || isOpen(element)) return;
      if (isDialog(element)) element.showModal();
      else element.showPopover();
    },
    close(element) {
      if (isDialog(element)) element.close();
    },
    draw(popups) {
      for (const element of shown.keys()) if (!element.isConnected) shown.delete(element);
      let drawn = false;
      for (const popup of popups) drawn = drawOne(popup) || drawn;
      return drawn;
    },
    forget() {
      for (const state of shown.values()) state.rect = null;
    },
  };
};
