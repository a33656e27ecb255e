import { InnotaterError } from '../errors/index.js';
import type { RegionResponse, UiEvent } from '../ui/index.js';
import type { Stage } from './contract.js';
import type { EditorParts, ImageEditor, ShownImage } from './image-editor.js';

/** Tries again what could not be loaded: more than a pointer that moves on. */
const isUse = (event: UiEvent): boolean => event.tag !== 'pointer' || event.phase === 'down';

/** What the editor would do with an event, kept for later, that cannot wait: nobody else is to answer it. */
const hold = (event: UiEvent, region: RegionResponse, { keymap }: Stage): void => {
  if (event.tag === 'key' && keymap.find(event, 'image')) region.use(event);
  if (event.tag === 'wheel' && (event.zoom || region.focused)) region.use(event);
  if (event.tag !== 'pointer' || event.phase !== 'down') return;
  region.focus();
  if (event.button > 1) return;
  region.capture(event.pointerId);
  region.use(event);
};

let code: typeof import('./image-editor.js') | null = null;
/** Once for all images of the page: who asks later has it at once. */
export const loadEditorCode = async (): Promise<typeof import('./image-editor.js')> => {
  code ??= await import('./image-editor.js');
  return code;
};

const nothing = () => {};
/** What was done already when an event came. */
const done = { use: nothing, capture: nothing, focus: nothing, activatedChild: null, focusedChild: null };

/**
 * The way to an image's editor, whose code is loaded when a pointer comes over the image or the focus into it: an image that is only shown
 * never loads it. What is done to the image meanwhile waits, and is done when the editor is there; so do keys for the image.
 */
export class ImageEditing {
  /** Null until it is loaded, and where it cannot be. */
  editor: ImageEditor | null = null;
  readonly #parts: EditorParts;
  readonly #name: () => string;
  #isLoading = false;
  /** Told once, until the editor is there. */
  #failure: InnotaterError | null = null;
  #early: RegionResponse[] = [];

  constructor(parts: EditorParts, name: () => string) {
    this.#parts = parts;
    this.#name = name;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Loads it, once; where that failed, only if it is to be tried again. */
  load(stage: Stage, isAgain = false): void {
    if (this.editor || this.#isLoading || (this.#failure && !isAgain)) return;
    if (code) this.editor = new code.ImageEditor(this.#parts);
    else void this.#load(stage);
  }

  /** `shown`: null while the image is loaded or read anew; keys wait for it. */
  perform(region: RegionResponse, shown: ShownImage | null, stage: Stage): void {
    const events = shown ? region.events : region.events.filter(({ tag }) => tag === 'key');
    if (region.focused || region.hovered || events.length > 0) this.load(stage, events.some(isUse));
    const { editor } = this;
    if (editor && shown) {
      for (const early of this.#early.splice(0)) editor.perform({ ...early, ...done }, shown);
      editor.perform(region, shown);
      return;
    }
    if (shown) this.#parts.boxes.choose(region.activatedChild ?? region.focusedChild, stage);
    for (const event of events) hold(event, region, stage);
    if (events.length > 0) this.#early.push({ ...region, events });
  }

  /** A gesture that began on another sample, or before the image went, writes nothing. */
  cancel(): void {
    this.#early = [];
    this.editor?.cancel();
  }

  async #load(stage: Stage): Promise<void> {
    this.#isLoading = true;
    try {
      const { ImageEditor } = await loadEditorCode();
      this.editor = new ImageEditor(this.#parts);
      if (this.#failure) stage.retract(this.#failure);
    } catch (cause) {
      this.#early = [];
      const message = `${this.#name()}: the code that zooms it and edits its boxes could not be loaded; the next press or key tries again`;
      const failure = new InnotaterError('fetch', message, {}, { cause });
      if (!this.#failure) stage.report(failure, stage.uindex);
      this.#failure ??= failure;
    }
    this.#isLoading = false;
    stage.redraw('editor of an image loaded');
  }
}
