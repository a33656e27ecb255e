/** A picture that covers longer than this would hide that something is loading. */
const longestMs = 500;

/**
 * Lays what a view showed last over its canvas, until `uncover` is called, an input comes, or half a second is over. The picture is
 * the callee's from now on.
 */
export const coverCanvas = (
  root: HTMLElement,
  canvas: HTMLCanvasElement,
  picture: HTMLCanvasElement,
): (() => void) => {
  const inputs = ['pointerdown', 'keydown', 'wheel', 'focusin'] as const;
  const uncover = (): void => {
    clearTimeout(timer);
    for (const type of inputs) root.removeEventListener(type, uncover, true);
    picture.remove();
    picture.width = 0;
  };
  const timer = setTimeout(uncover, longestMs);
  for (const type of inputs) root.addEventListener(type, uncover, { capture: true, passive: true });
  canvas.after(picture);
  return uncover;
};
