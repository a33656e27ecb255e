import type { Color } from '../paint/index.js';
import type { Renderer } from '../render/index.js';
import type { FrameInput, FrameOutput } from '../ui/index.js';
import type { LineBreaker } from './native-lines.js';

export type ShellOptions = {
  /** Makes the renderer of the shell's canvas; the shell disposes it. `breaker` breaks text as the native fields do. Throws where there is no WebGL2. */
  createRenderer(canvas: HTMLCanvasElement, breaker: LineBreaker): Renderer;
  /** One pure frame: everything that happened in, everything that should appear out. */
  frame(input: FrameInput): FrameOutput;
  /** Behind the picture; asked for at every draw. */
  background(): Color;
  /** Accessible name of the whole. */
  readonly label: string;
  /** The height it is expected to need, CSS px, so that nothing moves when it is known. Default 0. */
  readonly heightPx?: number;
  /** Nobody sees it yet: nothing is drawn until the browser says otherwise. Default false. */
  readonly isUnseen?: boolean;
  /** The GPU's context went or came back. After 'restored' and the listener's uploads, everything is drawn again. */
  onContext(state: 'lost' | 'restored'): void;
  /** The code of popups and tooltips cannot be loaded: told once, and what it gives called once they are there after all; the next press or key tries again. */
  onPopupsMissing?(cause: unknown): (() => void) | undefined;
  /** Fonts were loaded; the renderer has forgotten its texts, and a frame follows. */
  onFonts?(): void;
  /** After a frame was drawn (not for one equal to the last). */
  onDrawn?(): void;
};

/** Live figures. */
export type ShellStats = {
  /** Frames drawn since mounting; stays while nothing changes. */
  readonly frames: number;
  /** Script time of the last drawn frame: ui frame, mirror and draw. */
  readonly lastFrameMs: number;
  /** Why the last frame that code asked for was wanted; for development. */
  readonly lastReason: string;
};

/** One mounted view: its canvas, its mirror, its events. */
export interface Shell {
  readonly canvas: HTMLCanvasElement;
  readonly renderer: Renderer;
  readonly stats: ShellStats;
  /** What its content needs, CSS px; 0 before the first frame. */
  readonly heightPx: number;
  /** Something outside changed: one frame at the next animation frame, however often it is called. */
  invalidate(reason: string): void;
  /** Runs what is pending and draws it now. */
  flush(): void;
  /** Resolves when the picture is up to date: drawn, or found equal to the last, or there is nothing to draw on (hidden, off screen). */
  whenDrawn(): Promise<void>;
  /** PNG of what is drawn, with everything pending. */
  snapshot(): Promise<Blob>;
  /**
   * A canvas with what is drawn, at its size in CSS px, for after `dispose`; null where nothing is, or something changed since, or the view
   * is taller than a canvas may be, unless `evenTall`.
   */
  takePicture(evenTall?: boolean): HTMLCanvasElement | null;
  /**
   * Shows such a picture over the canvas, where it fits, until `uncover`, an input or half a second later. The picture is the shell's
   * from now on.
   */
  cover(picture: HTMLCanvasElement): void;
  /** The picture that covers the canvas goes; without effect where there is none. */
  uncover(): void;
  /** Ends a composition of an input method, as leaving the field would; what was composed counts as typed. The focus stays. */
  endComposition(): void;
  /** Moves focus to the element of a widget; without effect where there is none. */
  focus(id: string): void;
  /** Removes everything from the host and disposes the renderer. Safe to call twice. */
  dispose(): void;
}
