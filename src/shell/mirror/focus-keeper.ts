import type { WidgetId } from '../../ui/index.js';

/** Holds focus, and the place in the Tab order, of a focused control that went away or was disabled. */
export interface FocusKeeper {
  readonly element: HTMLElement;
  readonly isFocused: boolean;
  /** The widget it stands for. */
  readonly id: WidgetId | null;
  /** Takes the focus at this place. */
  hold(id: WidgetId, place: Element): void;
}

/** `label` is what assistive technology says of the place: the whole's name. */
export const createFocusKeeper = (shadow: ShadowRoot, label: string): FocusKeeper => {
  const element = shadow.ownerDocument.createElement('div');
  element.tabIndex = -1;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  let id: WidgetId | null = null;
  element.addEventListener('blur', () => {
    // A window that loses the focus blurs too; then the place is still wanted.
    if (shadow.ownerDocument.hasFocus() && shadow.activeElement !== element) element.remove();
  });
  return {
    element,
    get isFocused() {
      return shadow.activeElement === element;
    },
    get id() {
      return id;
    },
    hold(forId, place) {
      id = forId;
      place.after(element);
      element.focus({ preventScroll: true });
    },
  };
};
