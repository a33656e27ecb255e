import { InnotaterError } from '../errors/index.js';
import type { Ui } from '../ui/index.js';
import type { Stage } from './contract.js';
import { Innotation, type InnotationOptions } from './innotation.js';

/** What a handler is told of the button that was pressed. */
export type ButtonFacts = { readonly name: string; readonly desc: string };

export type ButtonOptions = InnotationOptions & {
  /**
   * `repeatIndex` is −1 outside repeats. Giving true, at once or as a promise, says that the sample's data was changed: it is
   * dirty and shown anew.
   */
  readonly onClick?: (uindex: number, repeatIndex: number, facts: ButtonFacts) => unknown;
};

const optionsOf = (data: unknown, options: ButtonOptions | undefined): ButtonOptions => {
  const isOptions = typeof data === 'object' && data !== null && !('length' in data) && !('shape' in data);
  if (!isOptions) return options ?? {};
  if (options?.data !== undefined && 'data' in data) {
    throw new InnotaterError('data', 'data supplied both as position and keyword argument');
  }
  return { ...data, ...options };
};

/** A button labelled `desc` that runs a handler of the caller (U1). Its data is ignored; null will do. */
export class ButtonInnotation extends Innotation {
  readonly kind = 'ButtonInnotation';
  readonly length = null;
  readonly #onClick: ButtonOptions['onClick'];
  #running = false;

  constructor(data: unknown, options?: ButtonOptions) {
    const given = optionsOf(data, options);
    super(given);
    this.#onClick = given.onClick;
  }

  build(ui: Ui, stage: Stage): void {
    const pressed = ui.button(this.name, this.desc, {
      layout: this.layout,
      disabled: this.disabled || this.#running,
    });
    if (pressed) void this.#run(stage);
  }

  /** Disabled while an asynchronous handler runs, so that one press is one run. */
  async #run(stage: Stage): Promise<void> {
    const { uindex } = stage;
    const { name, desc } = this;
    this.#running = true;
    await stage.runHandler(uindex, () => this.#onClick?.(uindex, this.repeatIndex, { name, desc }));
    this.#running = false;
    stage.redraw('handler done');
  }
}
