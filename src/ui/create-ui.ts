import type { Rect } from '../geometry/index.js';
import type { LineMeasure } from '../paint/index.js';
import { Appearances } from './appearances.js';
import { eventBatches } from './batches.js';
import { Build } from './build.js';
import type { Ui } from './contract.js';
import { paintedTrees, ringOf, toldOf } from './frame-picture.js';
import type { Metrics } from './host.js';
import type { FrameInput, UiEvent, WidgetId } from './input.js';
import {
  type Interaction,
  newInteraction,
  nodeAt,
  ownerOf,
  type Placed,
  type Routed,
  routeEvents,
  updateHover,
} from './interaction.js';
import type { FrameOutput } from './output.js';
import { Placement } from './placement.js';
import type { Popup, PopupLayer } from './popup-layer.js';
import { Requests } from './requests.js';
import { sameEntries } from './same.js';
import type { Theme } from './theme.js';
import { UiOfBuild } from './ui-of-build.js';
import { WidgetSlots } from './widget-slots.js';

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
  readonly #text: LineMeasure;
  readonly #interaction: Interaction = newInteraction();
  readonly #slots = new WidgetSlots();
  readonly #placement: Placement;
  /** Null until its code is loaded. */
  #popupLayer: PopupLayer | null = null;
  readonly #appearances = new Appearances();
  #placed: Placed = { nodes: [], byId: { get: () => undefined } };
  #popups: readonly Popup[] = [];
  #build: Build | null = null;
  #metrics: Metrics | null = null;

  constructor(text: LineMeasure, theme: Theme, report?: (message: string) => void) {
    this.#placement = new Placement(report);
    this.#text = text;
    this.theme = theme;
  }

  forgetMeasures(): void {
    this.#placement.forget();
    this.#appearances.forget();
    this.#metrics = null;
  }

  frame(input: FrameInput, build: (ui: Ui) => void): FrameOutput {
    if (input.popups) this.#popupLayer ??= new input.popups();
    const requests = new Requests();
    let settled = true;
    for (const batch of eventBatches(input.events)) settled = this.#run(batch, input, build, requests);
    for (let i = 0; i < mostQuietBuilds && !settled; i++) settled = this.#run([], input, build, requests);
    if (this.#build) this.#slots.trim(this.#build.number, this.#placed.nodes.length);
    this.#forgetTheGone();
    updateHover(this.#interaction, this.#placed);
    return this.#output(input, requests);
  }

  /** False where another build is needed before anything is shown. */
  #run(batch: readonly UiEvent[], input: FrameInput, run: (ui: Ui) => void, requests: Requests): boolean {
    const routed = routeEvents(batch, this.#interaction, this.#placed, input.timeMs);
    const build = this.#started(routed, input, requests);
    for (const { id, event } of routed.pressed) build.begin(id, event);
    run(new UiOfBuild(build));
    this.#popupLayer?.tooltips.add(build, batch, this.#interaction, this.#placed);
    const moved = this.#placement.place(build, input.width, this.theme.spacePx, this.theme.fontSizePx);
    const popupsMoved = this.#placePopups(build);
    return !moved && !popupsMoved && !build.hasAnswered;
  }

  /** Popups lie over everything else, the later over the earlier. */
  #placePopups(build: Build): boolean {
    const { nodes, byId, popups } = build;
    const rectOf = (id: WidgetId) => byId.get(id)?.rect ?? null;
    const moved =
      this.#popupLayer?.place(popups, rectOf, () => build.viewport, this.theme.fontSizePx) ?? false;
    this.#popups = popups;
    this.#placed =
      popups.length === 0 ? { nodes, byId } : { nodes: [...nodes, ...popups.flatMap((p) => p.nodes)], byId };
    return moved;
  }

  #started(routed: Routed, input: FrameInput, requests: Requests): Build {
    const { theme } = this;
    const metrics = metricsOf(theme, input.coarsePointer);
    if (!this.#metrics || !sameMetrics(metrics, this.#metrics)) this.#metrics = metrics;
    const start = { theme, metrics: this.#metrics, requests, routed, input };
    this.#build ??= new Build(
      { text: this.#text, interaction: this.#interaction, slots: this.#slots },
      start,
    );
    this.#build.start(start);
    return this.#build;
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
    const { roots, contentHeight } = this.#placement;
    const layer = this.#popupLayer;
    const rect: Rect = { x: 0, y: 0, width: input.width, height: contentHeight };
    const appearances = this.#appearances;
    const surroundings = [this.theme, input.coarsePointer, input.devicePixelRatio];
    appearances.start(surroundings, this.#placement.version + (layer?.version ?? 0), this.#interaction);
    const children = toldOf(roots, appearances);
    if (layer) children.push(...layer.semantics(this.#popups, appearances));
    const ring = ringOf(this.#interaction, this.#placed, children, this.theme);
    const popups = layer?.outputs(this.#popups, ring, appearances) ?? [];
    const picture = paintedTrees(roots, appearances);
    if (ring && !this.#popups.some(({ nodes }) => nodes.includes(ring.owner))) picture.push(ring.shape);
    return {
      picture,
      popups,
      semantics: { id: '', role: 'group', name: '', rect, focusable: false, children },
      cursor: this.#cursor(),
      requests: requests.list(this.#interaction.focused),
      contentHeight,
    };
  }

  #cursor(): string {
    const { captures, hoverAt } = this.#interaction;
    for (const id of captures.values()) return this.#placed.byId.get(id)?.hit?.cursor ?? 'default';
    return (hoverAt && nodeAt(this.#placed, hoverAt)?.hit?.cursor) ?? 'default';
  }
}

const sameMetrics = (a: Metrics, b: Metrics): boolean =>
  sameEntries(a.font, b.font) && a.controlHeight === b.controlHeight && a.space === b.space;

const metricsOf = (theme: Theme, coarse: boolean): Metrics => ({
  font: { family: theme.fontFamily, sizePx: theme.fontSizePx, weight: 400 },
  controlHeight: coarse ? theme.coarseControlHeightPx : theme.controlHeightPx,
  space: theme.spacePx,
});

export type UiOptions = {
  /** Measures as the renderer draws. */
  readonly text: LineMeasure;
  readonly theme: Theme;
  /** Told once of every unknown key or value in a `layout`. */
  readonly report?: (message: string) => void;
};

/** A context without widgets yet. */
export const createUi = ({ text, theme, report }: UiOptions): UiContext => new Context(text, theme, report);
