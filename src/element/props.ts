import type { InnotaterEvents, InnotaterOptions, InnotationList } from '../innotater/index.js';
import type { InnotaterViewElement } from './innotater-view.js';

/** What can be set on `<innotater-view>` in a template. */
export type InnotaterViewProps = {
  readonly inputs?: InnotationList;
  readonly targets?: InnotationList;
  readonly options?: InnotaterOptions;
  readonly index?: number;
  readonly label?: string;
  readonly theme?: InnotaterViewElement['theme'];
  readonly vertical?: boolean;
  /** In a form: what its edits are sent as. */
  readonly name?: string;
};

/** Handlers of the element's events, by the names that React and Svelte give them. */
export type InnotaterViewHandlers = {
  readonly [K in keyof InnotaterEvents as `on${K}`]?: (event: InnotaterEvents[K]) => void;
};
