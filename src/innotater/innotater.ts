import { InnotaterError } from '../errors/index.js';
import type { ShortcutName } from '../innotations/index.js';
import type { Ui } from '../ui/index.js';
import { BusyBar, type Work } from './busy.js';
import { InnotaterTarget, type SaveState } from './events.js';
import { buildFrame, type FrameAnswer } from './frame-build.js';
import { ViewModel } from './model.js';
import { MountSeat } from './mount-seat.js';
import { type MountedView, type MountParts, mountView } from './mounted-view.js';
import type { Question } from './notices.js';
import { type InnotaterOptions, type Settings, settingsOf } from './options.js';
import { pageViews } from './page-views.js';
import { Readiness } from './readiness.js';
import type { InnotationList } from './registration.js';
import { SaveWords } from './save-words.js';
import type { NamedValue, ValueRow } from './set-values.js';
import { commandOf, isOffered } from './shortcuts.js';
import { type InnotaterStats, liveStats } from './stats.js';
import { ViewStage } from './view-stage.js';

/**
 * A view on a dataset, sample by sample: inputs to look at, targets to edit in place. Everything is checked at construction, which needs
 * no DOM; `mount` draws. Throws `InnotaterError` 'data', or a RangeError for `indexes` out of range.
 */
export class Innotater extends InnotaterTarget {
  readonly #model: ViewModel;
  readonly #stage: ViewStage;
  readonly #readiness = new Readiness();
  readonly #busy = new BusyBar();
  readonly #saveWords = new SaveWords();
  /** Live figures; the object stays the same. */
  readonly stats: InnotaterStats;
  #seat: MountSeat | null = null;
  #theme: Settings['theme'];
  #framesBefore = 0;
  /** Something changed since the last frame. */
  #isStale = true;
  #isDisposed = false;

  constructor(inputs: InnotationList, targets: InnotationList, options?: InnotaterOptions | null) {
    super();
    const model = new ViewModel(this, inputs, targets, options ?? {});
    this.#model = model;
    this.#theme = model.settings.theme;
    model.onChange = (reason) => this.#invalidate(reason);
    this.#stage = new ViewStage({
      position: model.position,
      editing: model.editing,
      innotations: model.registry.all,
      memoryBudget: () => model.settings.memoryBudget / Math.max(1, pageViews.awake),
      keymap: model.settings.keymap,
      shortcutKeys: this.#listShortcuts(),
      redraw: (reason) => this.#invalidate(reason),
      report: (error, uindex) => model.report(error, uindex),
      retract: (error) => model.notices.retract(error.message),
    });
    model.onSpoken = (text) => this.#stage.announce(text);
    this.stats = liveStats(
      () => this.#mounted,
      () => this.#framesBefore,
      model.registry.all,
    );
  }

  /**
   * Draws into the host and follows its size. In another host than before it moves there. On a page of more than four views they share
   * one WebGL2 context and the view is drawn while it is in sight or near it; elsewhere its place is kept free. Throws `InnotaterError`
   * 'data' for what is no element, 'limit' without WebGL2.
   */
  mount(host: HTMLElement): void {
    if (this.#isDisposed) throw new InnotaterError('aborted', 'This Innotater was disposed; make a new one');
    if (host?.nodeType !== 1) {
      throw new InnotaterError('data', `mount(host) needs an element of the page, not ${String(host)}`);
    }
    this.unmount();
    this.#seat = new MountSeat(host, {
      label: this.#model.settings.label,
      mount: (how) => this.#draw(host, how),
      onSleep: (mounted) => this.#leave(mounted),
      isAwaited: () => this.#readiness.isAwaited,
      isWorking: () => this.#stage.isHandling,
      isSettled: () => this.#isSettled(),
    });
    this.#model.journaling?.start(host.ownerDocument.defaultView ?? window);
  }

  #draw(
    host: HTMLElement,
    how: Pick<MountParts, 'isShared' | 'opensLate' | 'isUnseen' | 'heightPx'>,
  ): MountedView {
    return mountView(host, {
      ...how,
      label: this.#model.settings.label,
      theme: () => this.#theme,
      innotations: this.#model.registry.all,
      stage: this.#stage,
      onSurface: (surface) => {
        this.#stage.surface = surface;
      },
      build: (ui) => this.#model.outbox.during(() => this.#build(ui)),
      onFrame: () => this.#afterFrame(),
      onProblem: (error) => {
        this.#model.report(error, null);
        return () => this.#model.notices.retract(error.message);
      },
      onTranslucent: () => {
        if (!this.#seat) return;
        this.#seat.sleep();
        this.#seat.forgetPicture();
        pageViews.wake(this.#seat);
      },
    });
  }

  get #mounted(): MountedView | null {
    return this.#seat?.mounted ?? null;
  }

  #leave(mounted: MountedView): void {
    this.#framesBefore += mounted.shell.stats.frames;
    this.#isStale = true;
    this.#stage.surface = null;
  }

  /** Leaves the host as it was; data, position and history stay. Safe to call twice. */
  unmount(): void {
    const seat = this.#seat;
    if (!seat) return;
    const { mounted } = seat;
    this.#seat = null;
    seat.leave();
    if (mounted) this.#leave(mounted);
  }

  /** Unmounts for good and frees what its Innotations hold. Safe to call twice. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.unmount();
    this.#isDisposed = true;
    this.#readiness.dispose();
    this.#model.journaling?.dispose();
    for (const innotation of this.#model.registry.all) innotation.dispose();
  }

  /** Number of samples shown, after `indexes`. */
  get length(): number {
    return this.#model.position.length;
  }
  /** Rows of the caller's data, before `indexes`. */
  get dataLength(): number {
    return this.#model.registry.length;
  }
  /** The position shown, 0…length−1. Setting another number throws a RangeError. */
  get index(): number {
    return this.#model.position.index;
  }
  set index(index: number) {
    this.#endComposition();
    this.#model.go(index);
  }
  /** The row of the caller's data that is shown. */
  get uindex(): number {
    return this.#model.position.uindex;
  }
  /** Shows the sample of a row of the caller's data. False: it is not among those shown. */
  goTo(uindex: number): boolean {
    const index = this.#model.position.find(uindex);
    if (index !== null) this.index = index;
    return index !== null;
  }
  next(): void {
    this.#endComposition();
    this.#model.step(1);
  }
  previous(): void {
    this.#endComposition();
    this.#model.step(-1);
  }

  /**
   * Sets a value as if somebody had done it by hand: in the caller's data, as one undo step, dirty, in the journal, with a 'change' event. The
   * value is of the kind that those events tell: `[x, y, width, height]`, the number of a class or −1, a boolean, a text. In repeats
   * `name` is that of its row (`box_2`), or `box` with `{repeatIndex: 2}`, where plain arrays grow; in a layer of boxes `repeatIndex` is the box.
   * False: it was so already. Throws a RangeError for what is no row of the data, `InnotaterError` 'data' for names and values that do
   * not fit, or where boxes of a layer are not fetched yet; nothing is changed then.
   */
  setValue(uindex: number, name: string, value: unknown, { repeatIndex }: ValueRow = {}): boolean {
    return this.setValues([{ uindex, name, value, ...(repeatIndex === undefined ? {} : { repeatIndex }) }]);
  }
  /** As `setValue`, for any number of values of any samples: one undo step, all or nothing. */
  setValues(values: Iterable<NamedValue>): boolean {
    if (this.#isDisposed) throw new InnotaterError('aborted', 'This Innotater was disposed; make a new one');
    this.#endComposition();
    return this.#model.setValues([...values]);
  }

  get isDirty(): boolean {
    return !this.#model.dirty.isEmpty;
  }
  /** Rows changed since they were last saved, ascending. */
  get dirtyUindexes(): readonly number[] {
    return this.#model.dirty.uindexes;
  }
  /** Runs the saveHook over what is dirty. True when it saved; false when there is no hook, nothing dirty, or it did not. */
  save(): Promise<boolean> {
    return this.#model.saving.save();
  }
  /** How it stands with what was changed; 'savestatechange' tells of another. */
  get saveState(): SaveState {
    return this.#model.saveState;
  }
  /** All that the journal keeps under its key, as JSON. Rejects with 'data' without the option `journal`, and before `mount`. */
  async exportJournal(): Promise<Blob> {
    const { journaling } = this.#model;
    if (journaling) return journaling.export();
    throw new InnotaterError('data', "There is no journal; the option journal: 'my-dataset' keeps one");
  }
  /** Takes back the last edit and shows its sample. False: there is none. */
  undo(): boolean {
    this.#endComposition();
    return this.#model.travel('undo');
  }
  redo(): boolean {
    this.#endComposition();
    return this.#model.travel('redo');
  }

  /** 'light', 'dark', 'auto' or a partial theme; can be changed while the view is shown. Throws `InnotaterError` 'data' for anything else. */
  get theme(): Settings['theme'] {
    return this.#theme;
  }
  set theme(theme: Settings['theme']) {
    this.#theme = settingsOf({ theme }).theme;
    if (this.#mounted) this.#mounted.restyle();
    else this.#seat?.forgetPicture();
  }

  /**
   * The caller changed data behind the view: the current sample is read anew, images included. What was written so is not dirty, not in the
   * journal, and not for undo, which may write over it; `setValue` makes it an edit.
   */
  refresh(): void {
    for (const innotation of this.#model.registry.all) innotation.refresh(this.uindex);
    this.#invalidate('refresh');
  }

  /** Kept when the current sample is fully on screen; waits for `mount`. Rejects with 'aborted' when the view is disposed. */
  get ready(): Promise<void> {
    const promise = this.#readiness.wait();
    this.#afterFrame();
    pageViews.reconsider();
    return promise;
  }

  /** The keyboard's focus comes to the view: to its image, or whatever comes first. Without effect while it is not drawn. */
  focus(): void {
    const { canvas } = this;
    const root = canvas?.getRootNode() as ShadowRoot | undefined;
    root?.querySelector<HTMLElement>('.mirror [tabindex="0"], .mirror input, .mirror button')?.focus();
  }

  /**
   * The canvas shown; null while not mounted. On a page of many views it is another one each time the view comes near what is seen; of a
   * view taller than 4,096 px of the screen it has the part about what is seen alone (`snapshot()` has all).
   */
  get canvas(): HTMLCanvasElement | null {
    if (this.#seat) pageViews.wake(this.#seat);
    return this.#mounted?.shell.canvas ?? null;
  }
  /** PNG of what is drawn. Rejects with 'data' while not mounted. */
  async snapshot(): Promise<Blob> {
    if (this.#seat && !this.#mounted) await this.ready;
    if (!this.#mounted) throw new InnotaterError('data', 'Nothing is drawn before mount(host)');
    return this.#mounted.shell.snapshot();
  }

  /** What is being composed belongs to the sample that is shown: it is taken in before another one comes. */
  #endComposition(): void {
    this.#mounted?.shell.endComposition();
  }

  #build(ui: Ui): void {
    this.#isStale = false;
    const { position, editing, saving, registry, settings, notices, journaling } = this.#model;
    for (const text of this.#stage.takeSpoken()) ui.announce(text);
    const answer = buildFrame(ui, {
      ...registry,
      vertical: settings.vertical,
      stage: this.#stage,
      bar: {
        index: position.index,
        length: position.length,
        save: saving.isOffered ? (saving.canSave ? 'enabled' : 'disabled') : 'none',
        saveState: journaling ? this.#saveWords.of(ui, this.#model.saveState, saving.isOffered) : undefined,
        history: (settings.undoButtons ?? ui.coarsePointer) ? editing : null,
        hint: (name, does) => (this.#offered(name) ? settings.keymap.hint(name, does) : undefined),
      },
      notice: notices.current,
      question: journaling ? notices.question : undefined,
      busy: this.#busy.of(ui, this.#works(position.index)),
    });
    const { showsSheet, shortcutSheet } = this.#model;
    if (showsSheet && shortcutSheet?.(ui, settings.keymap, this.#offered)) this.#model.toggleSheet();
    this.#perform(answer);
    this.#performKeys(ui);
  }

  #perform(answer: FrameAnswer): void {
    if (answer.command) this.#model.perform(answer.command);
    if (answer.index !== undefined) this.#model.tryGo(answer.index);
    const { question } = this.#model.notices;
    if (answer.chosen !== undefined && question) this.#choose(question, answer.chosen);
    if (!answer.dismissed) return;
    this.#model.notices.dismiss();
    this.#invalidate('dismissed');
  }

  #choose(question: Question, at: number): void {
    this.#model.outbox.later(() => {
      this.#model.notices.answer(question, at);
      this.#invalidate('answered');
    });
  }

  #performKeys(ui: Ui): void {
    for (const event of ui.unusedKeys) {
      const command = commandOf(event, this.#model.settings.keymap, this.#offered);
      if (!command || (this.#model.showsSheet && command !== 'sheet')) continue;
      ui.use(event);
      this.#model.perform(command);
    }
  }

  readonly #offered = (name: ShortcutName): boolean => {
    const { settings, saving } = this.#model;
    return isOffered(settings.keyboardShortcuts, saving.isOffered)(name);
  };

  /** Keys that lists leave to the whole (C10). */
  #listShortcuts(): readonly string[] {
    return this.#model.settings.keymap.plainKeys(this.#offered);
  }

  #invalidate(reason: string): void {
    this.#isStale = true;
    if (this.#mounted) this.#mounted.shell.invalidate(reason);
    else this.#seat?.forgetPicture();
  }

  /** Everything that may take its time, the most telling first. */
  #works(index: number): readonly Work[] {
    const { saving, registry } = this.#model;
    const unknown = () => [null];
    return [
      { label: 'Saving', key: 'saving', isDone: () => !saving.isRunning, progress: unknown },
      {
        label: 'Loading',
        key: index,
        isDone: () => this.#isSampleReady(),
        progress: () =>
          registry.all
            .filter((innotation) => !innotation.isReady(this.#stage))
            .map((innotation) => innotation.loadProgress(this.#stage)),
      },
      {
        label: 'Working',
        key: 'handler',
        isDone: () => !this.#stage.isHandling && !this.#model.isSearching,
        progress: unknown,
      },
    ];
  }
  #isSampleReady(): boolean {
    return this.#model.registry.all.every((innotation) => innotation.isReady(this.#stage));
  }
  #isSettled(): boolean {
    return this.#mounted !== null && !this.#isStale && this.#isSampleReady();
  }

  /** Keeps `ready` once everything is there and drawn, and still so after the drawing. */
  #afterFrame(): void {
    if (this.#busy.isOver) this.#invalidate('done');
    if (!this.#isSettled() || !(this.#readiness.isAwaited || this.#seat?.isCovered)) return;
    queueMicrotask(async () => {
      await this.#mounted?.shell.whenDrawn();
      if (!this.#isSettled()) return;
      this.#seat?.uncover();
      this.#readiness.reached();
      pageViews.reconsider();
    });
  }
}
