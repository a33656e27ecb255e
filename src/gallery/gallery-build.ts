import { clamp, type Rect, rect } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import {
  dragBy,
  type Gliding,
  glide,
  letGo,
  type PointerInput,
  type RegionResponse,
  type Semantics,
  takeHold,
  type Ui,
  type UiEvent,
  type WidgetId,
} from '../ui/index.js';
import { captionPx, cellPaddingPx, cellShapes } from './cell-shapes.js';
import { cellAt, cellRect, cellsInSight, type Grid, gridOf, scrolledTo, stepTo } from './grid.js';
import type { Thumbnails } from './thumbnails.js';

/** How a choice changes the selection: it alone, it as well or not any more, all from the last one on; or the place alone. */
export type Choice = 'only' | 'toggle' | 'range' | 'none';

/** What the grid shows and tells. Positions are those of the order shown. */
export interface GalleryModel {
  readonly label: string;
  readonly count: number;
  readonly active: number;
  readonly chosenCount: number;
  readonly thumbnailPx: number;
  readonly hasCaptions: boolean;
  /** 0…1 while rows are filtered or sorted; null otherwise. */
  readonly ordering: number | null;
  /** Why the last order could not be made. */
  readonly orderProblem: string;
  readonly emptyText: string;
  readonly thumbnails: Thumbnails | null;
  uindexAt(position: number): number;
  isChosen(uindex: number): boolean;
  caption(uindex: number): string;
  /** For assistive technology. */
  nameOf(uindex: number): string;
  outlines(uindex: number, view: Parameters<CellOutlines>[0], frame: Rect, ui: Ui): readonly Shape[];
  choose(position: number, choice: Choice): void;
  chooseAll(): void;
  chooseNone(): void;
  open(position: number): void;
  /** The order is tried again, and the pictures that failed. */
  retry(): void;
}
type CellOutlines = (view: { scale: number; x: number; y: number }, frame: Rect) => readonly Shape[];

const barPx = 10;
const leastThumbPx = 24;
/** A press moves less than this, CSS px; a finger held longer than that adds to the selection. */
const slackPx = 8;
const holdMs = 500;

type Press =
  | { readonly kind: 'bar'; readonly grip: number }
  | { readonly kind: 'touch'; readonly from: PointerInput; lastY: number; hasMoved: boolean };

/** One frame of a gallery, and what it keeps between frames: how far it is scrolled, and the press under way. */
export class GalleryBuild {
  readonly #model: GalleryModel;
  readonly #scroll: Gliding = { scrollTop: 0, velocity: 0, movedAtMs: 0 };
  #press: Press | null = null;
  /** The position that is to come into sight. */
  #revealed: number | null = null;
  #grid: Grid = gridOf(0, 1, { width: 1, height: 1 });
  #rect: Rect | null = null;
  /** Least motion is wanted. */
  reducedMotion = false;
  /** Of the grid, CSS px. */
  heightPx = 480;

  constructor(model: GalleryModel) {
    this.#model = model;
  }

  reveal(position: number): void {
    this.#revealed = position;
  }

  build(ui: Ui): void {
    const model = this.#model;
    ui.column('gallery', { layout: { alignItems: 'stretch', padding: 8, gap: 6 } }, () => {
      const region = ui.region('samples', {
        label: model.label,
        roleDescription: 'gallery',
        busy: model.ordering !== null,
        list: { active: model.count > 0 ? String(model.active) : null },
        size: { width: 320, height: this.heightPx },
        layout: { width: '100%', height: this.heightPx, alignSelf: 'stretch' },
        touchAction: 'none',
        paint: (frame) => this.#paint(frame, ui, region.focused),
        children: (frame, childId) => this.#options(frame, childId),
      });
      this.#follow(region, ui);
      this.#lines(ui);
    });
  }

  #lines(ui: Ui): void {
    const model = this.#model;
    const { ordering, count, chosenCount } = model;
    const failed = model.thumbnails?.failed.length ?? 0;
    const chosen = chosenCount > 0 ? `, ${chosenCount.toLocaleString('en')} selected` : '';
    const text = ordering === null ? `${samples(count)}${chosen}` : 'Filtering and sorting';
    ui.row('line', { layout: { flexWrap: 'wrap', gap: 12 } }, () => {
      ui.message('count', text, { kind: 'status' });
      if (ordering !== null) {
        const layout = { flexGrow: 1, maxWidth: 320 };
        ui.progressBar('ordering', { label: 'Filtering and sorting', value: ordering, layout });
      }
    });
    const problem = model.orderProblem || (failed > 0 ? `${samples(failed)} cannot be shown.` : '');
    if (ui.message('problem', problem, { kind: 'alert', action: 'Retry' })) model.retry();
  }

  #follow(region: RegionResponse, ui: Ui): void {
    this.#rect = region.rect;
    if (!region.rect) return;
    this.#layOut(region.rect);
    for (const event of region.events) this.#event(event, region, ui);
    const activated = region.activatedChild;
    if (activated !== null) this.#model.choose(Number(activated), 'only');
    if (this.#press === null) glide(ui, this.#scroll, this.#most);
    if (this.#revealed !== null && this.#revealed < this.#grid.count) {
      this.#scrollTo(scrolledTo(this.#grid, this.#revealed, this.#scroll.scrollTop, region.rect.height));
    }
    this.#revealed = null;
    this.#scrollTo(this.#scroll.scrollTop);
  }

  #layOut(frame: Rect): void {
    const { count, thumbnailPx, hasCaptions } = this.#model;
    const side = thumbnailPx + 2 * cellPaddingPx;
    const cell = { width: side, height: side + (hasCaptions ? captionPx : 0) };
    this.#grid = gridOf(count, Math.max(1, frame.width - barPx), cell);
  }

  get #most(): number {
    return Math.max(0, this.#grid.height - (this.#rect?.height ?? 0));
  }

  #scrollTo(top: number): void {
    this.#scroll.scrollTop = clamp(top, 0, this.#most);
  }

  #event(event: UiEvent, region: RegionResponse, ui: Ui): void {
    if (event.tag === 'wheel') this.#wheel(event, region);
    else if (event.tag === 'key' && event.phase === 'down') this.#key(event, region);
    else if (event.tag === 'pointer') this.#pointer(event, region, ui);
  }

  #wheel(event: Extract<UiEvent, { tag: 'wheel' }>, region: RegionResponse): void {
    const before = this.#scroll.scrollTop;
    if (event.zoom) return;
    this.#scroll.velocity = 0;
    this.#scrollTo(before + event.deltaY);
    if (this.#scroll.scrollTop !== before) region.use(event);
  }

  #key(event: Extract<UiEvent, { tag: 'key' }>, region: RegionResponse): void {
    const model = this.#model;
    const { ctrl, meta, shift, alt } = event.modifiers;
    if (model.count === 0 || alt) return;
    const isMod = ctrl || meta;
    const rows = Math.floor((this.#rect?.height ?? 0) / this.#grid.cellHeight);
    const to = stepTo(this.#grid, model.active, event.key, rows);
    if (to !== null) {
      model.choose(to, shift ? 'range' : isMod ? 'none' : 'only');
      this.#revealed = to;
    } else if (event.key === ' ') model.choose(model.active, shift ? 'range' : 'toggle');
    else if (event.key === 'Enter') model.open(model.active);
    else if (event.key === 'Escape' && model.chosenCount > 0) model.chooseNone();
    else if (isMod && event.key.toLowerCase() === 'a') model.chooseAll();
    else return;
    region.use(event);
  }

  #pointer(event: PointerInput, region: RegionResponse, ui: Ui): void {
    if (event.phase === 'down' && event.button === 0) this.#down(event, region);
    else if (event.phase === 'move') this.#move(event);
    else if (event.phase === 'up' || event.phase === 'cancel') this.#up(event, region, ui);
  }

  #down(event: PointerInput, region: RegionResponse): void {
    const thumb = this.#thumb();
    region.capture(event.pointerId);
    region.focus();
    region.use(event);
    if (this.#rect && thumb && event.at.x >= this.#rect.x + this.#rect.width - barPx) {
      const isOn = event.at.y >= thumb.y && event.at.y < thumb.y + thumb.height;
      this.#press = { kind: 'bar', grip: isOn ? event.at.y - thumb.y : thumb.height / 2 };
      this.#move(event);
    } else if (event.pointerType === 'touch') {
      takeHold(this.#scroll, event.timeMs);
      this.#press = { kind: 'touch', from: event, lastY: event.at.y, hasMoved: false };
    } else this.#choose(event, event.modifiers);
  }

  #move({ at, timeMs }: PointerInput): void {
    const press = this.#press;
    const thumb = this.#thumb();
    if (press?.kind === 'bar' && thumb && this.#rect) {
      const way = this.#rect.height - thumb.height;
      if (way > 0) this.#scrollTo(((at.y - this.#rect.y - press.grip) / way) * this.#most);
    }
    if (press?.kind !== 'touch') return;
    press.hasMoved ||= Math.abs(at.y - press.from.at.y) > slackPx;
    if (press.hasMoved) dragBy(this.#scroll, press.lastY - at.y, this.#most, timeMs);
    press.lastY = at.y;
  }

  #up(event: PointerInput, region: RegionResponse, ui: Ui): void {
    const press = this.#press;
    this.#press = null;
    if (press?.kind !== 'touch') return;
    letGo(this.#scroll, event.timeMs, this.reducedMotion);
    if (press.hasMoved || event.phase === 'cancel') return;
    const isHeld = event.timeMs - press.from.timeMs >= holdMs;
    this.#choose(press.from, { ...press.from.modifiers, ctrl: isHeld });
    region.use(event);
    ui.repaint('chosen by a finger');
  }

  #choose(event: PointerInput, { shift, ctrl, meta }: PointerInput['modifiers']): void {
    const position = this.#at(event);
    if (position === null) return;
    this.#model.choose(position, shift ? 'range' : ctrl || meta ? 'toggle' : 'only');
    if (event.clicks === 2 && !shift && !ctrl && !meta) this.#model.open(position);
  }

  #at({ at }: PointerInput): number | null {
    if (!this.#rect) return null;
    return cellAt(this.#grid, { x: at.x - this.#rect.x, y: at.y - this.#rect.y + this.#scroll.scrollTop });
  }

  #thumb(): Rect | null {
    const frame = this.#rect;
    if (!frame || this.#most === 0) return null;
    const height = Math.max(leastThumbPx, (frame.height * frame.height) / this.#grid.height);
    const y = frame.y + (this.#scroll.scrollTop / this.#most) * (frame.height - height);
    return rect(frame.x + frame.width - barPx + 3, y, barPx - 4, height);
  }

  /** Where a cell lies in the frame. */
  #placed(frame: Rect, position: number): Rect {
    const cell = cellRect(this.#grid, position);
    return rect(frame.x + cell.x, frame.y + cell.y - this.#scroll.scrollTop, cell.width, cell.height);
  }

  #paint(frame: Rect, ui: Ui, hasFocus: boolean): readonly Shape[] {
    const model = this.#model;
    this.#rect = frame;
    this.#layOut(frame);
    this.#scrollTo(this.#scroll.scrollTop);
    const [from, to] = cellsInSight(this.#grid, this.#scroll.scrollTop, frame.height);
    this.#want(frame, from, to, ui);
    const shapes: Shape[] = [];
    for (let position = from; position < to; position++) {
      const uindex = model.uindexAt(position);
      const look = {
        thumbnail: model.thumbnails?.get(uindex),
        caption: model.caption(uindex),
        isChosen: model.isChosen(uindex),
        isActive: position === model.active,
        hasFocus,
        outlines: (view: { scale: number; x: number; y: number }, at: Rect) =>
          model.outlines(uindex, view, at, ui),
      };
      shapes.push(...cellShapes(this.#placed(frame, position), look, ui));
    }
    if (model.count === 0 && model.ordering === null) shapes.push(note(model.emptyText, frame, ui));
    const thumb = this.#thumb();
    const { theme } = ui;
    if (thumb) {
      const fill = this.#press?.kind === 'bar' ? theme.textMuted : theme.controlBorder;
      shapes.push({ tag: 'rounded', rect: thumb, radius: 3, fill });
    }
    return shapes;
  }

  #want(frame: Rect, from: number, to: number, ui: Ui): void {
    const { thumbnails, thumbnailPx } = this.#model;
    const [before, after] = cellsInSight(this.#grid, this.#scroll.scrollTop, frame.height, 1);
    const rows = (first: number, end: number) =>
      Array.from({ length: Math.max(0, end - first) }, (_, i) => this.#model.uindexAt(first + i));
    const soon = [...rows(to, after), ...rows(before, from)];
    const { devicePixelRatio } = ui;
    thumbnails?.show(rows(from, to), soon, thumbnailPx * devicePixelRatio, devicePixelRatio);
  }

  /** Those in sight, and the active one wherever it is. */
  #options(frame: Rect, childId: (key: string) => WidgetId): readonly Semantics[] {
    const model = this.#model;
    const [from, to] = cellsInSight(this.#grid, this.#scroll.scrollTop, frame.height, 1);
    const positions = Array.from({ length: to - from }, (_, i) => from + i);
    const { active, count } = model;
    if (active < from && count > 0) positions.unshift(active);
    if (active >= to && active < count) positions.push(active);
    return positions.map((position) => {
      const uindex = model.uindexAt(position);
      return {
        id: childId(String(position)),
        role: 'option',
        name: model.nameOf(uindex),
        rect: this.#placed(frame, position),
        focusable: false,
        selected: model.isChosen(uindex),
        setSize: count,
        positionInSet: position + 1,
      };
    });
  }
}

const samples = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'sample' : 'samples'}`;

const note = (text: string, frame: Rect, { theme }: Ui): Shape => ({
  tag: 'text',
  text,
  at: { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 },
  align: 'center',
  font: { family: theme.fontFamily, sizePx: theme.fontSizePx, weight: 400 },
  color: theme.textMuted,
  maxWidth: frame.width - 24,
});
