import type { BoxValue } from '../dataset/index.js';
import {
  imagePoint,
  keepInFrame,
  type Point,
  type Rect,
  type ScreenFromImage,
  type Size,
  zoomAt,
} from '../geometry/index.js';
import type { PointerInput } from '../ui/index.js';
import { boxAt, handleAt, resizedBox } from './box-adjust.js';
import { boxBetween, type Handle, isBlank } from './box-geometry.js';

/** What one pointer, or two fingers, are doing on an image. Points named `pScreen` are in CSS px of the canvas. */
export type BoxToolState =
  | { readonly tag: 'idle' }
  /** Down, but not moved far enough to be a drag: still a click. */
  | { readonly tag: 'pressed'; readonly pointerId: number; readonly pScreen: Point; readonly clicks: number }
  | {
      readonly tag: 'drawing';
      readonly pointerId: number;
      readonly pScreen: Point;
      readonly anchor: Point;
      readonly box: BoxValue;
    }
  | {
      readonly tag: 'adjusting';
      readonly pointerId: number;
      readonly pScreen: Point;
      readonly handle: Handle;
      readonly from: Point;
      readonly original: BoxValue;
      readonly box: BoxValue;
    }
  | { readonly tag: 'panning'; readonly pointerId: number; readonly pScreen: Point }
  | { readonly tag: 'pinching'; readonly fingers: readonly [Finger, Finger] }
  /** A gesture was given up; nothing happens until every pointer of it is up. */
  | { readonly tag: 'spent'; readonly pointerIds: readonly number[] };

export type Finger = { readonly pointerId: number; readonly pScreen: Point };

export type BoxToolEffect =
  | { readonly tag: 'capture'; readonly pointerId: number }
  /** The active box gets this value. `drawn`: anew, so that the next box becomes active. */
  | { readonly tag: 'commit'; readonly box: BoxValue; readonly drawn: boolean }
  | { readonly tag: 'select'; readonly index: number; readonly pImage: Point }
  /** A click at a place of the image where none of these boxes is. */
  | { readonly tag: 'pick'; readonly pImage: Point }
  | { readonly tag: 'view'; readonly view: ScreenFromImage }
  | { readonly tag: 'fit' };

/** What the tool must know of the image at the moment of the event. */
export type BoxToolContext = {
  readonly image: Size;
  readonly frame: Rect;
  readonly view: ScreenFromImage;
  readonly boxes: readonly BoxValue[];
  /** Index of the active box, −1 without one. */
  readonly active: number;
  /** The active box may be adjusted here. */
  readonly canAdjust: boolean;
  /** A drag draws a box here; else it pans. */
  readonly canDraw: boolean;
  /** The key that turns a drag into a pan is held. */
  readonly panKey: boolean;
  readonly leastScale: number;
  readonly mostScale: number;
};

export type BoxToolStep = readonly [BoxToolState, readonly BoxToolEffect[]];

export const idle: BoxToolState = { tag: 'idle' };
const stay = (state: BoxToolState): BoxToolStep => [state, []];

/** How far a pointer moves before a press is a drag, and how near a handle is near enough; in CSS px. */
const slopPx = (event: PointerInput) => (event.pointerType === 'touch' ? 8 : 3);
export const handleReachPx = (pointerType: PointerInput['pointerType']): number =>
  pointerType === 'touch' ? 20 : 7;

const isPrimary = (event: PointerInput) => event.button === 0;

const press = (event: PointerInput, context: BoxToolContext): BoxToolStep => {
  const capture: BoxToolEffect = { tag: 'capture', pointerId: event.pointerId };
  const { pointerId, at } = event;
  if (event.button === 1 || (isPrimary(event) && context.panKey)) {
    return [{ tag: 'panning', pointerId, pScreen: at }, [capture]];
  }
  if (!isPrimary(event)) return stay(idle);
  const adjusting = adjustment(event, context);
  if (adjusting) return [adjusting, [capture]];
  return [{ tag: 'pressed', pointerId, pScreen: at, clicks: event.clicks }, [capture]];
};

/** A press on a handle of the active box, or inside it with Alt, starts an adjustment. */
const adjustment = (event: PointerInput, context: BoxToolContext): BoxToolState | undefined => {
  const original = context.boxes[context.active];
  if (!context.canAdjust || !original || isBlank(original)) return undefined;
  const from = imagePoint(context.view, event.at);
  const inside = event.modifiers.alt && boxAt([original], from) === 0;
  const handle = inside
    ? 'move'
    : handleAt(original, context.view, event.at, handleReachPx(event.pointerType));
  return handle
    ? {
        tag: 'adjusting',
        pointerId: event.pointerId,
        pScreen: event.at,
        handle,
        from,
        original,
        box: original,
      }
    : undefined;
};

const moved = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

const dragFromPress = (
  state: Extract<BoxToolState, { tag: 'pressed' }>,
  event: PointerInput,
  context: BoxToolContext,
): BoxToolStep => {
  if (moved(state.pScreen, event.at) < slopPx(event)) return stay(state);
  if (!context.canDraw) {
    return stepBoxTool(
      { tag: 'panning', pointerId: state.pointerId, pScreen: state.pScreen },
      event,
      context,
    );
  }
  const anchor = imagePoint(context.view, state.pScreen);
  const box = boxBetween(anchor, imagePoint(context.view, event.at), context.image);
  return stay({ tag: 'drawing', pointerId: state.pointerId, pScreen: event.at, anchor, box });
};

const panned = (view: ScreenFromImage, from: Point, to: Point, context: BoxToolContext) =>
  keepInFrame(
    { scale: view.scale, x: view.x + to.x - from.x, y: view.y + to.y - from.y },
    context.image,
    context.frame,
  );

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

const pinch = (
  state: Extract<BoxToolState, { tag: 'pinching' }>,
  event: PointerInput,
  context: BoxToolContext,
): BoxToolStep => {
  const [a, b] = state.fingers;
  if (event.pointerId !== a.pointerId && event.pointerId !== b.pointerId) return stay(state);
  const follow = (finger: Finger): Finger =>
    finger.pointerId === event.pointerId ? { ...finger, pScreen: event.at } : finger;
  const after = [follow(a), follow(b)] as const;
  const factor = moved(after[0].pScreen, after[1].pScreen) / Math.max(1, moved(a.pScreen, b.pScreen));
  const centre = middle(after[0].pScreen, after[1].pScreen);
  const zoomed = zoomAt(
    context.view,
    middle(a.pScreen, b.pScreen),
    factor,
    context.leastScale,
    context.mostScale,
  );
  const view = panned(zoomed, middle(a.pScreen, b.pScreen), centre, context);
  return [{ tag: 'pinching', fingers: after }, [{ tag: 'view', view }]];
};

const move = (state: BoxToolState, event: PointerInput, context: BoxToolContext): BoxToolStep => {
  if (state.tag === 'pinching') return pinch(state, event, context);
  if (state.tag === 'idle' || state.tag === 'spent' || state.pointerId !== event.pointerId) {
    return stay(state);
  }
  const pImage = imagePoint(context.view, event.at);
  switch (state.tag) {
    case 'pressed':
      return dragFromPress(state, event, context);
    case 'drawing':
      return stay({
        ...state,
        pScreen: event.at,
        box: boxBetween(state.anchor, pImage, context.image),
      });
    case 'adjusting': {
      const dx = pImage.x - state.from.x;
      const dy = pImage.y - state.from.y;
      const box = resizedBox(state.original, state.handle, dx, dy, context.image);
      return stay({ ...state, pScreen: event.at, box });
    }
    case 'panning':
      return [
        { ...state, pScreen: event.at },
        [{ tag: 'view', view: panned(context.view, state.pScreen, event.at, context) }],
      ];
  }
};

const release = (state: BoxToolState, event: PointerInput, context: BoxToolContext): BoxToolStep => {
  switch (state.tag) {
    case 'idle':
      return stay(state);
    case 'spent': {
      const left = state.pointerIds.filter((id) => id !== event.pointerId);
      return stay(left.length > 0 ? { tag: 'spent', pointerIds: left } : idle);
    }
    case 'pinching': {
      const left = state.fingers.filter(({ pointerId }) => pointerId !== event.pointerId);
      return stay(left.length === 2 ? state : { tag: 'spent', pointerIds: left.map((f) => f.pointerId) });
    }
    default:
      return state.pointerId === event.pointerId ? finish(state, context) : stay(state);
  }
};

const finish = (
  state: Extract<BoxToolState, { pointerId: number }>,
  context: BoxToolContext,
): BoxToolStep => {
  switch (state.tag) {
    case 'pressed': {
      if (state.clicks === 2) return [idle, [{ tag: 'fit' }]];
      const pImage = imagePoint(context.view, state.pScreen);
      const index = boxAt(context.boxes, pImage);
      return [idle, [index < 0 ? { tag: 'pick', pImage } : { tag: 'select', index, pImage }]];
    }
    case 'drawing':
      return [idle, isBlank(state.box) ? [] : [{ tag: 'commit', box: state.box, drawn: true }]];
    case 'adjusting':
      return [idle, isBlank(state.box) ? [] : [{ tag: 'commit', box: state.box, drawn: false }]];
    case 'panning':
      return stay(idle);
  }
};

/** A second finger turns whatever the first was doing into a pinch; nothing is written. */
const secondFinger = (state: BoxToolState, event: PointerInput): BoxToolStep | undefined => {
  if (event.pointerType !== 'touch' || !('pointerId' in state)) return undefined;
  if (state.pointerId === event.pointerId) return undefined;
  return [
    {
      tag: 'pinching',
      fingers: [
        { pointerId: state.pointerId, pScreen: state.pScreen },
        { pointerId: event.pointerId, pScreen: event.at },
      ],
    },
    [{ tag: 'capture', pointerId: event.pointerId }],
  ];
};

/**
 * One pointer event on an image: the next state and what is to be done. Pure; the caller performs the effects and draws
 * `previewOf(state)`.
 *
 * | state | down | move | up | cancel, Esc |
 * |---|---|---|---|---|
 * | idle | pressed, adjusting (handle), panning (middle button, pan key) | – | – | – |
 * | pressed | pinching (2nd finger) | drawing or panning past the slop | idle: select, or fit on a double click | idle |
 * | drawing, adjusting | pinching (2nd finger) | follows | idle: commit | idle, nothing written |
 * | panning | pinching (2nd finger) | view | idle | idle |
 * | pinching | – | view | spent | spent |
 * | spent | – | – | idle when all are up | idle |
 */
export const stepBoxTool = (
  state: BoxToolState,
  event: PointerInput,
  context: BoxToolContext,
): BoxToolStep => {
  switch (event.phase) {
    case 'down':
      if (state.tag === 'idle') return press(event, context);
      return secondFinger(state, event) ?? stay(state);
    case 'move':
      return move(state, event, context);
    case 'up':
      return release(state, event, context);
    case 'cancel':
      return stay(cancelBoxTool(state, event.pointerId));
    case 'leave':
      return stay(state);
  }
};

/** Gives the gesture up without writing; pointers still down do nothing more. */
export const cancelBoxTool = (state: BoxToolState, lifted?: number): BoxToolState => {
  const ids =
    state.tag === 'pinching'
      ? state.fingers.map(({ pointerId }) => pointerId)
      : state.tag === 'spent'
        ? state.pointerIds
        : state.tag === 'idle'
          ? []
          : [state.pointerId];
  const left = ids.filter((id) => id !== lifted);
  return left.length > 0 ? { tag: 'spent', pointerIds: left } : idle;
};

/** The value that the active box would get now, drawn live; null when nothing is being drawn or adjusted. */
export const previewOf = (state: BoxToolState): BoxValue | null =>
  state.tag === 'drawing' || state.tag === 'adjusting' ? state.box : null;
