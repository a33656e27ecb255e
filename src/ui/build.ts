import type { Point, Rect } from '../geometry/index.js';
import type { LineMeasure } from '../paint/index.js';
import type { Metrics, PopupOptions, WidgetHost } from './host.js';
import type { FrameInput, PointerInput, UiEvent, WidgetId } from './input.js';
import type { Delivered, Interaction, NodesById, Routed } from './interaction.js';
import { innerOf, type KeyInput, type Look, type NewNode, noPadding, type WidgetNode } from './node.js';
import type { Popup } from './popup-layer.js';
import type { Requests } from './requests.js';
import { sameOptions, sameValues } from './same.js';
import type { Theme } from './theme.js';
import type { KeyedSlots, Slot, WidgetSlots } from './widget-slots.js';

/** What is the same in every build. */
export type BuildContext = {
  readonly text: LineMeasure;
  readonly interaction: Interaction;
  readonly slots: WidgetSlots;
};

/** What a build starts with. */
export type BuildStart = {
  readonly theme: Theme;
  readonly metrics: Metrics;
  readonly requests: Requests;
  readonly routed: Routed;
  readonly input: FrameInput;
};

const nowhere: Rect = { x: 0, y: 0, width: 0, height: 0 };
const nothing: readonly never[] = [];

/**
 * The runs of the caller's build, one after the other: collects nodes under stacked keys and hands out what was routed to them. It is one
 * object for all of them, so that nodes of one may stand in the next.
 */
export class Build implements WidgetHost {
  /** In painting order: a container before what it holds. Those of popups are in the popups. */
  nodes: WidgetNode[] = [];
  popups: Popup[] = [];
  roots: WidgetNode[] = [];
  /** Whether a node scrolls what it holds. */
  scrolls = false;
  /** Which run it is, counted from 1. */
  number = 0;
  /** Whether something was answered, so that what is drawn before it may be old. */
  hasAnswered = false;
  readonly text: LineMeasure;
  #list = this.nodes;
  #children = this.roots;
  #prefix = '';
  #keyed: KeyedSlots;
  /** The slot that was asked for last. */
  #slot: Slot | null = null;
  #frame: WidgetNode | undefined;
  readonly #context: BuildContext;
  #start: BuildStart;
  /** Nodes of the last layout were made by the theme and metrics of this build. */
  #looksAsBefore = false;

  constructor(context: BuildContext, start: BuildStart) {
    this.#context = context;
    this.#start = start;
    this.#keyed = context.slots.under('');
    this.text = context.text;
  }

  /** The next run begins; what the last one collected belongs to whoever took it. */
  start(start: BuildStart): void {
    const { theme, metrics } = this.#start;
    this.#looksAsBefore = theme === start.theme && metrics === start.metrics;
    this.#start = start;
    this.nodes = [];
    this.popups = [];
    this.roots = [];
    this.scrolls = false;
    this.hasAnswered = false;
    this.#list = this.nodes;
    this.#children = this.roots;
    this.#prefix = '';
    this.#keyed = this.#context.slots.under('');
    this.number += 1;
    this.#frame = undefined;
  }

  /** What this run has added so far, while it is the last or the one before. */
  get byId(): NodesById {
    const { slots } = this.#context;
    const build = this.number;
    return { get: (id) => slots.node(id, build) };
  }

  get theme(): Theme {
    return this.#start.theme;
  }
  get metrics(): Metrics {
    return this.#start.metrics;
  }
  get input(): FrameInput {
    return this.#start.input;
  }

  get viewport(): Rect {
    const { viewport, width, height } = this.input;
    return viewport ?? { x: 0, y: 0, width, height };
  }

  get timeMs(): number {
    return this.input.timeMs;
  }

  get reducedMotion(): boolean {
    return this.input.reducedMotion ?? false;
  }

  claim(key: string): WidgetId {
    const slot = this.#context.slots.of(this.#keyed, this.#prefix, key);
    if (slot.build === this.number)
      throw new Error(`Two widgets have the id "${slot.id}"; keys must differ among siblings.`);
    this.#slot = slot;
    return slot.id;
  }

  part(id: WidgetId, name: string): WidgetId {
    this.#slot = this.#context.slots.part(id, name);
    return this.#slot.id;
  }

  add(parts: NewNode): void {
    const node = this.#made(parts);
    this.#take(node);
    this.#children.push(node);
  }

  again(id: WidgetId, options: Look['options'], values: Look['values']): boolean {
    const last = this.#standing(id, options, values);
    if (!last) return false;
    const outermost = last.frame ?? last;
    this.#takeAll(outermost);
    this.#children.push(outermost);
    return true;
  }

  /** What the layout sets of a node is not known yet. */
  #made(parts: NewNode): WidgetNode {
    const node = parts as WidgetNode;
    node.rect = nowhere;
    node.padding = noPadding;
    node.seen = null;
    node.frame = this.#frame;
    node.slot = this.#slotOf(node.id);
    node.appearance = this.#lastOf(node.slot)?.appearance;
    if (node.scrollTop !== undefined) this.scrolls = true;
    return node;
  }

  /** The node of the last layout, where it was made of the same. */
  #standing(id: WidgetId, options: Look['options'], values: Look['values']): WidgetNode | undefined {
    const last = this.#looksAsBefore ? this.#lastOf(this.#slotOf(id)) : undefined;
    if (!last || typeof last.look !== 'object') return undefined;
    if (!sameValues(last.look.values, values) || !sameOptions(last.look.options, options)) return undefined;
    return last;
  }

  #slotOf(id: WidgetId): Slot {
    return this.#slot?.id === id ? this.#slot : this.#context.slots.slot(id);
  }

  /** The node in the last layout. */
  #lastOf(slot: Slot): WidgetNode | undefined {
    return this.#context.slots.nodeOf(slot, this.number - 1);
  }

  #take(node: WidgetNode): void {
    this.#list.push(node);
    this.#context.slots.put(node.slot, node, this.number);
  }

  #takeAll(node: WidgetNode): void {
    this.#take(node);
    for (const child of node.children) this.#takeAll(child);
  }

  within(parts: NewNode, keyed: boolean, build: () => void): void {
    this.add(parts);
    this.#fill(parts.children, keyed ? parts.id : null, build);
  }

  container(id: WidgetId, look: Look, make: () => NewNode, build: () => void): void {
    const last = this.#standing(id, look.options, look.values);
    if (!last) {
      this.within(make(), true, build);
      return;
    }
    const [list, at, among, place] = [this.#list, this.#list.length, this.#children, this.#children.length];
    this.#take(last);
    among.push(last);
    const children: WidgetNode[] = [];
    this.#fill(children, id, build);
    if (sameValues(children, last.children)) return;
    const node = this.#made(make());
    for (const child of children) node.children.push(child);
    list[at] = node;
    among[place] = node;
    this.#context.slots.put(node.slot, node, this.number);
  }

  /** What `build` adds goes into `children`, its keys stacked on an id. */
  #fill(children: WidgetNode[], id: WidgetId | null, build: () => void): void {
    const outer = this.#children;
    const [prefix, slots, frame] = [this.#prefix, this.#keyed, this.#frame];
    this.#children = children;
    if (id !== null) {
      this.#prefix = `${id}/`;
      this.#keyed = this.#context.slots.under(this.#prefix);
    }
    this.#frame = undefined;
    build();
    this.#frame = frame;
    this.#children = outer;
    this.#prefix = prefix;
    this.#keyed = slots;
  }

  framed(frame: NewNode, build: () => void): void {
    this.within(frame, false, () => {
      this.#frame = frame as WidgetNode;
      build();
    });
  }

  popup(parts: NewNode, options: PopupOptions, build: () => void): void {
    if (!this.input.popups) return;
    const [list, children] = [this.#list, this.#children];
    const nodes: WidgetNode[] = [];
    this.#list = nodes;
    this.#children = [];
    this.within(parts, true, build);
    this.#list = list;
    this.#children = children;
    this.popups.push({ root: nodes[0]!, nodes, ...options });
  }

  events(id: WidgetId): readonly Delivered[] {
    const { inbox } = this.#start.routed;
    return inbox.size === 0 ? nothing : (inbox.get(id) ?? nothing);
  }

  get otherKeys(): readonly KeyInput[] {
    return this.#start.routed.looseKeys;
  }

  get unusedKeys(): readonly KeyInput[] {
    const { requests } = this.#start;
    return this.otherKeys.filter((key) => !requests.isUsed(key));
  }

  lastRect(id: WidgetId): Rect | null {
    return this.#lastOf(this.#slotOf(id))?.rect ?? null;
  }

  lastInner(id: WidgetId): Rect | null {
    const node = this.#lastOf(this.#slotOf(id));
    return node ? innerOf(node) : null;
  }

  kept<T extends object>(id: WidgetId, initial: () => T): T {
    return this.#context.slots.kept(this.#slotOf(id), this.number, initial);
  }

  isHovered(id: WidgetId): boolean {
    return this.#context.interaction.hovered === id;
  }

  hoverAt(id: WidgetId): Point | null {
    return this.isHovered(id) ? this.#context.interaction.hoverAt : null;
  }

  isHeld(id: WidgetId): boolean {
    for (const holder of this.#context.interaction.captures.values()) if (holder === id) return true;
    return false;
  }

  isFocused(id: WidgetId): boolean {
    return this.focused === id;
  }

  get focused(): WidgetId | null {
    return this.#context.interaction.focused;
  }

  answered(): void {
    this.hasAnswered = true;
  }

  use(event: UiEvent): void {
    this.#start.requests.use(event);
  }

  capture(pointerId: number, id: WidgetId): void {
    this.#context.interaction.captures.set(pointerId, id);
    this.#start.requests.capture(pointerId);
  }

  focus(id: WidgetId): void {
    this.#start.requests.focus(id);
  }

  /** A press on a widget: it holds the pointer, has focus, and the browser stays out of it. */
  begin(id: WidgetId, event: PointerInput): void {
    this.capture(event.pointerId, id);
    this.focus(id);
    this.use(event);
  }

  announce(text: string, assertive: boolean): void {
    this.#start.requests.announce(text, assertive);
  }

  repaint(reason: string, afterMs: number): void {
    this.#start.requests.repaint(reason, afterMs);
  }
}
