import type { WidgetId } from '../ui/index.js';
import type { FrameLoop } from './frame-loop.js';
import type { HostElements } from './host-elements.js';
import type { Listeners } from './listeners.js';
import type { Mirror } from './mirror/mirror.js';

/** Moves DOM focus among the elements of the mirror and tells the ui about it. */
export interface FocusControl {
  /** Focus by a press on this element: its control, or the whole where there is none. */
  press(target: EventTarget | null): void;
  /** Focus asked for by the ui or by code. */
  move(id: WidgetId): void;
}

export type FocusContext = {
  readonly elements: HostElements;
  readonly mirror: Mirror;
  readonly loop: FrameLoop;
  /** Focus leaves this element: a text in work is finished. */
  onLeave(element: HTMLElement): void;
};

const isPlainKey = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;

/** See `FocusControl`. The ring is for focus that came after a key (or by a script before any pointer). */
export const listenToFocus = (listeners: Listeners, context: FocusContext): FocusControl => {
  const { elements, mirror, loop, onLeave } = context;
  const { root, shadow } = elements;
  const page = root.ownerDocument;
  let byKeyboard = true;
  let current: WidgetId | null = null;

  const report = (id: WidgetId | null): void => {
    if (id === current) return;
    current = id;
    loop.send({ tag: 'focus', id, visible: id !== null && byKeyboard });
  };

  const onAnyPress = (): void => {
    byKeyboard = false;
  };
  const onAnyKey = (event: KeyboardEvent): void => {
    if (isPlainKey(event)) byKeyboard = true;
  };
  listeners.on(page, 'pointerdown', onAnyPress, { capture: true });
  listeners.on(page, 'keydown', onAnyKey, { capture: true });
  listeners.on(root, 'focusin', (event) => report(mirror.path(event.target)[0]?.id ?? null));
  listeners.on(root, 'focusout', (event) => {
    onLeave(event.target as HTMLElement);
    const next = event.relatedTarget;
    if (!(next instanceof Node) || !shadow.contains(next)) report(null);
  });

  const focus = (element: HTMLElement): void => {
    if (shadow.activeElement !== element) element.focus({ preventScroll: true });
  };

  return {
    press(target) {
      // A region and the things on it are one for a press: the outermost takes the focus.
      const path = mirror.path(target);
      const reachable = path.filter(({ focusable, disabled }) => focusable && !disabled);
      // A box that scrolls is only meant where nothing in it is.
      const widget = reachable.findLast(({ clips }) => !clips) ?? reachable[0];
      // A popup without a control of its own leaves the focus with what opened it.
      if (!widget && path.some(({ popup }) => popup)) return;
      focus((widget && mirror.element(widget.id)) ?? root);
    },
    move(id) {
      const element = mirror.element(id);
      if (element) focus(element);
    },
  };
};
