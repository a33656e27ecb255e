import type { Motion } from './viewer.js';

/** The element of the view's first image in its mirror: where hands, and helping programs, find it. */
export const imageElement = (host: HTMLElement): HTMLElement => {
  for (const element of host.querySelectorAll('*')) {
    const image = element.shadowRoot?.querySelector<HTMLElement>('[aria-roledescription="image"]');
    if (image) return image;
  }
  throw new Error('The view shows no image');
};

const place = (image: HTMLElement, x: number, y: number) => {
  const { left, top } = image.getBoundingClientRect();
  return { clientX: left + x, clientY: top + y, bubbles: true, composed: true, cancelable: true };
};

/** A pointer event at px of the image's frame, as the browser sends it for a mouse. */
export const pointer = (
  image: HTMLElement,
  type: 'pointerdown' | 'pointermove' | 'pointerup',
  x: number,
  y: number,
  more: PointerEventInit = {},
): void => {
  const button = type === 'pointermove' ? -1 : 0;
  const buttons = type === 'pointerup' ? 0 : 1;
  const common = { pointerId: 1, pointerType: 'mouse', isPrimary: true, button, buttons };
  image.dispatchEvent(new PointerEvent(type, { ...place(image, x, y), ...common, ...more }));
};

export const wheel = (image: HTMLElement, factor: number, x: number, y: number): void => {
  const deltaY = -100 * Math.log(factor);
  image.dispatchEvent(new WheelEvent('wheel', { ...place(image, x, y), ctrlKey: true, deltaY }));
};

export const key = (element: HTMLElement, name: string): void => {
  for (const type of ['keydown', 'keyup']) {
    element.dispatchEvent(
      new KeyboardEvent(type, { key: name, bubbles: true, composed: true, cancelable: true }),
    );
  }
};

const middle = { button: 1, buttons: 4 };

/** Moves the view as a person does: Ctrl and the wheel zoom, the middle button pans. One event a motion lies in the frame measured. */
export const hands = (image: HTMLElement): { move(motion: Motion): void; letGo(): void } => {
  let held: { x: number; y: number } | null = null;
  const letGo = () => {
    if (held) pointer(image, 'pointerup', held.x, held.y, { button: 1 });
    held = null;
  };
  return {
    letGo,
    move: (motion) => {
      if (motion.tag === 'zoom') {
        letGo();
        wheel(image, motion.factor, motion.x, motion.y);
        return;
      }
      if (!held) {
        held = { x: 400, y: 300 };
        pointer(image, 'pointerdown', held.x, held.y, middle);
      }
      held = { x: held.x + motion.dx, y: held.y + motion.dy };
      pointer(image, 'pointermove', held.x, held.y, { buttons: 4 });
    },
  };
};
