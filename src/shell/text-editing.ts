import type { Semantics, UiEvent, WidgetId } from '../ui/index.js';
import type { FrameLoop } from './frame-loop.js';
import type { HostElements } from './host-elements.js';
import type { Listeners } from './listeners.js';
import { type Editing, noteValue } from './mirror/field-value.js';
import type { Mirror } from './mirror/mirror.js';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Typing in the native fields of the mirror. */
export interface TextEditing {
  editing(id: WidgetId): Editing;
  /** Keys of a field that is edited. True: dealt with here, the ui does not see it. */
  onKey(event: KeyboardEvent): boolean;
  /** Ends a composition; see `Shell`. */
  endComposition(): void;
  /** Finishes a text in work when focus leaves it. */
  onLeave(element: HTMLElement): void;
}

export type TextContext = {
  readonly elements: HostElements;
  readonly mirror: () => Mirror;
  readonly loop: FrameLoop;
};

const isText = ({ role }: Semantics): boolean => role === 'textbox' || role === 'spinbutton';

/** Steps of the arrow and page keys in a number field. */
const stepOf = (key: string): number => ({ ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 })[key] ?? 0;

/** See `TextEditing`. `mirror` is asked for late, since the mirror in turn asks what is being edited. */
export const listenToText = (listeners: Listeners, { elements, mirror, loop }: TextContext): TextEditing => {
  let composing: WidgetId | null = null;
  let dirty: WidgetId | null = null;
  let lastSent = '';

  const fieldOf = (target: EventTarget | null): Semantics | undefined => {
    const widget = mirror().path(target)[0];
    return widget && isText(widget) ? widget : undefined;
  };

  const send = (phase: 'input' | 'commit' | 'cancel', id: WidgetId, element: Field): void => {
    dirty = phase === 'input' ? id : null;
    lastSent = element.value;
    noteValue(element, lastSent);
    const event: UiEvent = { tag: 'text', id, phase, value: lastSent };
    loop.send(event);
  };

  const commitIfDirty = (target: EventTarget | null): void => {
    const widget = fieldOf(target);
    if (widget && dirty === widget.id) send('commit', widget.id, target as Field);
  };

  const step = (widget: Semantics, field: Field, by: number): void => {
    const typed = field.value.trim() === '' ? Number.NaN : Number(field.value);
    const from = dirty === widget.id && Number.isFinite(typed) ? typed : (widget.valueNow ?? 0);
    const low = widget.valueMin ?? Number.NEGATIVE_INFINITY;
    const high = widget.valueMax ?? Number.POSITIVE_INFINITY;
    dirty = null;
    loop.send({ tag: 'value', id: widget.id, value: Math.min(high, Math.max(low, from + by)) });
  };

  listeners.on(elements.root, 'input', (event) => {
    const widget = fieldOf(event.target);
    if (widget) send('input', widget.id, event.target as Field);
  });
  listeners.on(elements.root, 'change', (event) => commitIfDirty(event.target));
  listeners.on(elements.root, 'compositionstart', (event) => {
    composing = fieldOf(event.target)?.id ?? null;
  });
  listeners.on(elements.root, 'compositionend', (event) => {
    const widget = fieldOf(event.target);
    composing = null;
    const field = event.target as Field;
    if (widget && field.value !== lastSent) send('input', widget.id, field);
    else loop.invalidate('composition ended');
  });

  const onEditKey = (event: KeyboardEvent, widget: Semantics, field: Field): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const by = widget.role === 'spinbutton' && plain ? stepOf(event.key) : 0;
    if (by !== 0) {
      event.preventDefault();
      step(widget, field, by);
    } else if (event.key === 'Enter' && (!widget.multiline || event.ctrlKey || event.metaKey)) {
      send('commit', widget.id, field);
    } else if (event.key === 'Escape') {
      send('cancel', widget.id, field);
    }
  };

  return {
    editing: (id) => ({ isComposing: composing === id, isDirty: dirty === id }),
    endComposition() {
      const field = composing === null ? undefined : mirror().element(composing);
      field?.blur();
      field?.focus({ preventScroll: true });
    },
    onLeave: commitIfDirty,
    onKey(event) {
      const widget = fieldOf(event.target);
      if (!widget || widget.readOnly) return false;
      // Undo and the like of a field in which nothing is being typed belong to the whole.
      if (dirty !== widget.id && (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key)) return false;
      const leaves = event.key === 'Tab' || (event.key === 'Escape' && dirty !== widget.id);
      if (!leaves) event.stopPropagation();
      if (event.type === 'keydown' && !event.isComposing && event.keyCode !== 229) {
        onEditKey(event, widget, event.target as Field);
      }
      return true;
    },
  };
};
