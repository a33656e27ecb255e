import type { Point, Rect } from '../geometry/index.js';
import type { TextMeasure } from '../paint/index.js';
import type { Metrics, PopupOptions, WidgetHost } from './host.js';
import type { FrameInput, PointerInput, UiEvent, WidgetId } from './input.js';
import type { Delivered, Interaction, Placed, Routed } from './interaction.js';
import type { KeptState } from './kept-state.js';
import { innerOf, type KeyInput, type NewNode, noPadding, type WidgetNode } from './node.js';
import type { Popup } from './popup-layer.js';
import type { Requests } from './requests.js';
import type { Theme } from './theme.js';
import type { KeyedIds, WidgetIds } from './widget-ids.js';

/** Everything that outlives a build. */
export type BuildContext = {
  readonly theme: Theme;
  readonly text: TextMeasure;
  readonly metrics: Metrics;
  readonly interaction: Interaction;
  readonly kept: KeptState;
  readonly ids: WidgetIds;
  readonly requests: Requests;
};

const nowhere: Rect = { x: 0, y: 0, width: 0, height: 0 };
const nothing: readonly Delivered[] = [];

/** One run of the caller's build: collects nodes under stacked keys and hands out what was routed to them. */
export class Build implements WidgetHost {
  /** In painting order: a container before what it holds. Those of popups are in the popups. */
  readonly nodes: WidgetNode[] = [];
  readonly popups: Popup[] = [];
  readonly byId = new Map<WidgetId, WidgetNode>();
  readonly theme: Theme;
  readonly text: TextMeasure;
  readonly metrics: Metrics;
  /** Whether something was answered, so that what is drawn before it may be old. */
  hasAnswered = false;
  readonly roots: WidgetNode[] = [];
  #list = this.nodes;
  #children = this.roots;
  #prefix = '';
  #ids: KeyedIds;
  readonly #context: BuildContext;
  #placed: Placed | null;
  readonly #routed: Routed;

  /** `placed` is the last layout. */
  constructor(
    context: BuildContext,
    placed: Placed,
    routed: Routed,
    readonly input: FrameInput,
  ) {
    this.#context = context;
    this.#placed = placed;
    this.#routed = routed;
    this.#ids = context.ids.under('');
    this.theme = context.theme;
    this.text = context.text;
    this.metrics = context.metrics;
  }

  /** Lets the layout before go: what this build made is kept, and must not keep all that came before it. */
  close(): void {
    this.#placed = null;
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
    const id = this.#context.ids.of(this.#ids, this.#prefix, key);
    if (this.byId.has(id))
      throw new Error(`Two widgets have the id "${id}"; keys must differ among siblings.`);
    return id;
  }

  part(id: WidgetId, name: string): WidgetId {
    return this.#context.ids.part(id, name);
  }

  add(parts: NewNode): void {
    const node = parts as WidgetNode;
    node.rect = nowhere;
    node.padding = noPadding;
    node.seen = null;
    this.#list.push(node);
    this.byId.set(node.id, node);
    this.#children.push(node);
  }

  within(parts: NewNode, keyed: boolean, build: () => void): void {
    const outer = this.#children;
    const [prefix, ids] = [this.#prefix, this.#ids];
    this.add(parts);
    this.#children = parts.children;
    if (keyed) {
      this.#prefix = `${parts.id}/`;
      this.#ids = this.#context.ids.under(this.#prefix);
    }
    build();
    this.#children = outer;
    this.#prefix = prefix;
    this.#ids = ids;
  }

  popup(parts: NewNode, options: PopupOptions, build: () => void): void {
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
    return this.#routed.inbox.get(id) ?? nothing;
  }

  get otherKeys(): readonly KeyInput[] {
    return this.#routed.looseKeys;
  }

  get unusedKeys(): readonly KeyInput[] {
    const { requests } = this.#context;
    return this.otherKeys.filter((key) => !requests.isUsed(key));
  }

  lastRect(id: WidgetId): Rect | null {
    return this.#placed?.byId.get(id)?.rect ?? null;
  }

  lastInner(id: WidgetId): Rect | null {
    const node = this.#placed?.byId.get(id);
    return node ? innerOf(node) : null;
  }

  kept<T extends object>(id: WidgetId, initial: () => T): T {
    return this.#context.kept.of(id, initial);
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
    this.#context.requests.use(event);
  }

  capture(pointerId: number, id: WidgetId): void {
    this.#context.interaction.captures.set(pointerId, id);
    this.#context.requests.capture(pointerId);
  }

  focus(id: WidgetId): void {
    this.#context.requests.focus(id);
  }

  /** A press on a widget: it holds the pointer, has focus, and the browser stays out of it. */
  begin(id: WidgetId, event: PointerInput): void {
    this.capture(event.pointerId, id);
    this.focus(id);
    this.use(event);
  }

  announce(text: string, assertive: boolean): void {
    this.#context.requests.announce(text, assertive);
  }

  repaint(reason: string, afterMs: number): void {
    this.#context.requests.repaint(reason, afterMs);
  }
}
