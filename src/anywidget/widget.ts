import { InnotaterError } from '../errors/index.js';
import { Innotater, type InnotaterOptions } from '../innotater/index.js';
import type { Innotation } from '../innotations/index.js';
import type { AnyModel, SentChange } from './contract.js';
import { HeldTraits } from './held-traits.js';
import { innotationsOf, type Makers } from './innotations-of.js';

/** One output: where it is shown, and as what. */
type Output = { readonly el: HTMLElement; view: Innotater | null };

/** After so long without an answer a save counts as not done, ms. */
const savingMs = 60_000;

const rebuildEvents = ['change:inputs', 'change:targets', 'change:options'] as const;

const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  return ArrayBuffer.isView(value) || Array.isArray(value)
    ? Array.from(value as ArrayLike<unknown>, plain)
    : value;
};

/** What is shown where nothing can be: the reason, as text. */
const problemElement = (error: unknown): HTMLElement => {
  const element = document.createElement('div');
  element.setAttribute('role', 'alert');
  element.textContent = error instanceof Error ? error.message : String(error);
  return element;
};

/** Everything of one model: its data, held once, and its outputs, each with a view of its own on them. */
export class Widget {
  readonly #model: AnyModel;
  readonly #traits: HeldTraits;
  readonly #outputs = new Set<Output>();
  /** The trait that the Innotation of a name edits. */
  readonly #traitOf = new Map<string, string>();
  #changes: SentChange[] = [];
  #saves = 0;
  #wait: ReturnType<typeof setTimeout> | undefined;

  constructor(model: AnyModel) {
    this.#model = model;
    this.#traits = new HeldTraits(model);
    this.#traits.onFlush = () => this.#more();
    this.#traits.onReplaced = (isInPlace) => {
      if (isInPlace) for (const { view } of this.#outputs) view?.refresh();
      else this.#rebuildLater();
    };
    for (const event of rebuildEvents) model.on(event, this.#rebuildLater);
    model.on('change:index', this.#goToIndex);
  }

  /** Shows the widget in `el` too. What is returned takes it away again. */
  show(el: HTMLElement): () => void {
    const output: Output = { el, view: null };
    this.#outputs.add(output);
    this.#fill(output);
    return () => {
      this.#outputs.delete(output);
      this.#empty(output);
    };
  }

  /** Ends every output, and what is edited is sent. */
  dispose(): void {
    clearTimeout(this.#wait);
    for (const event of rebuildEvents) this.#model.off(event, this.#rebuildLater);
    this.#model.off('change:index', this.#goToIndex);
    for (const output of this.#outputs) this.#empty(output);
    this.#outputs.clear();
    this.#traits.clear();
  }

  /** Traits that are set together make one new view. */
  readonly #rebuildLater = (): void => {
    if (this.#traits.isSending) return;
    this.#wait ??= setTimeout(() => {
      this.#wait = undefined;
      this.#traits.clear();
      this.#traitOf.clear();
      for (const output of this.#outputs) {
        this.#empty(output);
        this.#fill(output);
      }
    });
  };

  #fill(output: Output): void {
    try {
      const view = new Innotater(this.#innotations('inputs'), this.#innotations('targets'), this.#options());
      this.#follow(view, output);
      output.view = view;
      view.mount(output.el);
      this.#goToIndex();
    } catch (error) {
      this.#empty(output);
      output.el.replaceChildren(problemElement(error));
    }
  }

  #empty(output: Output): void {
    output.view?.dispose();
    output.view = null;
    output.el.replaceChildren();
  }

  #innotations(trait: 'inputs' | 'targets'): readonly Innotation[] {
    const makers: Makers = {
      dataOf: (spec, isOwn) => this.#traits.dataOf(spec, isOwn),
      edits: (name, edited) => this.#traitOf.set(name, edited),
      onClick: (uindex, repeatIndex, { name }) => {
        this.#traits.flush();
        this.#model.send({ type: 'click', name, uindex, repeatIndex });
      },
    };
    return innotationsOf(this.#model.get(trait), trait, makers);
  }

  #options(): InnotaterOptions {
    const { save, ...options } = { ...(this.#model.get('options') as object | undefined) } as Record<
      string,
      unknown
    >;
    return {
      ...options,
      ...(save ? { saveHook: (uindexes: readonly number[]) => this.#save(uindexes) } : {}),
    };
  }

  #follow(view: Innotater, output: Output): void {
    view.addEventListener('change', ({ detail: { uindex, name, repeatIndex, value } }) => {
      this.#changes.push({ uindex, name, repeatIndex, value: plain(value) });
      this.#edited(name);
      for (const other of this.#outputs) if (other !== output) other.view?.refresh();
    });
    view.addEventListener('indexchange', ({ detail: { index } }) => {
      if (this.#model.get('index') !== index) this.#traits.flush({ index });
    });
  }

  #edited(name: string): void {
    const trait = this.#traitOf.get(name);
    if (trait !== undefined) this.#traits.edited(trait);
  }

  /** What goes with the edited traits: the changes since the last time. */
  #more(): Readonly<Record<string, unknown>> {
    if (this.#changes.length === 0) return {};
    const changes = this.#changes;
    this.#changes = [];
    return { changes };
  }

  readonly #goToIndex = (): void => {
    const index = this.#model.get('index');
    for (const { view } of this.#outputs) {
      const isThere = typeof index === 'number' && view !== null && index >= 0 && index < view.length;
      if (isThere && view.index !== index) view.index = index;
    }
  };

  /** Asks the kernel to save; true when it answers `{type: "saved", id, ok: true}`. */
  #save(uindexes: readonly number[]): Promise<boolean> {
    const id = ++this.#saves;
    this.#traits.flush();
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#model.off('msg:custom', answered);
      };
      const answered = (message: {
        readonly type?: unknown;
        readonly id?: unknown;
        readonly ok?: unknown;
      }) => {
        if (message?.type !== 'saved' || message.id !== id) return;
        end();
        resolve(message.ok === true);
      };
      const timer = setTimeout(() => {
        end();
        reject(new InnotaterError('limit', `The kernel did not answer a save for ${savingMs / 1000} s`));
      }, savingMs);
      this.#model.on('msg:custom', answered);
      this.#model.send({ type: 'save', id, uindexes: [...uindexes] });
    });
  }
}
