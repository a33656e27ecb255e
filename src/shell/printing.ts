/**
 * While the page is printed, a copy of what is drawn stands in for the canvas: a browser lays pages out anew for paper and asks WebGL for
 * nothing, so that its canvas would be blank or stretched. `copyTo` copies what is to be seen, at once. Returns the end of it.
 */
export const keepInPrint = (
  view: Window,
  canvas: HTMLCanvasElement,
  copyTo: (target: HTMLCanvasElement) => void,
): (() => void) => {
  let copy: HTMLCanvasElement | null = null;
  const show = (): void => {
    remove();
    const { width, height, clientWidth } = canvas;
    if (width === 0 || height === 0 || clientWidth === 0) return;
    copy = canvas.ownerDocument.createElement('canvas');
    copy.className = 'copy';
    copy.style.width = `${clientWidth}px`;
    copyTo(copy);
    canvas.style.visibility = 'hidden';
    canvas.after(copy);
  };
  const remove = (): void => {
    copy?.remove();
    copy = null;
    canvas.style.visibility = '';
  };
  view.addEventListener('beforeprint', show);
  view.addEventListener('afterprint', remove);
  return () => {
    view.removeEventListener('beforeprint', show);
    view.removeEventListener('afterprint', remove);
    remove();
  };
};
