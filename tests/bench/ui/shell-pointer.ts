/** The element of a mounted view that takes its events. */
export const rootOf = (host: HTMLElement): HTMLElement =>
  host.firstElementChild!.shadowRoot!.firstElementChild as HTMLElement;

/** Every control of a mounted view that a pointer can be over. */
export const controlsOf = (host: HTMLElement): readonly HTMLElement[] =>
  Array.from(rootOf(host).querySelectorAll<HTMLElement>('button, input, [role="option"]'));

/** Tells the view that the mouse is at this place of the host, in CSS px. */
export const movePointer = (host: HTMLElement, x: number, y: number): void => {
  const root = rootOf(host);
  const { left, top } = root.getBoundingClientRect();
  const at = { clientX: left + x, clientY: top + y, bubbles: true, composed: true, pointerType: 'mouse' };
  root.dispatchEvent(new PointerEvent('pointermove', { ...at, pointerId: 1, button: -1, isPrimary: true }));
};

/** Moves over the controls one after the other; places are those at the time of making. */
export const controlWalk = (host: HTMLElement): ((round: number) => void) => {
  const origin = rootOf(host).getBoundingClientRect();
  const places = controlsOf(host).map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - origin.left + width / 2, y: top - origin.top + height / 2 };
  });
  return (round) => {
    const { x, y } = places[(round * 7) % places.length]!;
    movePointer(host, x, y);
  };
};

/** Moves over the padding at the top left, where nothing is. */
export const restWalk =
  (host: HTMLElement) =>
  (round: number): void =>
    movePointer(host, 1 + (round % 3), 1 + (round % 2));
