import { type Rect, sameRect } from '../geometry/index.js';
import {
  checkedRange,
  type Histogram,
  type ImageSource,
  type SampleImages,
  type ValueRange,
} from '../images/index.js';
import type { Shape } from '../paint/index.js';
import type { PointerInput, RegionResponse, Semantics, Theme, Ui, UiEvent, WidgetId } from '../ui/index.js';
import { barShapes, handleRect, valueOfX, windowShapes, xOfValue } from './histogram-shapes.js';
import {
  automaticWindow,
  formatOnScale,
  movedEnd,
  movedWindow,
  type WindowEnd,
  type WindowScale,
  windowScale,
} from './value-window.js';

const bins = 128;
const heightPx = 72;
/** How near a handle is near enough, CSS px. */
const reachPx = (event: PointerInput): number => (event.pointerType === 'touch' ? 22 : 9);

const names = { lo: 'Black point', hi: 'White point' } as const;
const ends: readonly WindowEnd[] = ['lo', 'hi'];

/** What the handles show before anyone moved them, where the source does not tell. */
const usualRange = (data: Data | null): ValueRange => ({ lo: 0, hi: data?.isWhole === false ? 1 : 255 });

type Data = { readonly histogram: Histogram; readonly isWhole: boolean };
type Drag = { readonly pointerId: number; readonly held: WindowEnd | 'both'; readonly lastX: number };
type Bars = {
  readonly data: Data;
  readonly scale: WindowScale;
  readonly place: Rect;
  readonly theme: Theme;
  readonly shapes: readonly Shape[];
};

/** What the control needs of the innotation it belongs to, in one build. */
export type HistogramStage = {
  readonly images: SampleImages;
  /** null while the image is not there. */
  readonly source: ImageSource | null;
  readonly desc: string;
  /** CSS px: as wide as the image. */
  readonly width: number;
  redraw(reason: string): void;
};

/**
 * The histogram of an image with the window on its values: handles, the part between them, fields and keys move it, live. The window is
 * one for all samples, and belongs to the view: no edit, no undo.
 */
export class HistogramControl {
  #range: ValueRange | null = null;
  /** Of the source that is shown; null until it was read. */
  #data: Data | null = null;
  #asked: ImageSource | null = null;
  #drag: Drag | null = null;
  /** The axis stands still while something is dragged on it. */
  #held: WindowScale | null = null;
  #bars: Bars | null = null;
  #wrong: WindowEnd | null = null;

  /** null: as the transform says. */
  get range(): ValueRange | null {
    return this.#range;
  }
  set range(range: ValueRange | null) {
    this.#range = checkedRange(range);
  }

  /** Another sample: its values are read when it is there. */
  forget(): void {
    this.#asked = null;
    this.#data = null;
    this.#drag = null;
    this.#held = null;
  }

  build(ui: Ui, stage: HistogramStage): void {
    this.#read(stage);
    const { desc, width, source } = stage;
    const disabled = source === null;
    ui.column(
      'window',
      { label: `Window of ${desc}`, layout: { gap: 6, maxWidth: '100%', minWidth: 0 } },
      () => {
        const region = ui.region('histogram', {
          label: `Histogram of ${desc}`,
          roleDescription: 'histogram',
          size: { width, height: heightPx },
          layout: { height: heightPx },
          focusable: false,
          disabled,
          touchAction: 'pan-y',
          cursor: this.#drag ? 'grabbing' : 'ew-resize',
          paint: (place) => this.#paint(place, stage, ui.theme),
          children: (place, childId) =>
            ends.map((end) => this.#semantics(end, place, stage, childId, disabled)),
        });
        if (!disabled) this.#perform(region, stage);
        ui.row('values', { layout: { gap: 6, flexWrap: 'wrap' } }, () => this.#fields(ui, stage, disabled));
      },
    );
  }

  /** What is shown black and white now. */
  #window({ source }: HistogramStage): ValueRange {
    return this.#range ?? this.#natural(source);
  }

  #natural(source: ImageSource | null): ValueRange {
    return source?.rendering?.range ?? usualRange(this.#data);
  }

  #scale(stage: HistogramStage): WindowScale {
    if (this.#held) return this.#held;
    const natural = this.#natural(stage.source);
    const scale = windowScale(this.#data?.histogram ?? null, natural, this.#data?.isWhole ?? true);
    const { lo, hi } = this.#window(stage);
    return { ...scale, least: Math.min(scale.least, lo, hi), most: Math.max(scale.most, lo, hi) };
  }

  #read({ source, images, redraw }: HistogramStage): void {
    if (!source || this.#asked === source) return;
    this.#asked = source;
    Promise.all([images.histogram(bins), images.values(0, 0)]).then(
      ([histogram, { dtype }]) => {
        if (this.#asked !== source) return;
        this.#data = { histogram, isWhole: !/^f/.test(dtype) };
        redraw('histogram was read');
      },
      // The image went meanwhile, or says itself what is wrong with it: the handles work without bars.
      () => undefined,
    );
  }

  #set(range: ValueRange | null, { images, redraw }: HistogramStage): void {
    this.#range = range;
    images.setRange(range);
    redraw('window moved');
  }

  #perform(region: RegionResponse, stage: HistogramStage): void {
    const { rect: place } = region;
    for (const { child, value } of region.values) {
      const end = ends.find((one) => one === child);
      if (end) this.#moveTo(end, this.#valueOfStep(value, this.#scale(stage)), stage);
    }
    for (const event of region.events) {
      if (event.tag === 'pointer' && place) this.#pointer(event, region, place, stage);
      if (event.tag === 'key') this.#key(event, region, stage);
    }
  }

  #moveTo(end: WindowEnd, value: number, stage: HistogramStage): void {
    const before = this.#window(stage);
    const moved = movedEnd(before, end, value, this.#scale(stage));
    if (moved[end] !== before[end]) this.#set(moved, stage);
  }

  #pointer(event: PointerInput, region: RegionResponse, place: Rect, stage: HistogramStage): void {
    if (event.phase === 'down' && event.button === 0) {
      region.use(event);
      if (event.clicks === 2) this.#set(null, stage);
      else this.#press(event, region, place, stage);
      return;
    }
    if (event.pointerId !== this.#drag?.pointerId) return;
    if (event.phase === 'move') this.#dragTo(event.at.x, place, stage);
    if (event.phase === 'up' || event.phase === 'cancel') {
      this.#drag = null;
      this.#held = null;
      stage.redraw('window let go');
    }
  }

  #press(event: PointerInput, region: RegionResponse, place: Rect, stage: HistogramStage): void {
    const scale = this.#scale(stage);
    const window = this.#window(stage);
    const { x } = event.at;
    const away = (end: WindowEnd) => Math.abs(xOfValue(window[end], scale, place) - x);
    const nearest = nearestEnd(window, valueOfX(x, scale, place));
    const value = valueOfX(x, scale, place);
    const isInside = value > Math.min(window.lo, window.hi) && value < Math.max(window.lo, window.hi);
    const held = isInside && away(nearest) > reachPx(event) ? 'both' : nearest;
    region.capture(event.pointerId);
    this.#held = scale;
    this.#drag = { pointerId: event.pointerId, held, lastX: x };
    if (held !== 'both' && away(held) > reachPx(event)) this.#moveTo(held, value, stage);
  }

  #dragTo(x: number, place: Rect, stage: HistogramStage): void {
    const scale = this.#scale(stage);
    const drag = this.#drag!;
    if (drag.held !== 'both') {
      this.#moveTo(drag.held, valueOfX(x, scale, place), stage);
      return;
    }
    const before = this.#window(stage);
    const moved = movedWindow(before, valueOfX(x, scale, place) - valueOfX(drag.lastX, scale, place), scale);
    if (moved.lo === before.lo) return;
    const went = xOfValue(moved.lo, scale, place) - xOfValue(before.lo, scale, place);
    this.#drag = { ...drag, lastX: drag.lastX + went };
    this.#set(moved, stage);
  }

  #key(event: Extract<UiEvent, { tag: 'key' }>, region: RegionResponse, stage: HistogramStage): void {
    const end = ends.find((one) => one === region.focusedNow);
    const { ctrl, alt, meta, shift } = event.modifiers;
    if (!end || event.phase !== 'down' || ctrl || alt || meta) return;
    const scale = this.#scale(stage);
    const value = this.#window(stage)[end];
    const to = steppedBy(event.key, shift ? 10 : 1, value, scale);
    if (to === null) return;
    region.use(event);
    this.#moveTo(end, to, stage);
  }

  #paint(place: Rect, stage: HistogramStage, theme: Theme): readonly Shape[] {
    const scale = this.#scale(stage);
    return [
      {
        tag: 'rounded',
        rect: place,
        radius: 4,
        fill: theme.surface,
        border: { width: 1, color: theme.surfaceBorder },
      },
      ...(this.#data ? this.#barsOf(this.#data, scale, place, stage, theme) : []),
      ...windowShapes(this.#window(stage), scale, place, theme),
    ];
  }

  /** The same shapes as long as nothing of them changed: they are some hundreds. */
  #barsOf(
    data: Data,
    scale: WindowScale,
    place: Rect,
    { source }: HistogramStage,
    theme: Theme,
  ): readonly Shape[] {
    const kept = this.#bars;
    const isSame =
      kept?.data === data &&
      kept.theme === theme &&
      sameRect(kept.place, place) &&
      kept.scale.least === scale.least &&
      kept.scale.most === scale.most;
    if (isSame) return kept.shapes;
    const picks = source?.rendering?.picks ?? data.histogram.counts.map((_, channel) => channel);
    const shapes = barShapes(data.histogram, picks, scale, place, theme);
    this.#bars = { data, scale, place, theme, shapes };
    return shapes;
  }

  /** Whole numbers: of whole values themselves, else of steps along the axis. */
  #valueOfStep(at: number, { least, step }: WindowScale): number {
    return step === 1 ? at : least + at * step;
  }

  #semantics(
    end: WindowEnd,
    place: Rect,
    stage: HistogramStage,
    childId: (key: string) => WidgetId,
    disabled: boolean,
  ): Semantics {
    const scale = this.#scale(stage);
    const { least, most, step } = scale;
    const window = this.#window(stage);
    const steps = (value: number) => Math.round(step === 1 ? value : (value - least) / step);
    return {
      id: childId(end),
      role: 'slider',
      name: names[end],
      rect: handleRect(window, end, scale, place),
      focusable: !disabled,
      disabled,
      valueNow: steps(window[end]),
      valueMin: steps(least),
      valueMax: steps(most),
      valueText: formatOnScale(window[end], scale),
      touchAction: 'pan-y',
    };
  }

  #fields(ui: Ui, stage: HistogramStage, disabled: boolean): void {
    const scale = this.#scale(stage);
    for (const end of ends) {
      const response = ui.textField(`${end}-value`, formatOnScale(this.#window(stage)[end], scale), {
        label: `${names[end]} value`,
        caption: 'none',
        invalid: this.#wrong === end,
        disabled,
        layout: { width: 96 },
      });
      if (response.edited !== undefined) this.#typed(end, response.edited, stage);
      if ((response.committed || response.cancelled || response.focusLost) && this.#wrong === end) {
        this.#wrong = null;
        stage.redraw('a value that is none was given up');
      }
    }
    const automatic = this.#data && automaticWindow(this.#data.histogram);
    if (
      ui.button('auto', 'Auto', { name: 'Fit the window to the values', disabled: disabled || !automatic })
    ) {
      this.#set(roundedWindow(automatic!, scale), stage);
    }
    if (
      ui.button('reset', 'Reset', { name: 'Reset the window', disabled: disabled || this.#range === null })
    ) {
      this.#set(null, stage);
    }
  }

  #typed(end: WindowEnd, text: string, stage: HistogramStage): void {
    const value = text.trim() === '' ? Number.NaN : Number(text.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2'));
    const next = { ...this.#window(stage), [end]: value };
    const isRight = Number.isFinite(value) && next.lo !== next.hi;
    this.#wrong = isRight ? null : end;
    if (isRight) this.#set(next, stage);
    else stage.redraw('no value of a window');
  }
}

/** The end that a press there is meant for: beyond an end it is that one, whatever is nearer in px. */
const nearestEnd = ({ lo, hi }: ValueRange, value: number): WindowEnd => {
  const middle = (lo + hi) / 2;
  return value < middle === lo < hi ? 'lo' : 'hi';
};

const roundedWindow = ({ lo, hi }: ValueRange, { step }: WindowScale): ValueRange => {
  if (step !== 1) return { lo, hi };
  const low = Math.floor(lo);
  return { lo: low, hi: Math.max(low + 1, Math.ceil(hi)) };
};

/** Where a key takes a value: arrows by some steps, pages by a tenth of the axis; null for other keys. */
const steppedBy = (
  key: string,
  steps: number,
  value: number,
  { least, most, step }: WindowScale,
): number | null => {
  const page = Math.max(step, (most - least) / 10);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return value + steps * step;
    case 'ArrowLeft':
    case 'ArrowDown':
      return value - steps * step;
    case 'PageUp':
      return value + page;
    case 'PageDown':
      return value - page;
    case 'Home':
      return least;
    case 'End':
      return most;
    default:
      return null;
  }
};
