import type { FrameLoop } from './frame-loop.js';
import type { HostElements } from './host-elements.js';
import type { Listeners } from './listeners.js';
import { modifiersOf } from './modifiers.js';
import type { TextEditing } from './text-editing.js';

export type KeyContext = {
  readonly elements: HostElements;
  readonly loop: FrameLoop;
  readonly text: TextEditing;
};

/** Passes keys on to the ui, bubbling. A key the ui used is nobody else's; Tab is always the browser's. */
export const listenToKeys = (listeners: Listeners, { elements, loop, text }: KeyContext): void => {
  const onKey = (event: KeyboardEvent, phase: 'down' | 'up'): void => {
    if (event.defaultPrevented || text.onKey(event) || event.isComposing) return;
    const { key, code, repeat } = event;
    const used = loop.send({ tag: 'key', phase, key, code, repeat, modifiers: modifiersOf(event) });
    if (!used || key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
  };
  listeners.on(elements.root, 'keydown', (event) => onKey(event, 'down'));
  listeners.on(elements.root, 'keyup', (event) => onKey(event, 'up'));
};
