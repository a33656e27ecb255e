import type { BoxValue } from '../dataset/index.js';
import { imagePoint, type Point, type Rect, type ScreenFromImage, type Size } from '../geometry/index.js';
import type { ImageDetail, PaintedImage, SampleImages } from '../images/index.js';
import type { Shape } from '../paint/index.js';
import type { PointerInput, RegionResponse, Semantics, Ui, UiEvent, WidgetId } from '../ui/index.js';
import { boxAt, cursorOfHandle, handleAt } from './box-adjust.js';
import { activeIndex, advance, hoverLayers, neighbour, pickOfLayers, setClass } from './box-choices.js';
import { isBlank, rectOfBox } from './box-geometry.js';
import { adjustByKey, copyBoxes, drawInMiddle, isBoxEdit } from './box-key-edits.js';
import { formatBox } from './box-text.js';
import {
  type BoxToolContext,
  type BoxToolEffect,
  type BoxToolState,
  cancelBoxTool,
  handleReachPx,
  idle,
  previewOf,
  stepBoxTool,
} from './box-tool.js';
import type { ImageBox, Stage } from './contract.js';
import type { ImageBoxes } from './image-boxes.js';
import { type ImageKeyAction, imageKeyAction, panStep } from './image-keys.js';
import { imageTools, toolsHeightPx } from './image-tools.js';
import { type ImageView, middleOf, mostScale } from './image-view.js';
import { loupeAt, loupeShapes } from './loupe.js';
import { Minimap, spokenView } from './minimap.js';
import { pixelGridShapes } from './pixel-grid.js';
import { ReadOut } from './read-out.js';

/** How near a click is near enough to a box of a layer that has no px to be hit, CSS px. */
const clickReachPx = 3;

const spokenBox = (box: ImageBox, uindex: number): string => {
  const label = box.label(uindex)?.text;
  const row = Math.max(0, box.repeatIndex) + 1;
  return `${box.desc}, ${row}: ${formatBox(box.read(uindex))}${label ? `, ${label}` : ''}`;
};

/** One image as it lies on the page at the moment of an event. */
export type ShownImage = {
  readonly stage: Stage;
  /** Size in image pixels. */
  readonly image: Size;
  /** Its frame in CSS px of the canvas. */
  readonly frame: Rect;
};

export type EditorParts = {
  readonly boxes: ImageBoxes;
  readonly view: ImageView;
  isDisabled(): boolean;
  /** Null while the image is not mounted. */
  images(): SampleImages | null;
  readonly isMinimapOn: boolean;
  /** The sample shown before this one, whose boxes can be copied; null: none was yet, and the one before in order is meant. */
  lastUindex(): number | null;
};

/** What is enlarged or made small over an image. */
export type Aids = { readonly loupe: ImageDetail | null; readonly map: ImageDetail | null };

/** Turns what pointers, wheel and keys do on an image into views, choices and edits, and helps to look at it closely. */
export class ImageEditor {
  readonly #parts: EditorParts;
  readonly #boxes: ImageBoxes;
  readonly #view: ImageView;
  readonly #minimap: Minimap;
  readonly #readOut: ReadOut;
  #isMinimapOn: boolean;
  #tool: BoxToolState = idle;
  #panKey = false;
  #hideKey = false;
  #hover: PointerInput | null = null;

  constructor(parts: EditorParts) {
    this.#parts = parts;
    this.#boxes = parts.boxes;
    this.#view = parts.view;
    this.#isMinimapOn = parts.isMinimapOn;
    this.#minimap = new Minimap(parts.view, () => this.#isMinimapOn);
    this.#readOut = new ReadOut(() => parts.images());
  }

  /** What the active box would become, drawn live. */
  get preview(): BoxValue | null {
    return previewOf(this.#tool);
  }

  /** Boxes are hidden while a key is held, so that what is under them can be seen. */
  get hidesBoxes(): boolean {
    return this.#hideKey;
  }

  /** Index of the box under a resting pointer, −1 without one. */
  hovered({ stage, image, frame }: ShownImage): number {
    if (!this.#hover || this.#tool.tag !== 'idle') return -1;
    const boxes = this.#boxes.visible(stage.uindex).map((box) => box.read(stage.uindex));
    return boxAt(boxes, imagePoint(this.#view.current(image, frame), this.#hover.at));
  }

  /** Where the pointer draws or adjusts, in CSS px of the canvas; null otherwise. */
  get #drawingAt(): Point | null {
    return this.#tool.tag === 'drawing' || this.#tool.tag === 'adjusting' ? this.#tool.pScreen : null;
  }

  /** Handles would only be in the way of a box that is being drawn. */
  get showsHandles(): boolean {
    return !this.#parts.isDisabled() && this.#tool.tag !== 'drawing';
  }

  #canAdjust(uindex: number): boolean {
    return !this.#parts.isDisabled() && this.#boxes.editable(uindex) !== null;
  }
  #canDraw(uindex: number): boolean {
    return !this.#parts.isDisabled() && this.#boxes.drawable(uindex) !== null;
  }

  /** A gesture that began on another sample, or before the image went, writes nothing. */
  cancel(): void {
    this.#tool = cancelBoxTool(this.#tool);
    this.#minimap.cancel();
  }

  /** Another image is shown. */
  forgetPixel(): void {
    this.#readOut.reset();
  }

  /** The values under the pointer are read and shown from now on, or no more. */
  readPixel(isOn: boolean, { stage, image, frame }: ShownImage): void {
    const under = this.#hover && imagePoint(this.#view.current(image, frame), this.#hover.at);
    this.#readOut.follow(under, image, isOn, (reason) => stage.redraw(reason));
  }

  aids(view: ScreenFromImage, shown: { readonly image: Size; readonly frame: Rect }): Aids {
    const at = this.#drawingAt;
    return {
      loupe: at && loupeAt(at, view, shown.frame),
      map: at ? null : this.#minimap.detail(shown),
    };
  }

  /** Lines between pixels that are shown large enough. */
  grid(view: ScreenFromImage, image: Size, frame: Rect, ui: Ui): readonly Shape[] {
    return pixelGridShapes(view, image, frame, ui.devicePixelRatio);
  }

  /** What lies over the boxes; `detail` is the image in the loupe or in the minimap. */
  over(
    { map }: Aids,
    { detail }: PaintedImage,
    shown: { readonly image: Size; readonly frame: Rect },
    hasTools: boolean,
    { theme, text }: Ui,
  ): readonly Shape[] {
    const raisedPx = hasTools ? toolsHeightPx : 0;
    return [
      ...(map ? this.#minimap.shapes(map, detail, shown, theme) : []),
      ...this.#readOut.shapes(shown.frame, this.#hover?.at ?? null, raisedPx, theme, text),
    ];
  }

  readonly loupeShapes = loupeShapes;

  semantics(
    shown: { readonly image: Size; readonly frame: Rect },
    childId: (key: string) => WidgetId,
  ): readonly Semantics[] {
    return this.#minimap.semantics(shown, childId);
  }

  /** The buttons that zoom. */
  tools(ui: Ui, desc: string, stage: Stage, shown: ShownImage | null): void {
    const scale = shown ? this.#view.current(shown.image, shown.frame).scale : 1;
    const state = { desc, isAtRest: this.#view.isAtRest, isClosest: scale >= mostScale };
    const action = imageTools(ui, state, stage.keymap);
    if (!action || !shown) return;
    this.#zoom(action, shown);
    stage.redraw('zoom by a button');
  }

  perform(region: RegionResponse, shown: ShownImage): void {
    if (!region.focused) {
      this.#panKey = false;
      this.#hideKey = false;
    }
    if (!region.hovered && this.#hover) {
      this.#hover = null;
      hoverLayers(this.#boxes, null, 0);
    }
    for (const event of region.events) this.#event(event, region, shown);
    this.#boxes.choose(region.activatedChild ?? region.focusedChild, shown.stage);
  }

  cursor(shown: ShownImage | null): string {
    if (this.#tool.tag === 'panning') return 'grabbing';
    if (this.#panKey) return 'grab';
    if (this.#tool.tag === 'adjusting') return cursorOfHandle[this.#tool.handle];
    if (!shown) return 'default';
    const overMinimap = this.#minimap.cursor;
    if (overMinimap) return overMinimap;
    const handle = this.#canAdjust(shown.stage.uindex) ? this.#handleCursor(shown) : undefined;
    return handle ?? (this.#canDraw(shown.stage.uindex) ? 'crosshair' : 'default');
  }

  #handleCursor({ stage, image, frame }: ShownImage): string | undefined {
    const active = this.#boxes.editable(stage.uindex)?.read(stage.uindex);
    if (!active || !this.#hover || isBlank(active)) return undefined;
    const view = this.#view.current(image, frame);
    const handle = handleAt(active, view, this.#hover.at, handleReachPx(this.#hover.pointerType));
    return handle && cursorOfHandle[handle];
  }

  #event(event: UiEvent, region: RegionResponse, shown: ShownImage): void {
    if (event.tag === 'pointer') this.#pointer(event, region, shown);
    else if (event.tag === 'wheel') this.#wheel(event, region, shown);
    else if (event.tag === 'key') this.#key(event, region, shown);
  }

  #pointer(event: PointerInput, region: RegionResponse, shown: ShownImage): void {
    if (event.phase === 'down') region.focus();
    if (this.#tool.tag === 'idle' && this.#minimap.take(event, region, shown)) {
      this.#follow({ ...event, phase: 'leave' }, shown);
      region.use(event);
      shown.stage.redraw('pointer on the minimap');
      return;
    }
    this.#follow(event, shown);
    const before = this.#tool;
    const [state, effects] = stepBoxTool(before, event, this.#context(shown));
    this.#tool = state;
    if (state.tag === 'drawing' && before.tag !== 'drawing') this.#drawOn(shown.stage.uindex);
    if (state.tag !== 'idle' || before.tag !== 'idle') region.use(event);
    for (const effect of effects) this.#effect(effect, region, shown);
    if (state !== before || effects.length > 0) shown.stage.redraw('pointer on an image');
  }

  /** A frame is needed only where another box comes under the pointer. */
  #follow(event: PointerInput, shown: ShownImage): void {
    const before = this.hovered(shown);
    this.#hover = event.phase === 'leave' ? null : event;
    if (this.hovered(shown) !== before) shown.stage.redraw('pointer over a box');
    const { image, frame } = shown;
    const view = this.#view.current(image, frame);
    const under = this.#hover && imagePoint(view, event.at);
    if (this.#readOut.isOther(under, image)) shown.stage.redraw('pointer over another pixel');
    const rests = this.#hover !== null && this.#tool.tag === 'idle';
    hoverLayers(this.#boxes, rests ? imagePoint(view, event.at) : null, clickReachPx / view.scale);
  }

  /** What is about to be drawn is the active box from the first px on. */
  #drawOn(uindex: number): void {
    const box = this.#boxes.drawable(uindex);
    if (box) this.#boxes.activate(box);
  }

  /** The wheel is the page's unless the image has focus or Ctrl is held; a pinch on a trackpad comes as the latter. */
  #wheel(event: Extract<UiEvent, { tag: 'wheel' }>, region: RegionResponse, shown: ShownImage): void {
    if (!event.zoom && !region.focused) return;
    const factor = Math.exp(-event.deltaY * (event.zoom ? 0.01 : 0.002));
    this.#view.zoom(Math.min(4, Math.max(0.25, factor)), event.at, shown.image, shown.frame);
    region.use(event);
    shown.stage.redraw('zoom');
  }

  #context({ stage, image, frame }: ShownImage): BoxToolContext {
    const boxes = this.#boxes.visible(stage.uindex);
    return {
      image,
      frame,
      view: this.#view.current(image, frame),
      boxes: boxes.map((box) => box.read(stage.uindex)),
      active: activeIndex(this.#boxes, stage.uindex),
      canAdjust: this.#canAdjust(stage.uindex),
      canDraw: this.#canDraw(stage.uindex),
      panKey: this.#panKey,
      leastScale: this.#view.leastScale(image, frame),
      mostScale,
    };
  }

  #effect(effect: BoxToolEffect, region: RegionResponse, { stage, image, frame }: ShownImage): void {
    const reach = clickReachPx / this.#view.current(image, frame).scale;
    switch (effect.tag) {
      case 'capture':
        region.capture(effect.pointerId);
        break;
      case 'view':
        this.#view.set(effect.view, image, frame);
        break;
      case 'fit':
        this.#view.rest();
        break;
      case 'select': {
        const box = this.#boxes.visible(stage.uindex)[effect.index];
        // A smaller one of a layer may lie inside the active box.
        if (box && box === this.#boxes.active) pickOfLayers(this.#boxes, effect.pImage, reach);
        else this.#boxes.choose(box?.key, stage);
        break;
      }
      case 'pick':
        pickOfLayers(this.#boxes, effect.pImage, reach);
        break;
      case 'commit':
        this.#commit(effect.box, effect.drawn, stage);
        break;
    }
  }

  #commit(box: BoxValue, drawn: boolean, stage: Stage): void {
    const target = this.#boxes.editable(stage.uindex);
    if (!target) return;
    stage.edit({ target, uindex: stage.uindex, value: box });
    stage.announce(`${drawn ? 'box drawn' : 'box changed'}: ${formatBox(box)}`);
    if (drawn) advance(this.#boxes, stage.uindex);
  }

  #key(event: Extract<UiEvent, { tag: 'key' }>, region: RegionResponse, shown: ShownImage): void {
    const action = imageKeyAction(event, shown.stage.keymap);
    if (!action || !this.#act(action, shown)) return;
    region.use(event);
    shown.stage.redraw('key on an image');
  }

  /** False when there was nothing to do, so that the key is left to others. */
  #act(action: ImageKeyAction, shown: ShownImage): boolean {
    const { stage, image, frame } = shown;
    if (action.tag === 'nudge' || action.tag === 'resize') return this.#arrow(action, shown);
    if (this.#parts.isDisabled() && isBoxEdit(action)) return false;
    switch (action.tag) {
      case 'panKey':
        this.#panKey = action.held;
        return true;
      case 'cancel': {
        const wasBusy = this.#tool.tag !== 'idle';
        this.cancel();
        return wasBusy;
      }
      case 'fit':
      case 'zoom':
      case 'oneToOne':
        this.#zoom(action, shown);
        return true;
      case 'pan':
        return this.#view.pan(action.dx, action.dy, image, frame);
      case 'minimap':
        this.#isMinimapOn = !this.#isMinimapOn;
        this.#minimap.cancel();
        stage.announce(this.#isMinimapOn ? 'minimap on' : 'minimap off');
        return true;
      case 'tell':
        void this.#tell(shown);
        return true;
      case 'hideBoxes':
        this.#hideKey = action.held;
        return true;
      case 'zoomToBox': {
        const box = this.#boxes.active?.read(stage.uindex);
        if (!box || isBlank(box)) return false;
        this.#view.showPart(rectOfBox(box), image, frame);
        return true;
      }
      case 'step': {
        const box = neighbour(this.#boxes, stage.uindex, action.by);
        if (box) this.#boxes.choose(box.key, stage);
        if (box) stage.announce(spokenBox(box, stage.uindex));
        return box !== null;
      }
      case 'class':
        return setClass(this.#boxes, action.chosen, stage);
      case 'copy': {
        const from = this.#parts.lastUindex() ?? stage.before;
        return from !== null && copyBoxes(this.#boxes, from, stage, image);
      }
      case 'draw':
        return drawInMiddle(this.#boxes, stage, image, this.#middle(image, frame));
      case 'blank':
        return adjustByKey(action, this.#boxes, stage, image);
    }
  }

  /** Arrows move the box; while the pan key is held, and where there is none to move, the view. */
  #arrow(action: Extract<ImageKeyAction, { tag: 'nudge' | 'resize' }>, shown: ShownImage): boolean {
    const { stage, image, frame } = shown;
    const isOnBox = !this.#panKey && !this.#parts.isDisabled();
    if (isOnBox && adjustByKey(action, this.#boxes, stage, image)) return true;
    if (action.tag === 'resize') return false;
    const share = panStep(Math.abs(action.dx + action.dy) > 1);
    return this.#view.pan(Math.sign(action.dx) * share, Math.sign(action.dy) * share, image, frame);
  }

  /** By a key or a button: about the middle of what is shown. */
  #zoom(
    action: Extract<ImageKeyAction, { tag: 'fit' | 'zoom' | 'oneToOne' }>,
    { stage, image, frame }: ShownImage,
  ): void {
    if (action.tag === 'fit') this.#view.rest();
    else if (action.tag === 'oneToOne') this.#view.zoomTo(1, image, frame);
    else this.#view.zoom(action.factor, middleOf(frame), image, frame);
    stage.announce(`zoom ${Math.round(this.#view.current(image, frame).scale * 100)} %`);
  }

  /** The view in words, and the pixel at the active box's corner, or else in the view's middle. */
  async #tell({ stage, image, frame }: ShownImage): Promise<void> {
    const view = this.#view.current(image, frame);
    const box = this.#boxes.active?.read(stage.uindex);
    const at = box && !isBlank(box) ? { x: box[0], y: box[1] } : imagePoint(view, middleOf(frame));
    const pixel = await this.#readOut.say(at, image);
    if (pixel) stage.announce(`${pixel}; ${spokenView(view, { image, frame })}`);
  }

  /** The middle half of what is shown, as two corners in image pixels. */
  #middle(image: Size, frame: Rect): readonly [Point, Point] {
    const view = this.#view.current(image, frame);
    const at = (part: number) =>
      imagePoint(view, { x: frame.x + frame.width * part, y: frame.y + frame.height * part });
    return [at(0.25), at(0.75)];
  }
}
