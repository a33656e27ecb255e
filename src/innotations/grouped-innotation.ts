import { InnotaterError } from '../errors/index.js';
import type { Ui } from '../ui/index.js';
import { labelBoxes } from './box-labels.js';
import { who } from './column-innotation.js';
import type { Stage } from './contract.js';
import { Innotation, type InnotationOptions } from './innotation.js';
import { checkOptionNames, containerOptions, namesOf } from './option-names.js';

export type GroupOptions = Omit<InnotationOptions, 'data'>;

const kind = 'GroupedInnotation';

const optionNames = /* @__PURE__ */ namesOf<GroupOptions>({ ...containerOptions });

/** Innotations, then options where there are any. */
const split = (given: readonly (Innotation | GroupOptions)[]) => {
  const stranger = given.findIndex(
    (part, i) => !(part instanceof Innotation) && (i < given.length - 1 || !isOptions(part)),
  );
  if (stranger < 0) {
    return {
      children: given.filter((part): part is Innotation => part instanceof Innotation),
      options: given.findLast((part): part is GroupOptions => !(part instanceof Innotation)) ?? {},
    };
  }
  const found = Array.isArray(given[stranger]) ? 'an array' : String(given[stranger]);
  throw new InnotaterError(
    'data',
    `${kind}: argument ${stranger} is ${found}; write new GroupedInnotation(a, b, …), options last`,
  );
};

const isOptions = (part: unknown): boolean =>
  part === undefined || (typeof part === 'object' && !Array.isArray(part));

/** Innotations side by side (G1): `new GroupedInnotation(a, b, …)`, options as the last argument where there are any. */
export class GroupedInnotation extends Innotation {
  readonly kind = kind;
  readonly length = null;
  readonly #children: readonly Innotation[];
  /** Only a described group is one for assistive technology. */
  readonly #label: string | undefined;

  constructor(...given: readonly (Innotation | GroupOptions)[]) {
    const { children, options } = split(given);
    super(options);
    checkOptionNames(kind, who(kind, options), options, optionNames);
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
