import { lastPictures } from './last-pictures.js';
import type { MountedView, MountParts } from './mounted-view.js';
import { pageViews, type Seat, type Waking } from './page-views.js';

export type SeatParts = {
  readonly label: string;
  mount(how: Pick<MountParts, 'isShared' | 'opensLate' | 'isUnseen' | 'heightPx'>): MountedView;
  /** The view sleeps: what was mounted is disposed. */
  onSleep(mounted: MountedView): void;
  isAwaited(): boolean;
  /** Work is under way that needs the view. */
  isWorking(): boolean;
  /** What is drawn is all there is to see. */
  isSettled(): boolean;
};

/** Of a view that was not drawn yet, CSS px, before any was. */
const guessedHeightPx = 240;
let lastHeightPx = guessedHeightPx;

const boxStyle: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'block',
  height: '100%',
  overflow: 'clip',
};

/**
 * A box that keeps the place, as high as the host where that has a height of its own, else as high as given. It has the view's name, and
 * shows its last picture where there is one.
 */
const boxFor = (
  host: HTMLElement,
  label: string,
  heightPx: number,
  picture: HTMLCanvasElement | null,
): HTMLElement => {
  const box = host.ownerDocument.createElement('div');
  for (const [name, value] of Object.entries(boxStyle)) box.style.setProperty(name, value);
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', label);
  const content = box.appendChild(host.ownerDocument.createElement('div'));
  content.style.height = `${heightPx}px`;
  if (picture) content.appendChild(picture);
  return box;
};

/** A view's place on the page: drawn there, or kept free while nobody sees it. */
export class MountSeat implements Seat {
  readonly host: HTMLElement;
  readonly #parts: SeatParts;
  #mounted: MountedView | null = null;
  #box: HTMLElement | null;
  #heightPx: number | null = null;
  /** What it showed last, while it sleeps. */
  #picture: HTMLCanvasElement | null = null;
  #isCovered = false;

  /** Takes the place. Throws where the view is to be drawn at once and there is no WebGL2; the host then is as it was. */
  constructor(host: HTMLElement, parts: SeatParts) {
    this.host = host;
    this.#parts = parts;
    this.#box = host.appendChild(boxFor(host, parts.label, lastHeightPx, null));
    try {
      pageViews.enter(this);
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  get mounted(): MountedView | null {
    return this.#mounted;
  }
  get isAwake(): boolean {
    return this.#mounted !== null;
  }
  get isUnseen(): boolean {
    return this.#mounted?.shell.stats.frames === 0;
  }
  get isAwaited(): boolean {
    return this.#parts.isAwaited();
  }
  get isInUse(): boolean {
    const { activeElement } = this.host.getRootNode() as Document | ShadowRoot;
    return this.host.contains(activeElement ?? null) || this.#parts.isWorking();
  }

  wake({ isShared, isFirst, isUnseen }: Waking): void {
    const picture = this.#picture && lastPictures.take(this.#picture) ? this.#picture : null;
    this.#picture = null;
    this.#box?.remove();
    try {
      this.#mounted = this.#parts.mount({
        isShared,
        opensLate: !isShared && !isFirst,
        isUnseen,
        heightPx: this.#heightPx ?? (isShared ? lastHeightPx : 0),
      });
    } catch (error) {
      if (this.#box) this.host.appendChild(this.#box);
      throw error;
    }
    this.#box = null;
    const { shell } = this.#mounted;
    shell.invalidate('mounted');
    if (isShared) {
      shell.flush();
      lastHeightPx = shell.heightPx || lastHeightPx;
    }
    this.#isCovered = picture !== null;
    if (picture) shell.cover(picture);
  }

  /** What it showed last lies over what it draws. */
  get isCovered(): boolean {
    return this.#isCovered;
  }
  uncover(): void {
    this.#isCovered = false;
    this.#mounted?.shell.uncover();
  }

  sleep(): void {
    const mounted = this.#mounted;
    if (!mounted) return;
    this.#rest(mounted, this.#parts.isSettled() ? mounted.shell.takePicture() : null);
    if (this.#picture) lastPictures.keep(this.#picture);
  }

  #rest(mounted: MountedView, picture: HTMLCanvasElement | null): void {
    const { heightPx } = mounted.shell;
    this.#heightPx = heightPx || null;
    this.#isCovered = false;
    this.#mounted = null;
    mounted.dispose(true);
    this.#parts.onSleep(mounted);
    this.#picture = picture;
    const box = boxFor(this.host, this.#parts.label, this.#heightPx ?? lastHeightPx, picture);
    this.#box = this.host.appendChild(box);
  }

  /** Something changed while it sleeps: what it showed is no longer so. */
  forgetPicture(): void {
    if (this.#picture) lastPictures.drop(this.#picture);
    this.#picture = null;
  }

  /** Shows on paper what can be drawn at once, where it sleeps without a picture. Returns the end of it. */
  print(): () => void {
    if (this.#mounted || (this.#picture && this.#picture.width > 0)) return () => {};
    this.wake({ isShared: true, isFirst: false, isUnseen: false });
    const picture = this.#mounted!.shell.takePicture(true);
    this.#rest(this.#mounted!, picture);
    return () => {
      if (picture) lastPictures.drop(picture);
      if (this.#picture === picture) this.#picture = null;
    };
  }

  /** The host is as it was before. Safe to call twice. */
  leave(): void {
    pageViews.leave(this);
    this.forgetPicture();
    this.#box?.remove();
    this.#box = null;
    const mounted = this.#mounted;
    this.#mounted = null;
    mounted?.dispose(false);
  }
}
