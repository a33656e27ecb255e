import type { Ui } from '../ui/index.js';
import { labelBoxes } from './box-labels.js';
import type { Stage } from './contract.js';
import { Innotation, type InnotationOptions } from './innotation.js';

export type GroupOptions = Omit<InnotationOptions, 'data'>;

const split = (given: readonly (Innotation | GroupOptions)[]) => ({
  children: given.filter((part): part is Innotation => part instanceof Innotation),
  options: given.findLast((part): part is GroupOptions => !(part instanceof Innotation)) ?? {},
});

/** Innotations side by side (G1): `new GroupedInnotation(a, b, …)`, options as the last argument where there are any. */
export class GroupedInnotation extends Innotation {
  readonly kind = 'GroupedInnotation';
  readonly length = null;
  readonly #children: readonly Innotation[];
  /** Only a described group is one for assistive technology. */
  readonly #label: string | undefined;

  constructor(...given: readonly (Innotation | GroupOptions)[]) {
    const { children, options } = split(given);
    super(options);
    this.#children = children;
    this.#label = options.desc;
    labelBoxes(children);
  }

  override get children(): readonly Innotation[] {
    return this.#children;
  }

  build(ui: Ui, stage: Stage): void {
    const layout = { alignItems: 'flex-start', flexWrap: 'wrap', ...this.layout };
    ui.row(this.name, { layout, ...(this.#label === undefined ? {} : { label: this.#label }) }, () => {
      for (const child of this.#children) child.build(ui, stage);
    });
  }
}
