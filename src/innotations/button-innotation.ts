import { InnotaterError } from '../errors/index.js';
import type { Ui } from '../ui/index.js';
import { who } from './column-innotation.js';
import type { Stage } from './contract.js';
import { Innotation, type InnotationOptions } from './innotation.js';
import { checkOptionNames, commonOptions, namesOf } from './option-names.js';

/** What a handler is told of the button that was pressed. */
export type ButtonFacts = { readonly name: string; readonly desc: string };

export type ButtonOptions = InnotationOptions & {
  /**
   * `repeatIndex` is −1 outside repeats. Giving true, at once or as a promise, says that the sample's data was changed: it is
   * dirty and shown anew.
   */
  readonly onClick?: (uindex: number, repeatIndex: number, facts: ButtonFacts) => unknown;
};

const kind = 'ButtonInnotation';
const optionNames = /* @__PURE__ */ namesOf<ButtonOptions>({ ...commonOptions, onClick: true });

const optionsOf = (data: unknown, options: ButtonOptions | undefined): ButtonOptions => {
  if (options !== undefined && options !== null && typeof options !== 'object') {
    throw new InnotaterError('data', `${kind}: options must be an object, not ${JSON.stringify(options)}`);
  }
  const isOptions = typeof data === 'object' && data !== null && !('length' in data) && !('shape' in data);
  if (!isOptions) return options ?? {};
  if (options?.data !== undefined && 'data' in data) {
    throw new InnotaterError('data', 'data supplied both as position and keyword argument');
  }
  return { ...data, ...options };
};

/** A button labelled `desc` that runs a handler of the caller (U1). Its data is ignored; null will do. */
export class ButtonInnotation extends Innotation {
  static readonly kind = kind;
  readonly kind = kind;
  readonly length = null;
  readonly #onClick: ButtonOptions['onClick'];
  /** Samples for which a handler runs. */
  readonly #running = new Set<number>();

  constructor(data: unknown, options?: ButtonOptions) {
    const given = optionsOf(data, options);
    super(given);
    const name = who(kind, given);
    checkOptionNames(kind, name, given, optionNames);
    const { onClick } = given;
    if (onClick !== undefined && onClick !== null && typeof onClick !== 'function') {
      throw new InnotaterError('data', `${name}: onClick must be a function, not ${JSON.stringify(onClick)}`);
    }
    this.#onClick = onClick;
  }

  build(ui: Ui, stage: Stage): void {
    const pressed = ui.button(this.name, this.desc, {
      layout: this.layout,
      disabled: this.disabled || this.#running.has(stage.uindex),
    });
    if (pressed) void this.#run(stage);
  }

  /** Disabled on its sample while an asynchronous handler runs, so that one press is one run. */
  async #run(stage: Stage): Promise<void> {
    const { uindex } = stage;
    const { name, desc } = this;
    this.#running.add(uindex);
    await stage.runHandler(uindex, () => this.#onClick?.(uindex, this.repeatIndex, { name, desc }));
    this.#running.delete(uindex);
    stage.redraw('handler done');
  }
}
