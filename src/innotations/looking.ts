import { InnotaterError } from '../errors/index.js';
import type { SampleImages } from '../images/index.js';
import type { Stage } from './contract.js';
import type { ImageView } from './image-view.js';
import type { LookingTools } from './looking-tools.js';

/** Minimap, read-out, pixel grid and loupe of an image, which most pages that only show it never load. */
export class Looking {
  /** Null until they are loaded, and where they cannot be. */
  tools: LookingTools | null = null;
  isMinimapOn: boolean;
  readonly #view: ImageView;
  readonly #name: () => string;
  readonly #images: () => SampleImages | null;
  #loading: Promise<LookingTools | null> | null = null;
  #isLoading = false;

  constructor(view: ImageView, isMinimapOn: boolean, name: () => string, images: () => SampleImages | null) {
    this.#view = view;
    this.isMinimapOn = isMinimapOn;
    this.#name = name;
    this.#images = images;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Loads them once; that they could not be loaded is reported on the stage, once, and answered with null. */
  load(stage: Stage): Promise<LookingTools | null> {
    this.#loading ??= this.#load(stage);
    return this.#loading;
  }

  toggleMinimap(): void {
    this.isMinimapOn = !this.isMinimapOn;
    this.tools?.minimap.cancel();
  }

  async #load(stage: Stage): Promise<LookingTools | null> {
    this.#isLoading = true;
    try {
      const { lookingTools } = await import('./looking-tools.js');
      this.tools = lookingTools(this.#view, () => this.isMinimapOn, this.#images);
    } catch (cause) {
      const message = `${this.#name()}: the code of its minimap and read-out could not be loaded; the rest works without it`;
      stage.report(new InnotaterError('fetch', message, {}, { cause }), stage.uindex);
    }
    this.#isLoading = false;
    stage.redraw('minimap and read-out loaded');
    return this.tools;
  }
}
