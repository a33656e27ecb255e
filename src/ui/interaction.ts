import { contains, type Point } from '../geometry/index.js';
import { widgetIfGiven } from './given-widgets.js';
import type { PointerInput, UiEvent, WidgetId } from './input.js';
import { innerOf, type KeyInput, type WheelInput, type WidgetNode } from './node.js';

/** What reaches a widget in a build. */
export type Delivered = UiEvent | { readonly tag: 'focusLost' };

/** Where the user is; kept between frames. */
export type Interaction = {
  /** Last place of a pointer that hovers. */
  hoverAt: Point | null;
  hovered: WidgetId | null;
  /** Pointers that belong to a widget until they are up. */
  readonly captures: Map<number, WidgetId>;
  /** Where fingers went down that may come to scroll, and what they would scroll. */
  readonly fingers: Map<number, { readonly down: PointerInput; readonly scroller: WidgetId }>;
  focused: WidgetId | null;
  focusVisible: boolean;
};

/** Widgets of one build by id. */
export type NodesById = { get(id: WidgetId): WidgetNode | undefined };

/** The widgets of the last layout, in painting order, and by id. */
export type Placed = {
  readonly nodes: readonly WidgetNode[];
  readonly byId: NodesById;
};

/** A batch of events sorted by who gets them. */
export type Routed = {
  readonly inbox: ReadonlyMap<WidgetId, readonly Delivered[]>;
  /** Key events no focused widget asked for, and those a free area got and may leave unused; in order. */
  readonly looseKeys: readonly KeyInput[];
  /** Widgets whose press began. */
  readonly pressed: readonly { readonly id: WidgetId; readonly event: PointerInput }[];
};

export const newInteraction = (): Interaction => ({
  hoverAt: null,
  hovered: null,
  captures: new Map(),
  fingers: new Map(),
  focused: null,
  focusVisible: false,
});

/** The widget drawn last at a place; nodes without a part in pointing let it through. */
export const nodeAt = (placed: Placed, at: Point): WidgetNode | null => {
  for (let i = placed.nodes.length - 1; i >= 0; i--) {
    const node = placed.nodes[i]!;
    if (isAt(node, at)) return node;
  }
  return null;
};

/** A place is on a node, in the part of it that is seen. */
export const isAt = ({ hit, rect, seen }: WidgetNode, at: Point): boolean =>
  hit !== null && (hit.everywhere || (contains(rect, at) && (seen === null || contains(seen, at))));

/** The innermost widget at a place that wants the wheel; what lies in it passes it on. */
const wheeledAt = (placed: Placed, event: WheelInput): WidgetNode | null => {
  for (let i = placed.nodes.length - 1; i >= 0; i--) {
    const node = placed.nodes[i]!;
    if (isAt(node, event.at) && !node.hit!.disabled && node.hit!.wantsWheel?.(event, innerOf(node)))
      return node;
  }
  return null;
};

/** The widget an element's id belongs to: itself, or the one whose child it is (an option, a box on an image). */
export const ownerOf = (placed: Placed, id: WidgetId): WidgetNode | null => {
  for (let path = id; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    const node = placed.byId.get(path);
    if (node?.hit) return node;
  }
  return null;
};

/** What is hovered, given where pointers are and who holds them. */
export const updateHover = (state: Interaction, placed: Placed): void => {
  const node = state.hoverAt && nodeAt(placed, state.hoverAt);
  const id = node && !node.hit?.disabled ? node.id : null;
  const holders = [...state.captures.values()];
  state.hovered = holders.length === 0 || (id !== null && holders.includes(id)) ? id : null;
};

class Router {
  readonly inbox = new Map<WidgetId, Delivered[]>();
  readonly looseKeys: KeyInput[] = [];
  readonly pressed: { readonly id: WidgetId; readonly event: PointerInput }[] = [];
  constructor(
    private readonly state: Interaction,
    private readonly placed: Placed,
    private readonly timeMs: number,
  ) {}

  route(event: UiEvent): void {
    if (event.tag === 'pointer') this.pointer(event);
    else if (event.tag === 'wheel') this.wheel(event);
    else if (event.tag === 'key') this.key(event);
    else if (event.tag === 'focus') this.focus(event.id, event.visible, event);
    else this.deliver(this.ownerId(event.id), event);
  }

  private wheel(event: WheelInput): void {
    const node = wheeledAt(this.placed, event);
    if (node) this.deliver(node.id, event);
  }

  private deliver(id: WidgetId, event: Delivered): void {
    const events = this.inbox.get(id);
    if (events) events.push(event);
    else this.inbox.set(id, [event]);
  }

  private ownerId(id: WidgetId): WidgetId {
    return ownerOf(this.placed, id)?.id ?? id;
  }

  private pointer(event: PointerInput): void {
    const { state } = this;
    const gone = event.phase === 'leave' || event.phase === 'cancel';
    const lifted = event.phase === 'up' && event.pointerType === 'touch';
    const node = gone ? null : nodeAt(this.placed, event.at);
    if (event.pointerType === 'touch') {
      widgetIfGiven('followFinger')?.(event, state, this.placed, (id, told) => this.deliver(id, told));
    }
    const holder = state.captures.get(event.pointerId);
    if (event.phase === 'down' && holder === undefined) this.down(event, node);
    else if (holder !== undefined) this.deliver(holder, event);
    else if (node?.hit?.pointer === 'free' && !node.hit.disabled) this.deliver(node.id, event);
    else if (gone && state.hovered !== null) this.leave(state.hovered, event);
    if (event.phase === 'up' || event.phase === 'cancel') state.captures.delete(event.pointerId);
    state.hoverAt = gone || lifted ? null : event.at;
    updateHover(state, this.placed);
  }

  private leave(id: WidgetId, event: PointerInput): void {
    if (this.placed.byId.get(id)?.hit?.pointer === 'free') this.deliver(id, event);
  }

  private down(event: PointerInput, node: WidgetNode | null): void {
    if (!node?.hit || node.hit.disabled || node.hit.pointer === 'native' || node.hit.pointer === 'scroll')
      return;
    if (node.hit.pointer === 'press') {
      if (event.button !== 0) return;
      this.state.captures.set(event.pointerId, node.id);
      this.pressed.push({ id: node.id, event });
    }
    this.deliver(node.id, event);
  }

  private key(event: KeyInput): void {
    const { focused } = this.state;
    const node = focused === null ? null : ownerOf(this.placed, focused);
    const wanted = node?.hit && !node.hit.disabled && node.hit.wantsKey(event, this.timeMs);
    if (wanted) this.deliver(node.id, event);
    if (!wanted || node.hit?.pointer === 'free') this.looseKeys.push(event);
  }

  private focus(id: WidgetId | null, visible: boolean, event: UiEvent): void {
    const before = this.state.focused;
    this.state.focused = id;
    this.state.focusVisible = visible && id !== null;
    if (before !== null && before !== id) {
      const owner = this.ownerId(before);
      if (id === null || this.ownerId(id) !== owner) this.deliver(owner, { tag: 'focusLost' });
    }
    if (id !== null && id !== before) this.deliver(this.ownerId(id), event);
  }
}

/** Sorts events by who gets them, against the last layout, and moves the interaction on. */
export const routeEvents = (
  events: readonly UiEvent[],
  state: Interaction,
  placed: Placed,
  timeMs: number,
): Routed => {
  const router = new Router(state, placed, timeMs);
  for (const event of events) router.route(event);
  const { inbox, looseKeys, pressed } = router;
  return { inbox, looseKeys, pressed };
};
