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

/** An empty box: as high as the host where that has a height of its own, else as high as given. It has the view's name. */
const emptyBox = (host: HTMLElement, label: string, heightPx: number): HTMLElement => {
  const box = host.ownerDocument.createElement('div');
  for (const [name, value] of Object.entries(boxStyle)) box.style.setProperty(name, value);
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', label);
  const content = box.appendChild(host.ownerDocument.createElement('div'));
  content.style.height = `${heightPx}px`;
  return box;
};

/** A view's place on the page: drawn there, or kept free while nobody sees it. */
export class MountSeat implements Seat {
  readonly host: HTMLElement;
  readonly #parts: SeatParts;
  #mounted: MountedView | null = null;
  #box: HTMLElement | null;
  #heightPx: number | null = null;

  /** Takes the place. Throws where the view is to be drawn at once and there is no WebGL2; the host then is as it was. */
  constructor(host: HTMLElement, parts: SeatParts) {
    this.host = host;
    this.#parts = parts;
    this.#box = host.appendChild(emptyBox(host, parts.label, lastHeightPx));
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
    this.#mounted.shell.invalidate('mounted');
    if (!isShared) return;
    this.#mounted.shell.flush();
    lastHeightPx = this.#mounted.shell.heightPx || lastHeightPx;
  }

  sleep(): void {
    const mounted = this.#mounted;
    if (!mounted) return;
    this.#heightPx = mounted.shell.heightPx || null;
    this.#box = this.host.appendChild(emptyBox(this.host, this.#parts.label, this.#heightPx ?? lastHeightPx));
    this.#mounted = null;
    mounted.dispose(true);
    this.#parts.onSleep(mounted);
  }

  /** The host is as it was before. Safe to call twice. */
  leave(): void {
    pageViews.leave(this);
    this.#box?.remove();
    this.#box = null;
    const mounted = this.#mounted;
    this.#mounted = null;
    mounted?.dispose(false);
  }
}
