import { type PixelPool, sharedPixelPool } from '../compute/index.js';
import { InnotaterError } from '../errors/index.js';
import type { Innotation, Stage } from '../innotations/index.js';
import type { LineMeasure, TextMeasure } from '../paint/index.js';
import { createRenderer, type Renderer } from '../render/index.js';
import { type LineBreaker, mountShell, observeScheme, readEnvironment, type Shell } from '../shell/index.js';
import { createUi, type Ui, type UiContext } from '../ui/index.js';
import type { Settings } from './options.js';
import { themeFor } from './theme-choice.js';
import { type CountedTextures, countedTextures } from './tile-textures.js';

export type MountParts = {
  readonly label: string;
  /** It draws with the page's one WebGL2 context. */
  readonly isShared: boolean;
  /** It takes a context of its own once there is something to draw. */
  readonly opensLate: boolean;
  /** Nobody sees it yet. */
  readonly isUnseen: boolean;
  /** Its height where it was drawn before, CSS px; else 0. */
  readonly heightPx: number;
  /** Asked whenever colours may have changed. */
  theme(): Settings['theme'];
  /** At every depth. */
  readonly innotations: readonly Innotation[];
  /** Of the innotations, where there are any. */
  readonly stage: Stage | null;
  /** Called before anything is mounted: what the stage is to offer. */
  onSurface(surface: Surface): void;
  build(ui: Ui): void;
  /** After every frame, drawn or not. */
  onFrame(): void;
  /**
   * The theme's background lets the page through from now on, for which it must be mounted anew. Absent: it always may, which costs the
   * browser blending the canvas with the page, half of the time of showing a frame on software GL.
   */
  onTranslucent?(): void;
  /** Something that is loaded on demand is not to be had; what is given back is called when it is there after all. */
  onProblem(error: InnotaterError): (() => void) | undefined;
  /** The context went, or came back, and every texture with it. */
  onTexturesLost?(): void;
};

/** What innotations draw with while the view is mounted. */
export type Surface = { readonly pixels: PixelPool; readonly textures: CountedTextures };

/** A view in its host. */
export interface MountedView {
  readonly shell: Shell;
  readonly pixels: PixelPool;
  /** The theme's choice changed: draws anew with it. */
  restyle(): void;
  /** `toReturn`: for a while; see `Innotation.unmounted`. */
  dispose(toReturn: boolean): void;
}

/** Puts the view into the host. Where it throws (no WebGL2), everything is as before. */
export const mountView = (host: HTMLElement, parts: MountParts): MountedView => {
  const undo: ((toReturn: boolean) => void)[] = [];
  const dispose = (toReturn: boolean) => {
    while (undo.length > 0) undo.pop()!(toReturn);
  };
  try {
    return { ...start(host, parts, undo), dispose };
  } catch (error) {
    dispose(false);
    throw error;
  }
};

const noPopups = 'Lists, tooltips and the list of keys could not be loaded; use one to try again.';

/** Measures as the renderer draws, and breaks lines as the browser does. */
const textMeasure = (drawn: TextMeasure, breaker: LineBreaker): LineMeasure => ({
  width: (text, font) => drawn.width(text, font),
  lineMetrics: (font) => drawn.lineMetrics(font),
  lines: (paragraph, font, width, most) => breaker.lines(paragraph, font, width, most),
});

const start = (host: HTMLElement, parts: MountParts, undo: ((toReturn: boolean) => void)[]) => {
  const { innotations, stage } = parts;
  const view = host.ownerDocument.defaultView ?? window;
  const context: { renderer: Renderer | null; ui: UiContext | null } = { renderer: null, ui: null };
  const theme = () => themeFor(parts.theme(), readEnvironment(view));
  const pixels = sharedPixelPool().acquire();
  undo.push(() => sharedPixelPool().release());
  const textures = countedTextures(() => context.renderer);
  parts.onSurface({ pixels, textures });
  for (const innotation of innotations) {
    if (stage) innotation.mounted(stage);
    undo.push((toReturn) => innotation.unmounted(toReturn));
  }
  let background = theme().background;
  const isOpaque = parts.onTranslucent !== undefined && background[3] === 1;
  const shell = mountShell(host, {
    label: parts.label,
    heightPx: parts.heightPx,
    isUnseen: parts.isUnseen,
    createRenderer: (canvas, breaker) => {
      const renderer = createRenderer(canvas, { ...parts, ground: isOpaque ? background : undefined });
      context.renderer = renderer;
      context.ui = createUi({
        text: textMeasure(renderer.text, breaker),
        theme: theme(),
        report: (message) => console.warn(`${parts.label}: ${message}`),
      });
      return renderer;
    },
    frame: (input) => {
      const output = context.ui!.frame(input, parts.build);
      parts.onFrame();
      return output;
    },
    background: () => background,
    onPopupsMissing: (cause) => parts.onProblem(new InnotaterError('fetch', noPopups, {}, { cause })),
    onFonts: () => context.ui?.forgetMeasures(),
    onContext: () => {
      textures.lost();
      parts.onTexturesLost?.();
      for (const innotation of innotations) innotation.texturesLost();
    },
  });
  // Last of all, so that what innotations free is freed on a renderer that still is.
  undo.unshift(() => shell.dispose());
  const restyle = () => {
    const next = theme();
    if (isOpaque && next.background[3] < 1) {
      parts.onTranslucent?.();
      return;
    }
    background = next.background;
    if (context.ui) context.ui.theme = next;
    shell.invalidate('theme');
  };
  undo.push(observeScheme(restyle, view));
  return { shell, pixels, restyle };
};
