import {
  type ChangeDetail,
  Innotater,
  InnotaterError,
  type InnotaterEvents,
  type InnotaterOptions,
  type InnotationList,
} from '../innotater/index.js';
import { formEntry, keyOfEdit } from './form-entry.js';

/** In Node there is no HTMLElement: the module can be imported there and registers nothing. */
const Base = (globalThis.HTMLElement ?? class {}) as unknown as new () => TypedEvents & HTMLElement;

/** Events of the view as events of the element; before those of HTMLElement, which know other ones by the names `change` and `error`. */
type TypedEvents = {
  addEventListener<K extends keyof InnotaterEvents>(
    type: K,
    listener: (event: InnotaterEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof InnotaterEvents>(
    type: K,
    listener: (event: InnotaterEvents[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
};

const raised = ['change', 'indexchange', 'save', 'savestatechange', 'restore', 'error'] as const;
const properties = ['inputs', 'targets', 'options', 'index', 'label', 'theme', 'vertical'] as const;
const themes = ['light', 'dark', 'auto'] as const;

type ElementTheme = (typeof themes)[number];
const asTheme = (text: string | null): ElementTheme | null => themes.find((theme) => theme === text) ?? null;

const opening = () => {
  let resolve: (view: Innotater) => void = () => {};
  const promise = new Promise<Innotater>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

/** In colours of the page around it, whatever these are. */
const problemOf = (document: Document, error: unknown): HTMLElement => {
  const problem = document.createElement('p');
  problem.setAttribute('role', 'alert');
  problem.textContent = `Nothing can be shown: ${error instanceof Error ? error.message : String(error)}`;
  Object.assign(problem.style, {
    margin: '0',
    padding: '12px',
    border: '1px solid',
    borderRadius: '6px',
    font: '14px/1.5 system-ui, sans-serif',
    overflowWrap: 'anywhere',
  });
  return problem;
};

/** Whether two sets of options say the same: frameworks make a new object at each render. */
const sameOptions = (a: object, b: object): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => Object.is(Reflect.get(a, name), Reflect.get(b, name)));
};

/**
 * `<innotater-view>`: an Innotater as an element. Set the properties `inputs`, `targets` and `options`, in any order and before or after
 * the element is defined; the attributes `label`, `theme`, `vertical` and `index` stand for the options and the position of those names, and
 * `theme` and `index` can be changed while it is shown. The view's events (`change`, `indexchange`, `save`, `savestatechange`, `restore`,
 * `error`) are raised on the element, bubble and are composed. Taken out of the document it draws nothing and keeps its data, position and history; put back, at the
 * same place or another, it goes on. What no view can be made of says why in its place. In a form, its `name` stands for the edits, as JSON;
 * `reset()` of the form puts back what the data held before them, as one undo step.
 */
export class InnotaterViewElement extends Base {
  static readonly observedAttributes: readonly string[] = ['label', 'theme', 'vertical', 'index'];
  static readonly formAssociated = true;
  #inputs: InnotationList = null;
  #targets: InnotationList = null;
  #options: InnotaterOptions = {};
  #view: Innotater | null = null;
  /** What the view was made with. */
  #made: {
    readonly inputs: InnotationList;
    readonly targets: InnotationList;
    readonly options: InnotaterOptions;
  } | null = null;
  #firstIndex: number | null = null;
  #isPending = false;
  #isMounted = false;
  #opened = opening();
  /** By cell: what it holds now, and held before the first edit. */
  readonly #edits = new Map<string, { readonly now: ChangeDetail; readonly first: unknown }>();
  #problem: HTMLElement | null = null;
  #form: HTMLFormElement | null = null;

  constructor() {
    super();
    for (const name of properties) this.#upgrade(name);
  }

  /** A property that was set before the element was defined hides the one of the class: it is set anew. */
  #upgrade(name: (typeof properties)[number]): void {
    if (!Object.hasOwn(this, name)) return;
    const value = Reflect.get(this, name);
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, value);
  }

  /** Innotations, nested lists of them as `Innotater` takes them. Each belongs to one view: another list makes another view. */
  get inputs(): InnotationList {
    return this.#inputs;
  }
  set inputs(inputs: InnotationList | undefined) {
    this.#inputs = inputs ?? null;
    this.#later();
  }
  get targets(): InnotationList {
    return this.#targets;
  }
  set targets(targets: InnotationList | undefined) {
    this.#targets = targets ?? null;
    this.#later();
  }
  /** Read when a view is made; `theme` at any time. They win over attributes. */
  get options(): InnotaterOptions {
    return this.#options;
  }
  set options(options: InnotaterOptions | null | undefined) {
    this.#options = options ?? {};
    this.#later();
  }

  /** The position shown; before there is a view, the one it begins with. Throws a RangeError as `Innotater` does. */
  get index(): number {
    return this.#view?.index ?? this.#firstIndex ?? 0;
  }
  set index(index: number) {
    if (this.#view) this.#view.index = index;
    else this.#firstIndex = index;
  }
  get label(): string {
    return this.getAttribute('label') ?? '';
  }
  set label(label: string) {
    this.setAttribute('label', label);
  }
  get theme(): ElementTheme {
    return asTheme(this.getAttribute('theme')) ?? 'auto';
  }
  set theme(theme: ElementTheme) {
    this.setAttribute('theme', theme);
  }
  get vertical(): boolean {
    return this.hasAttribute('vertical');
  }
  set vertical(vertical: boolean) {
    this.toggleAttribute('vertical', vertical);
  }

  /** The view; null until the element is in the document and has inputs or targets. */
  get view(): Innotater | null {
    return this.#view;
  }
  /** Kept when there is a view and its sample is fully on screen. */
  get ready(): Promise<void> {
    return this.#opened.promise.then((view) => view.ready);
  }

  connectedCallback(): void {
    this.style.display ||= 'block';
    this.#later();
  }
  disconnectedCallback(): void {
    this.#later();
  }
  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'index' && value !== null) this.#attempt(() => (this.index = Number(value)));
    else this.#later();
  }
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#form?.removeEventListener('formdata', this.#onFormData);
    this.#form = form;
    form?.addEventListener('formdata', this.#onFormData);
  }
  formResetCallback(): void {
    const firsts = Array.from(this.#edits.values(), ({ now: { uindex, name, repeatIndex }, first }) => ({
      uindex,
      name,
      repeatIndex,
      value: first,
    }));
    this.#attempt(() => {
      this.#view?.setValues(firsts);
      this.#edits.clear();
    });
  }
  formDisabledCallback(disabled: boolean): void {
    this.inert = disabled;
  }

  readonly #onFormData = ({ formData }: FormDataEvent): void => {
    const name = this.getAttribute('name');
    if (name && !this.inert)
      formData.append(name, formEntry(Array.from(this.#edits.values(), ({ now }) => now)));
  };

  /** What was set counts from the next microtask on, so that several properties make one view. */
  #later(): void {
    if (this.#isPending) return;
    this.#isPending = true;
    queueMicrotask(() => {
      this.#isPending = false;
      this.#attempt(() => this.#settle());
    });
  }

  #settle(): void {
    const made = this.#made;
    const isSame = made !== null && made.inputs === this.#inputs && made.targets === this.#targets;
    if (!isSame) this.#close();
    if (!this.isConnected) this.#leave();
    else if (this.#view) this.#enter(this.#view);
    else if (this.#inputs || this.#targets) this.#open();
    if (this.#view && isSame) this.#adapt(this.#view);
  }

  #wanted(): InnotaterOptions {
    const [theme, label] = [asTheme(this.getAttribute('theme')), this.getAttribute('label')];
    return {
      ...(label === null ? {} : { label }),
      ...(theme ? { theme } : {}),
      ...(this.vertical ? { vertical: true } : {}),
      ...this.#options,
    };
  }

  /** What can change in a view that is there: its theme. */
  #adapt(view: Innotater): void {
    const before = this.#made!.options;
    const options = this.#wanted();
    if (sameOptions(before, options)) return;
    this.#made = { ...this.#made!, options };
    if (options.theme !== before.theme) view.theme = options.theme ?? 'auto';
    if (sameOptions({ ...before, theme: null }, { ...options, theme: null })) return;
    throw new InnotaterError(
      'data',
      'Options of <innotater-view> other than theme are read when its view is made; set inputs and targets with new Innotations as well',
    );
  }

  #open(): void {
    const options = this.#wanted();
    this.#made = { inputs: this.#inputs, targets: this.#targets, options };
    const view = this.#viewOf(options);
    this.#view = view;
    for (const type of raised) {
      view.addEventListener(type, (event: Event) => this.#raise(type, (event as CustomEvent).detail));
    }
    view.addEventListener('change', ({ detail }) => this.#edited(detail));
    if (this.#firstIndex !== null) this.#attempt(() => (view.index = this.#firstIndex!));
    this.#enter(view);
    this.#opened.resolve(view);
  }

  /** What is wrong with inputs, targets or options stands in the view's place. */
  #viewOf(options: InnotaterOptions): Innotater {
    this.#problem?.remove();
    try {
      return new Innotater(this.#inputs, this.#targets, options);
    } catch (error) {
      this.#problem = this.appendChild(problemOf(this.ownerDocument, error));
      throw error;
    }
  }

  #edited(now: ChangeDetail): void {
    const key = keyOfEdit(now);
    const first = this.#edits.has(key) ? this.#edits.get(key)!.first : now.previous;
    this.#edits.set(key, { now, first });
  }

  #enter(view: Innotater): void {
    if (this.#isMounted) return;
    view.mount(this);
    this.#isMounted = true;
  }

  #leave(): void {
    this.#view?.unmount();
    this.#isMounted = false;
  }

  #close(): void {
    this.#problem?.remove();
    if (!this.#view) return;
    this.#view.dispose();
    this.#view = null;
    this.#isMounted = false;
    this.#edits.clear();
    this.#opened = opening();
  }

  /** Whether nobody answered by `preventDefault`. */
  #raise(type: string, detail: unknown): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'error' }),
    );
  }

  /** What goes wrong is an `error` event, and an error of the page where nobody prevents that. */
  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (this.#raise('error', { error })) reportError(error);
    }
  }
}
