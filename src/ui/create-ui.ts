import { intersection, isEmpty, type Rect } from '../geometry/index.js';
import type { Shape, TextMeasure } from '../paint/index.js';
import { eventBatches } from './batches.js';
import { Build, type BuildContext } from './build.js';
import type { Ui } from './contract.js';
import type { Metrics } from './host.js';
import type { FrameInput, UiEvent, WidgetId } from './input.js';
import {
  type Interaction,
  newInteraction,
  nodeAt,
  ownerOf,
  type Placed,
  routeEvents,
  updateHover,
} from './interaction.js';
import { KeptState } from './kept-state.js';
import { focusRing } from './looks.js';
import type { WidgetNode } from './node.js';
import type { FrameOutput, Semantics } from './output.js';
import { Placement } from './placement.js';
import { Requests } from './requests.js';
import type { Theme } from './theme.js';
import { UiOfBuild } from './ui-of-build.js';

/** The immediate-mode context: frames in, pictures and semantics out. */
export interface UiContext {
  /** May be set between frames (another colour scheme, forced colours); state of widgets stays. */
  theme: Theme;
  /**
   * Runs the build for the events since the last frame and paints what it left. The build runs at least once, once for each event that
   * can be answered, and again without events while places or answers changed, so that nothing old is shown.
   */
  frame(input: FrameInput, build: (ui: Ui) => void): FrameOutput;
  /** Fonts changed: everything is measured anew in the next frame. */
  forgetMeasures(): void;
}

/** Builds without events that may follow in one frame until places rest; a layout that never does is shown as it is. */
const mostQuietBuilds = 3;

class Context implements UiContext {
  theme: Theme;
  readonly #text: TextMeasure;
  readonly #interaction: Interaction = newInteraction();
  readonly #kept = new KeptState();
  readonly #placement: Placement;
  #placed: Placed = { nodes: [], byId: new Map() };

  constructor(text: TextMeasure, theme: Theme, report?: (message: string) => void) {
    this.#placement = new Placement(report);
    this.#text = text;
    this.theme = theme;
  }

  forgetMeasures(): void {
    this.#placement.forget();
  }

  frame(input: FrameInput, build: (ui: Ui) => void): FrameOutput {
    const requests = new Requests();
    let settled = true;
    for (const batch of eventBatches(input.events)) settled = this.#build(batch, input, build, requests);
    for (let i = 0; i < mostQuietBuilds && !settled; i++) settled = this.#build([], input, build, requests);
    this.#kept.dropUnseen();
    this.#forgetTheGone();
    updateHover(this.#interaction, this.#placed);
    return this.#output(input, requests);
  }

  /** False where another build is needed before anything is shown. */
  #build(batch: readonly UiEvent[], input: FrameInput, run: (ui: Ui) => void, requests: Requests): boolean {
    const routed = routeEvents(batch, this.#interaction, this.#placed, input.timeMs);
    this.#kept.startBuild();
    const build = new Build(this.#contextFor(input, requests), routed, input);
    for (const { id, event } of routed.pressed) build.begin(id, event);
    run(new UiOfBuild(build));
    build.close();
    const moved = this.#placement.place(build, input.width, this.theme.spacePx, this.theme.fontSizePx);
    this.#placed = build;
    return !moved && !build.hasAnswered;
  }

  #contextFor(input: FrameInput, requests: Requests): BuildContext {
    return {
      theme: this.theme,
      text: this.#text,
      metrics: metricsOf(this.theme, input.coarsePointer),
      interaction: this.#interaction,
      kept: this.#kept,
      requests,
      placed: this.#placed,
    };
  }

  /** A widget that is gone, or disabled under the pointer, holds nothing any more. */
  #forgetTheGone(): void {
    const { captures, focused } = this.#interaction;
    for (const [pointerId, id] of captures) {
      if (this.#placed.byId.get(id)?.hit?.disabled !== false) captures.delete(pointerId);
    }
    if (focused !== null && ownerOf(this.#placed, focused) === null) this.#interaction.focused = null;
  }

  #output(input: FrameInput, requests: Requests): FrameOutput {
    const picture: Shape[] = [];
    for (const node of this.#placed.nodes) node.paint?.(node.rect, picture);
    const root: Rect = { x: 0, y: 0, width: input.width, height: this.#placement.contentHeight };
    const children = this.#placement.roots.flatMap(semanticsOf);
    const semantics: Semantics = { id: '', role: 'group', name: '', rect: root, focusable: false, children };
    picture.push(...this.#ring(semantics));
    return {
      picture,
      semantics,
      cursor: this.#cursor(),
      requests: requests.list(this.#interaction.focused),
      contentHeight: this.#placement.contentHeight,
    };
  }

  #cursor(): string {
    const { captures, hoverAt } = this.#interaction;
    for (const id of captures.values()) return this.#placed.byId.get(id)?.hit?.cursor ?? 'default';
    return (hoverAt && nodeAt(this.#placed, hoverAt)?.hit?.cursor) ?? 'default';
  }

  #ring(semantics: Semantics): Shape[] {
    const { focused, focusVisible } = this.#interaction;
    if (focused === null || !focusVisible) return [];
    const target = findSemantics(semantics, focused);
    const owner = ownerOf(this.#placed, focused);
    if (!target || !owner) return [];
    const seen = intersection(target.rect, owner.rect);
    return isEmpty(seen) ? [] : [focusRing(seen, this.theme.radiusPx, this.theme.focusRing)];
  }
}

const metricsOf = (theme: Theme, coarse: boolean): Metrics => ({
  font: { family: theme.fontFamily, sizePx: theme.fontSizePx, weight: 400 },
  controlHeight: coarse ? theme.coarseControlHeightPx : theme.controlHeightPx,
  space: theme.spacePx,
});

const semanticsOf = (node: WidgetNode): readonly Semantics[] => {
  const children = node.children.flatMap(semanticsOf);
  return node.semantics ? [node.semantics(node.rect, children)] : children;
};

const findSemantics = (node: Semantics, id: WidgetId): Semantics | null => {
  if (node.id === id) return node;
  for (const child of node.children ?? []) {
    const found = findSemantics(child, id);
    if (found) return found;
  }
  return null;
};

export type UiOptions = {
  /** Measures as the renderer draws. */
  readonly text: TextMeasure;
  readonly theme: Theme;
  /** Told once of every unknown key or value in a `layout`. */
  readonly report?: (message: string) => void;
};

/** A context without widgets yet. */
export const createUi = ({ text, theme, report }: UiOptions): UiContext => new Context(text, theme, report);
