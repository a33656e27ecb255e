/** The model that anywidget's front end gives: traits by name, and messages. */
export interface AnyModel {
  get(trait: string): unknown;
  set(trait: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: (...facts: readonly never[]) => void): void;
  off(event: string, listener: (...facts: readonly never[]) => void): void;
  send(message: unknown): void;
}

/** What anywidget gives to `initialize` and `render`; `signal` is there from version 0.10 on, and in other hosts perhaps not. */
export type InitializeProps = { readonly model: AnyModel; readonly signal?: AbortSignal };
export type RenderProps = InitializeProps & { readonly el: HTMLElement };

/**
 * Where an Innotation's data lie: in the trait of this name. Bytes need the dtype (as numpy calls it, little-endian) and the shape of the
 * array, in C order; a list is taken as it is, encoded images as bytes in it.
 */
export type DataSpec = {
  readonly trait: string;
  readonly dtype?: string;
  readonly shape?: readonly number[];
};

/**
 * An Innotation as a traits' value can say it: the name of its class, where its data lie, and its options. `children` are a
 * GroupedInnotation's, `rows` what a RepeatInnotation repeats. Transforms are lists: `["denormalize", {"mean": …, "std": …}]`.
 */
export type InnotationSpec = {
  readonly type: string;
  readonly data?: DataSpec | readonly unknown[] | null;
  readonly children?: readonly InnotationSpec[];
  readonly rows?: readonly InnotationSpec[];
  readonly [option: string]: unknown;
};

/** A change as it is written to the trait `changes`. */
export type SentChange = {
  readonly uindex: number;
  readonly name: string;
  readonly repeatIndex: number;
  readonly value: unknown;
};
