/**
 * `innotater/anywidget`: an Innotater in notebooks, as anywidget's front-end module, in one file. The model's traits: `inputs` and `targets`
 * (lists of `InnotationSpec`), `options` (those of `Innotater` that are plain values, and `save: true`), `index`, `changes`, and those that
 * hold the data. Edits are written back to the traits of the data, whole, and to `changes`, the edits since it was last set.
 * Messages: `{type: "save", id, uindexes}`, to be answered by `{type: "saved", id, ok}`; `{type: "click", name, uindex, repeatIndex}`.
 */
import type { AnyModel, InitializeProps, RenderProps } from './contract.js';
import { Widget } from './widget.js';

export type {
  AnyModel,
  DataSpec,
  InitializeProps,
  InnotationSpec,
  RenderProps,
  SentChange,
} from './contract.js';

const widgets = new WeakMap<AnyModel, Widget>();

const widgetOf = (model: AnyModel): Widget => {
  const widget = widgets.get(model) ?? new Widget(model);
  widgets.set(model, widget);
  return widget;
};

/** Called once a model. What it returns is called when the model is destroyed. */
const initialize = ({ model, signal }: InitializeProps): (() => void) => {
  const end = () => {
    widgets.get(model)?.dispose();
    widgets.delete(model);
  };
  signal?.addEventListener('abort', end, { once: true });
  return end;
};

/** Called for each output. What it returns is called when the output goes away; `signal` says so, too, where there is one. */
const render = ({ model, el, signal }: RenderProps): (() => void) => {
  const end = widgetOf(model).show(el);
  signal?.addEventListener('abort', end, { once: true });
  return end;
};

export default { initialize, render };
