import type { FrameLoop } from './frame-loop.js';
import type { HostElements } from './host-elements.js';
import type { Listeners } from './listeners.js';
import type { Mirror } from './mirror/mirror.js';
import type { Pointers } from './pointer-events.js';

export type ElementContext = {
  readonly elements: HostElements;
  readonly mirror: Mirror;
  readonly loop: FrameLoop;
  readonly pointers: Pointers;
};

/** What assistive technology, the keyboard and scripts do to the elements themselves: clicks without a pointer, native values. */
export const listenToElements = (listeners: Listeners, context: ElementContext): void => {
  const { elements, mirror, loop, pointers } = context;
  listeners.on(elements.root, 'click', (event) => {
    const widget = mirror.path(event.target)[0];
    if (!widget) return;
    // The press was told by the pointer already; a native toggle would undo what it did.
    if (event.detail > 0) event.preventDefault();
    else if (!widget.disabled) loop.send({ tag: 'activate', id: widget.id });
  });
  // Neither bubbles. The widget decides whether its dialog goes.
  for (const type of ['cancel', 'close'] as const) {
    const onClose = (event: Event): void => {
      const widget = mirror.path(event.target)[0];
      if (widget?.role !== 'dialog') return;
      event.preventDefault();
      loop.send({ tag: 'dismiss', id: widget.id });
    };
    listeners.on(elements.root, type, onClose, { capture: true });
  }
  listeners.on(elements.root, 'input', (event) => {
    const widget = mirror.path(event.target)[0];
    if (widget?.role !== 'slider') return;
    const element = event.target as HTMLInputElement;
    // While a pointer drags, the drawn slider decides; a native thumb that follows a finger is put back.
    if (pointers.isPressed) element.value = String(widget.valueNow ?? 0);
    else loop.send({ tag: 'value', id: widget.id, value: Number(element.value) });
  });
};
