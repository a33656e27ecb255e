import { Innotater, type InnotaterOptions, type InnotationList } from '../innotater/index.js';

/** In Node there is no HTMLElement: the module can be imported there and registers nothing. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

const raised = ['change', 'indexchange', 'save', 'error'] as const;

/**
 * `<innotater-view>`: an Innotater as an element. Set the properties `inputs`, `targets` and `options`; the attributes `label`, `theme`
 * and `vertical` stand for options of those names. The view's events are raised on the element, bubble and are composed. It stays
 * alive when the element is moved, and is disposed when it is taken out of the document.
 */
export class InnotaterViewElement extends Base {
  static readonly observedAttributes = ['label', 'theme', 'vertical'];
  #inputs: InnotationList = null;
  #targets: InnotationList = null;
  #options: InnotaterOptions = {};
  #view: Innotater | null = null;
  #isPending = false;

  get inputs(): InnotationList {
    return this.#inputs;
  }
  set inputs(inputs: InnotationList) {
    this.#inputs = inputs;
    this.#renew();
  }
  get targets(): InnotationList {
    return this.#targets;
  }
  set targets(targets: InnotationList) {
    this.#targets = targets;
    this.#renew();
  }
  get options(): InnotaterOptions {
    return this.#options;
  }
  set options(options: InnotaterOptions) {
    this.#options = options;
    this.#renew();
  }
  /** The view shown; null until the element is in the document and has inputs or targets. */
  get view(): Innotater | null {
    return this.#view;
  }

  connectedCallback(): void {
    this.style.display ||= 'block';
    this.#later();
  }
  disconnectedCallback(): void {
    this.#later();
  }
  attributeChangedCallback(): void {
    this.#renew();
  }

  /** What was set counts from the next microtask on, so that several properties make one view. */
  #renew(): void {
    this.#close();
    this.#later();
  }

  #later(): void {
    if (this.#isPending) return;
    this.#isPending = true;
    queueMicrotask(() => {
      this.#isPending = false;
      if (!this.isConnected) this.#close();
      else if (!this.#view && (this.#inputs || this.#targets)) this.#open();
    });
  }

  #open(): void {
    const theme = this.getAttribute('theme');
    const label = this.getAttribute('label');
    const view = new Innotater(this.#inputs, this.#targets, {
      ...(label === null ? {} : { label }),
      ...(theme === 'light' || theme === 'dark' || theme === 'auto' ? { theme } : {}),
      ...(this.hasAttribute('vertical') ? { vertical: true } : {}),
      ...this.#options,
    });
    for (const type of raised) {
      view.addEventListener(type, (event: Event) => {
        const { detail } = event as CustomEvent;
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
      });
    }
    this.#view = view;
    view.mount(this);
  }

  #close(): void {
    this.#view?.dispose();
    this.#view = null;
  }
}
