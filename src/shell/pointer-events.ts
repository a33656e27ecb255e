import type { Point } from '../geometry/index.js';
import type { PointerInput } from '../ui/index.js';
import { countPress, type Press } from './click-count.js';
import type { FocusControl } from './focus.js';
import type { FrameLoop } from './frame-loop.js';
import type { HostElements } from './host-elements.js';
import type { Listeners } from './listeners.js';
import type { Mirror } from './mirror/mirror.js';
import { modifiersOf } from './modifiers.js';

export type PointerContext = {
  readonly elements: HostElements;
  readonly mirror: Mirror;
  readonly loop: FrameLoop;
  readonly focus: FocusControl;
  /** Place of an event in CSS px of the canvas, whatever transforms the page applies. */
  pointOf(event: MouseEvent): Point;
};

/** What the rest of the shell asks about pointers. */
export interface Pointers {
  /** A pointer is held down on the view. */
  readonly isPressed: boolean;
  capture(pointerId: number): void;
}

type Held = { readonly event: PointerEvent; readonly target: EventTarget | null };

const kind = ({ pointerType }: PointerEvent): PointerInput['pointerType'] =>
  pointerType === 'touch' || pointerType === 'pen' ? pointerType : 'mouse';

const inputOf = (
  event: PointerEvent,
  phase: PointerInput['phase'],
  at: Point,
  clicks: number,
): PointerInput => ({
  tag: 'pointer',
  phase,
  at,
  pointerId: event.pointerId,
  pointerType: kind(event),
  button: event.button,
  buttons: event.buttons,
  clicks,
  modifiers: modifiersOf(event),
  timeMs: event.timeStamp,
});

/** Translates pointer events of the view. Presses in a native text field are the browser's and are not passed on. */
export const listenToPointers = (listeners: Listeners, context: PointerContext): Pointers => {
  const { elements, mirror, loop, focus, pointOf } = context;
  const { root } = elements;
  /** Held pointers, with the element under each press (retargeted later by capture). */
  const pressed = new Map<number, Held>();
  const native = new Set<number>();
  /** Palms and fingers that lie on the view while a pen draws, or lay there when it came: nothing of theirs counts until they are lifted. */
  const resting = new Set<number>();
  let lastPress: Press | null = null;

  const isNativeField = (target: EventTarget | null): boolean => {
    const widget = mirror.path(target)[0];
    return widget?.nativePointer === true && !widget.disabled;
  };

  const capture = (pointerId: number): void => {
    if (!pressed.has(pointerId)) return;
    try {
      root.setPointerCapture(pointerId);
    } catch {
      // A pointer made by a script cannot be captured; its events come to the view all the same.
    }
  };

  const isPenDown = (): boolean => [...pressed.values()].some(({ event }) => event.pointerType === 'pen');

  /** What touches were doing is given up. */
  const restTouches = (): void => {
    for (const { event } of [...pressed.values()]) {
      if (event.pointerType !== 'touch') continue;
      onCancel(event);
      resting.add(event.pointerId);
    }
  };

  const onDown = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' && isPenDown()) {
      resting.add(event.pointerId);
      event.preventDefault();
      return;
    }
    if (isNativeField(event.target)) {
      native.add(event.pointerId);
      return;
    }
    native.delete(event.pointerId);
    if (event.pointerType === 'pen') restTouches();
    // A finger may be about to scroll: it moves the focus when it is lifted.
    if (event.pointerType !== 'touch') focus.press(event.target);
    const at = pointOf(event);
    lastPress = countPress(lastPress, {
      at,
      timeMs: event.timeStamp,
      button: event.button,
      pointerType: event.pointerType,
    });
    pressed.set(event.pointerId, { event, target: event.target });
    capture(event.pointerId);
    if (loop.send(inputOf(event, 'down', at, lastPress.clicks))) event.preventDefault();
  };

  const onMove = (event: PointerEvent): void => {
    // A native press may be let go outside of the view: no buttons tell that it was.
    if (event.buttons === 0) native.delete(event.pointerId);
    if (native.has(event.pointerId) || resting.has(event.pointerId)) return;
    // A second button on a held mouse comes as a move.
    const input = inputOf(event, 'move', pointOf(event), 0);
    if (event.button === -1) loop.post(input);
    else loop.send(input);
  };

  const onUp = (event: PointerEvent): void => {
    if (native.delete(event.pointerId) || resting.has(event.pointerId)) return;
    const down = pressed.get(event.pointerId);
    pressed.delete(event.pointerId);
    if (event.pointerType === 'touch' && down) focus.press(down.target);
    if (loop.send(inputOf(event, 'up', pointOf(event), 0))) event.preventDefault();
  };

  const onCancel = (event: PointerEvent): void => {
    native.delete(event.pointerId);
    if (pressed.delete(event.pointerId)) loop.send(inputOf(event, 'cancel', pointOf(event), 0));
  };

  /** A touch leaves once it is lifted. */
  const onLeave = (event: PointerEvent): void => {
    if (resting.delete(event.pointerId)) return;
    if (!pressed.has(event.pointerId)) loop.post(inputOf(event, 'leave', pointOf(event), 0));
  };

  /** A context menu swallows the release of its button. */
  const onContextMenu = (): void => {
    for (const { event } of [...pressed.values()]) if (event.pointerType === 'mouse') onCancel(event);
  };

  listeners.on(root, 'pointerdown', onDown);
  listeners.on(root, 'pointermove', onMove);
  listeners.on(root, 'pointerup', onUp);
  listeners.on(root, 'pointercancel', onCancel);
  listeners.on(root, 'lostpointercapture', onCancel);
  listeners.on(root, 'pointerleave', onLeave);
  listeners.on(root, 'contextmenu', onContextMenu);
  // Focus is moved by the press above; native drags, selections and autoscroll belong to native fields alone.
  listeners.on(root, 'mousedown', (event) => {
    if (!isNativeField(event.target)) event.preventDefault();
  });

  return {
    get isPressed() {
      return pressed.size > 0;
    },
    capture,
  };
};
