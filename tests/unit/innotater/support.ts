import type { InnotaterOptions, Innotation } from '../../../src/innotater/index.js';
import { ViewModel } from '../../../src/innotater/model.js';
import { ViewStage } from '../../../src/innotater/view-stage.js';
import { isEditTarget } from '../../../src/innotations/index.js';

/** A view without a screen, and everything it raised, in order. */
export const modelOf = (
  inputs: Innotation | Innotation[] | null,
  targets: Innotation | Innotation[] | null,
  options: InnotaterOptions = {},
) => {
  const target = new EventTarget();
  const events: { readonly type: string; readonly detail: unknown }[] = [];
  for (const type of ['change', 'indexchange', 'save', 'error']) {
    target.addEventListener(type, (event) => events.push({ type, detail: (event as CustomEvent).detail }));
  }
  const model = new ViewModel(target, inputs, targets, options);
  return {
    model,
    events,
    details: (type: string) => events.filter((e) => e.type === type).map((e) => e.detail),
  };
};

/** What the innotations of such a view may ask for. */
export const stageOf = (model: ViewModel): ViewStage =>
  new ViewStage({
    position: model.position,
    editing: model.editing,
    innotations: model.registry.all,
    memoryBudget: () => model.settings.memoryBudget,
    keymap: model.settings.keymap,
    shortcutKeys: [],
    redraw: () => {},
    report: (error, uindex) => model.report(error, uindex),
    retract: (error) => model.notices.retract(error.message),
  });

/** Sets a value as the control of that name would. False: it was so already. */
export const set = (
  model: ViewModel,
  name: string,
  value: unknown,
  uindex = model.position.uindex,
): boolean => {
  const target = model.registry.all.find((innotation) => innotation.name === name);
  if (!target || !isEditTarget(target)) throw new Error(`no editable ${name}`);
  return model.editing.edit([{ target, uindex, value }]);
};

/** Resolves after everything that is due now. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A promise to be kept or broken by the test. */
export const deferred = <T>() => {
  let settle: { resolve(value: T): void; reject(error: unknown): void } | null = null;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle! };
};
