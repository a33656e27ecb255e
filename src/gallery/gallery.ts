import { InnotaterError } from '../errors/index.js';
import type { Rect, ScreenFromImage } from '../geometry/index.js';
import {
  Innotater,
  type InnotaterOptions,
  type InnotationList,
  type MountedView,
  mountView,
  type Registry,
  register,
  settingsOf,
  TypedTarget,
} from '../innotater/parts.js';
import {
  boxOutlines,
  checkOptionNames,
  ImageInnotation,
  layerPictures,
  namesOf,
} from '../innotations/index.js';
import type { Shape } from '../paint/index.js';
import type { Ui } from '../ui/index.js';
import { Chosen } from './chosen.js';
import { type Choice, GalleryBuild, type GalleryModel } from './gallery-build.js';
import { type FilterHook, orderRows, type SortHook } from './order.js';
import { Thumbnails } from './thumbnails.js';

export type GalleryOptions = Pick<InnotaterOptions, 'label' | 'theme' | 'memoryBudget'> & {
  /** Which samples are shown; default all. */
  readonly filter?: FilterHook | null;
  /** What they are sorted by, ascending; default: as they stand. */
  readonly sortBy?: SortHook | null;
  /** Longer side of a thumbnail, CSS px, 32 to 512; default 128. */
  readonly thumbnailSize?: number;
  /** Height of the grid where the host has none of its own, CSS px; default 480. */
  readonly height?: number;
};

/** Live figures of a gallery. */
export type GalleryStats = {
  /** Drawn since it was mounted; they do not grow while nothing changes. */
  readonly frames: number;
  /** Of our code in the last frame. */
  readonly lastFrameMs: number;
  /** On the graphics card. */
  readonly textureBytes: number;
  /** Thumbnails held, and those that are being made. */
  readonly thumbnails: number;
  /** Asked for and not there yet. */
  readonly pendingThumbnails: number;
  /** Whose image could not be had. */
  readonly failedThumbnails: number;
  /** WebGL contexts held: 1 while it is drawn and the context is not lost. */
  readonly contexts: number;
  /** Workers of the page. */
  readonly workers: number;
};

/** What a gallery tells, by the event's type. */
export type GalleryEvents = {
  /** The selection changed; `gallery.selection` has its rows. */
  readonly select: CustomEvent<{ readonly count: number }>;
  /** Enter, or a double click. */
  readonly open: CustomEvent<{ readonly uindex: number; readonly index: number }>;
  /** The active sample is another one. */
  readonly indexchange: CustomEvent<{ readonly uindex: number; readonly index: number }>;
  /** A hook failed. */
  readonly error: CustomEvent<{ readonly error: InnotaterError }>;
};

const optionNames = /* @__PURE__ */ namesOf<GalleryOptions>({
  label: true,
  theme: true,
  memoryBudget: true,
  filter: true,
  sortBy: true,
  thumbnailSize: true,
  height: true,
});

const defaultBudget = 64 * 2 ** 20;
/** A host that is at least so high without anything in it has a height of its own, CSS px. */
const leastHostPx = 120;
/** Around the grid: padding and the line below, CSS px. */
const aroundPx = 56;

const number = (value: number | undefined, name: string, least: number, most: number, otherwise: number) => {
  const given = value ?? otherwise;
  if (given >= least && given <= most) return given;
  throw new InnotaterError(
    'data',
    `Gallery: ${name} must be a number from ${least} to ${most}, not ${value}`,
  );
};

/**
 * A dataset as small pictures with their boxes and classes: to look over, select, filter and sort, and to open a sample in an Innotater
 * beside it. Takes Innotations as an Innotater does, over the same data but of their own: they are only read. The first image among them
 * is shown. Throws `InnotaterError` 'data' at construction, which needs no DOM; `mount` draws.
 */
export class Gallery extends TypedTarget<GalleryEvents> {
  readonly stats: GalleryStats;
  readonly #registry: Registry;
  readonly #image: ImageInnotation | null;
  readonly #label: string;
  readonly #thumbnailPx: number;
  readonly #heightPx: number;
  readonly #budget: number;
  readonly #chosen: Chosen;
  readonly #build: GalleryBuild;
  readonly #hasCaptions: boolean;
  #theme: NonNullable<GalleryOptions['theme']>;
  #filter: FilterHook | null;
  #sortBy: SortHook | null;
  /** Null: all rows, as they stand. */
  #rows: Uint32Array | null = null;
  #active = 0;
  /** Where a range begins. */
  #anchor = 0;
  #ordering: { readonly abort: AbortController; done: number } | null = null;
  #orderProblem = '';
  #thumbnails: Thumbnails | null = null;
  #mounted: MountedView | null = null;
  #sizes: ResizeObserver | null = null;
  #framesBefore = 0;
  #isDisposed = false;
  readonly #attached = new Set<() => void>();
  readonly #layersChanged = () => this.#thumbnails?.renewAll();

  constructor(inputs: InnotationList, targets: InnotationList = null, options: GalleryOptions = {}) {
    super();
    checkOptionNames('Gallery', 'Gallery', options, optionNames);
    const { label = 'Gallery', theme = 'auto', memoryBudget = defaultBudget } = options;
    const settings = settingsOf({ label, theme, memoryBudget });
    this.#registry = register(inputs, targets);
    this.#image = this.#registry.all.find((one) => one instanceof ImageInnotation) ?? null;
    this.#label = settings.label;
    this.#theme = settings.theme;
    this.#budget = settings.memoryBudget;
    this.#thumbnailPx = number(options.thumbnailSize, 'thumbnailSize', 32, 512, 128);
    this.#heightPx = number(options.height, 'height', 100, 10_000, 480);
    this.#filter = hook(options.filter, 'filter');
    this.#sortBy = hook(options.sortBy, 'sortBy');
    this.#chosen = new Chosen(this.#registry.length);
    this.#hasCaptions = this.#registry.all.some((one) => one.hasCaption);
    this.#build = new GalleryBuild(this.#model());
    this.stats = this.#liveStats();
    if (this.#filter || this.#sortBy) void this.refresh();
  }

  /** Draws into the host and follows its size. Throws `InnotaterError` 'data' for what is no element, 'limit' without WebGL2. */
  mount(host: HTMLElement): void {
    if (this.#isDisposed) throw new InnotaterError('aborted', 'This Gallery was disposed; make a new one');
    if (host?.nodeType !== 1) {
      throw new InnotaterError('data', `mount(host) needs an element of the page, not ${String(host)}`);
    }
    this.unmount();
    this.#followHeight(host);
    this.#mounted = mountView(host, {
      label: this.#label,
      isShared: false,
      opensLate: false,
      isUnseen: false,
      heightPx: 0,
      theme: () => this.#theme,
      innotations: [],
      stage: null,
      onSurface: ({ pixels, textures }) => {
        const image = this.#image;
        this.#thumbnails =
          image &&
          new Thumbnails({
            textures,
            budget: this.#budget,
            redraw: (reason) => this.#invalidate(reason),
            open: (uindex, how) => image.openSample(uindex, pixels, how),
            layers: (uindex, place, how) => layerPictures(image, uindex, pixels, place, how),
          });
      },
      build: (ui) => this.#build.build(ui),
      onFrame: () => {},
      onProblem: (error) => this.#emit('error', { error }) as undefined,
      onTexturesLost: () => this.#thumbnails?.texturesLost(),
    });
    this.#image?.layerWatchers.add(this.#layersChanged);
    this.#mounted.shell.invalidate('mounted');
  }

  /** Leaves the host as it was; selection and order stay. Safe to call twice. */
  unmount(): void {
    const mounted = this.#mounted;
    if (!mounted) return;
    this.#image?.layerWatchers.delete(this.#layersChanged);
    this.#sizes?.disconnect();
    this.#sizes = null;
    this.#framesBefore += mounted.shell.stats.frames;
    this.#thumbnails?.dispose();
    this.#thumbnails = null;
    this.#mounted = null;
    mounted.dispose(false);
  }

  /** Unmounts for good, lets go of attached views and frees what its Innotations hold. Safe to call twice. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.unmount();
    this.#isDisposed = true;
    this.#ordering?.abort.abort();
    for (const detach of [...this.#attached]) detach();
    for (const innotation of this.#registry.all) innotation.dispose();
  }

  /** Samples shown: those that pass the filter. */
  get length(): number {
    return this.#rows?.length ?? this.#registry.length;
  }
  /** The active position, from which keys start. Setting another number than 0…length−1 throws a RangeError. */
  get index(): number {
    return this.#active;
  }
  set index(index: number) {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new RangeError(`index must be a whole number from 0 to ${this.length - 1}, not ${index}`);
    }
    this.#go(index);
  }
  /** The row of the caller's data that is active; −1 where none is shown. */
  get uindex(): number {
    return this.length === 0 ? -1 : this.#uindexAt(this.#active);
  }
  /** Rows selected, ascending. What the filter hides is selected no more. */
  get selection(): readonly number[] {
    return this.#chosen.uindexes;
  }
  /** Rows that the filter hides are left out. Throws a RangeError for what is no row. */
  set selection(uindexes: Iterable<number>) {
    const rows = [...uindexes];
    const stranger = rows.find((u) => !Number.isInteger(u) || u < 0 || u >= this.#registry.length);
    if (stranger !== undefined) {
      throw new RangeError(`selection: there is no row ${stranger} among ${this.#registry.length}`);
    }
    this.#chosen.clear();
    for (const uindex of rows) this.#chosen.set(uindex, true);
    if (this.#rows) this.#chosen.keep(this.#rows);
    this.#selected();
  }

  get filter(): FilterHook | null {
    return this.#filter;
  }
  set filter(filter: FilterHook | null) {
    this.#filter = hook(filter, 'filter');
    void this.refresh();
  }
  get sortBy(): SortHook | null {
    return this.#sortBy;
  }
  set sortBy(sortBy: SortHook | null) {
    this.#sortBy = hook(sortBy, 'sortBy');
    void this.refresh();
  }

  get theme(): NonNullable<GalleryOptions['theme']> {
    return this.#theme;
  }
  set theme(theme: NonNullable<GalleryOptions['theme']>) {
    this.#theme = settingsOf({ theme }).theme;
    this.#mounted?.restyle();
  }

  /** The canvas shown; null while not mounted. */
  get canvas(): HTMLCanvasElement | null {
    return this.#mounted?.shell.canvas ?? null;
  }

  /**
   * Filters and sorts anew, after data changed. Until it is done the samples stay as they are; a newer call takes its place. What a hook
   * throws is shown and raised as 'error'. Resolves when the order is there, or given up.
   */
  async refresh(): Promise<void> {
    this.#ordering?.abort.abort();
    const ordering = { abort: new AbortController(), done: 0 };
    this.#ordering = ordering;
    this.#orderProblem = '';
    this.#invalidate('ordering');
    const hooks = { filter: this.#filter, sortBy: this.#sortBy };
    const onProgress = (done: number) => {
      ordering.done = done;
      this.#invalidate('ordering');
    };
    try {
      const rows = await orderRows(this.#registry.length, hooks, {
        onProgress,
        signal: ordering.abort.signal,
      });
      if (this.#ordering === ordering) this.#take(rows);
    } catch (thrown) {
      if (this.#ordering === ordering) this.#orderFailed(thrown);
    }
    if (this.#ordering !== ordering) return;
    this.#ordering = null;
    this.#invalidate('ordered');
  }

  /**
   * Pairs it with an Innotater over the same data: the active sample is the one shown there, both ways; opening moves the focus there; what is
   * edited there is drawn anew here. Returns what ends it; disposal of the gallery ends it, too. Throws `InnotaterError` 'data' for a view
   * over data of another length.
   */
  attach(view: Innotater): () => void {
    if (!(view instanceof Innotater)) throw new InnotaterError('data', 'attach(view) needs an Innotater');
    const { length } = this.#registry;
    if (view.dataLength !== length) {
      throw new InnotaterError(
        'data',
        `attach(view): the view has ${view.dataLength} rows of data and the gallery ${length}; both must be over the same data`,
      );
    }
    const ended = new AbortController();
    const { signal } = ended;
    let isFollowing = false;
    const following = (act: () => void) => {
      if (isFollowing) return;
      isFollowing = true;
      try {
        act();
      } finally {
        isFollowing = false;
      }
    };
    const here = () => following(() => this.#show(view.uindex));
    const there = () => following(() => this.length > 0 && view.goTo(this.uindex));
    const edited = ({ detail }: { readonly detail: { readonly uindex: number } }) => {
      if (this.#image?.layers.length) this.#thumbnails?.renew(detail.uindex);
      this.#invalidate('edited');
    };
    view.addEventListener('change', edited, { signal });
    view.addEventListener('indexchange', here, { signal });
    this.addEventListener('indexchange', there, { signal });
    this.addEventListener(
      'open',
      () => {
        there();
        view.focus();
      },
      { signal },
    );
    here();
    const detach = () => {
      ended.abort();
      this.#attached.delete(detach);
    };
    this.#attached.add(detach);
    return detach;
  }

  #emit<K extends keyof GalleryEvents>(type: K, detail: GalleryEvents[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #invalidate(reason: string): void {
    this.#mounted?.shell.invalidate(reason);
  }

  #uindexAt(position: number): number {
    return this.#rows ? this.#rows[position]! : position;
  }

  /** Where a row is shown; −1 where it is not. */
  #find(uindex: number): number {
    return this.#rows ? this.#rows.indexOf(uindex) : uindex;
  }

  #show(uindex: number): void {
    const position = this.#find(uindex);
    if (position >= 0) this.#go(position);
  }

  #go(position: number): void {
    this.#build.reveal(position);
    this.#invalidate('active sample');
    if (position === this.#active) return;
    this.#active = position;
    this.#told();
  }

  #told(): void {
    if (this.length > 0) this.#emit('indexchange', { uindex: this.uindex, index: this.#active });
  }

  /** The active sample stays the active one where it is still shown. */
  #take(rows: Uint32Array | null): void {
    const before = this.uindex;
    this.#rows = rows;
    const found = before < 0 ? -1 : this.#find(before);
    this.#active = Math.max(0, found >= 0 ? found : Math.min(this.#active, this.length - 1));
    this.#anchor = this.#active;
    this.#build.reveal(this.#active);
    if (found < 0) this.#told();
    if (rows && this.#chosen.keep(rows)) this.#selected();
  }

  #orderFailed(thrown: unknown): void {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const message = `Filtering or sorting the samples failed: ${why}`;
    const error = new InnotaterError('hook', message, {}, { cause: thrown });
    this.#orderProblem = message;
    this.#emit('error', { error });
  }

  #choose(position: number, choice: Choice): void {
    if (position >= this.length) return;
    if (choice === 'only') this.#chosen.clear();
    if (choice === 'only') this.#chosen.set(this.#uindexAt(position), true);
    if (choice === 'toggle') {
      const uindex = this.#uindexAt(position);
      this.#chosen.set(uindex, !this.#chosen.has(uindex));
    }
    if (choice === 'range') this.#chooseRange(position);
    else if (choice !== 'none') this.#anchor = position;
    if (choice !== 'none') this.#selected();
    this.#go(position);
  }

  #chooseRange(to: number): void {
    const from = Math.min(this.#anchor, this.length - 1);
    this.#chosen.clear();
    for (let at = Math.min(from, to); at <= Math.max(from, to); at++) {
      this.#chosen.set(this.#uindexAt(at), true);
    }
  }

  #chooseAll(chosen: boolean): void {
    this.#chosen.clear();
    if (chosen) for (let at = 0; at < this.length; at++) this.#chosen.set(this.#uindexAt(at), true);
    this.#selected();
  }

  #selected(): void {
    this.#invalidate('selection');
    this.#emit('select', { count: this.#chosen.count });
  }

  #captionOf(uindex: number): string {
    const rows = new Map<object, number>();
    const words = this.#registry.all.flatMap((one) =>
      one.isShown(uindex, rows) ? (one.caption(uindex) ?? []) : [],
    );
    return words.join(', ');
  }

  #nameOf(uindex: number): string {
    const thumbnail = this.#thumbnails?.get(uindex);
    // Names are told before a frame uploads what was read.
    const isRead = thumbnail?.tag === 'read' || thumbnail?.tag === 'ready';
    const ofLayers = isRead ? thumbnail.layers : [];
    const own = this.#image?.boxesOf(uindex).length ?? 0;
    const boxes = ofLayers.reduce((sum, { count }) => sum + count, own);
    const failed = thumbnail?.tag === 'failed';
    const parts = [
      `Sample ${uindex}`,
      this.#captionOf(uindex),
      boxes > 0 ? `${boxes} ${boxes === 1 ? 'box' : 'boxes'}` : '',
      failed ? 'cannot be shown' : '',
    ];
    return parts.filter(Boolean).join(', ');
  }

  #model(): GalleryModel {
    const gallery = this;
    return {
      label: this.#label,
      thumbnailPx: this.#thumbnailPx,
      hasCaptions: this.#hasCaptions,
      emptyText: 'No sample passes the filter',
      get count() {
        return gallery.length;
      },
      get active() {
        return gallery.#active;
      },
      get chosenCount() {
        return gallery.#chosen.count;
      },
      get ordering() {
        return gallery.#ordering?.done ?? null;
      },
      get orderProblem() {
        return gallery.#orderProblem;
      },
      get thumbnails() {
        return gallery.#thumbnails;
      },
      uindexAt: (position) => this.#uindexAt(position),
      isChosen: (uindex) => this.#chosen.has(uindex),
      caption: (uindex) => this.#captionOf(uindex),
      nameOf: (uindex) => this.#nameOf(uindex),
      outlines: (uindex: number, view: ScreenFromImage, frame: Rect, ui: Ui): readonly Shape[] =>
        this.#image ? boxOutlines(this.#image, uindex, view, frame, ui) : [],
      choose: (position, choice) => this.#choose(position, choice),
      chooseAll: () => this.#chooseAll(true),
      chooseNone: () => this.#chooseAll(false),
      open: (position) => {
        this.#go(position);
        this.#emit('open', { uindex: this.uindex, index: position });
      },
      retry: () => {
        this.#thumbnails?.retry();
        if (this.#orderProblem) void this.refresh();
        this.#invalidate('retry');
      },
    };
  }

  #liveStats(): GalleryStats {
    const gallery = this;
    return Object.freeze({
      get frames() {
        return gallery.#framesBefore + (gallery.#mounted?.shell.stats.frames ?? 0);
      },
      get lastFrameMs() {
        return gallery.#mounted?.shell.stats.lastFrameMs ?? 0;
      },
      get textureBytes() {
        return gallery.#mounted?.shell.renderer.textureBytes ?? 0;
      },
      get thumbnails() {
        return gallery.#thumbnails?.ready ?? 0;
      },
      get pendingThumbnails() {
        return gallery.#thumbnails?.pending ?? 0;
      },
      get failedThumbnails() {
        return gallery.#thumbnails?.failed.length ?? 0;
      },
      get contexts() {
        return gallery.#mounted && !gallery.#mounted.shell.renderer.isLost ? 1 : 0;
      },
      get workers() {
        return gallery.#mounted?.pixels.stats.workers ?? 0;
      },
    });
  }

  /** The grid is as high as the host where that has a height of its own. */
  #followHeight(host: HTMLElement): void {
    this.#build.heightPx = this.#heightPx;
    this.#build.reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const heightOf = () => {
      const { paddingTop, paddingBottom } = getComputedStyle(host);
      return host.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
    };
    if (heightOf() < leastHostPx) return;
    const follow = () => {
      this.#build.heightPx = Math.max(leastHostPx - aroundPx, heightOf() - aroundPx);
      this.#invalidate('host height');
    };
    this.#sizes = new ResizeObserver(follow);
    this.#sizes.observe(host);
    follow();
  }
}

const hook = <T>(given: T | null | undefined, name: string): T | null => {
  if (given === null || given === undefined) return null;
  if (typeof given === 'function') return given;
  throw new InnotaterError(
    'data',
    `Gallery: ${name} must be a function of a row's number, not ${String(given)}`,
  );
};
