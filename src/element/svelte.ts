/** `innotater/element/svelte`: the element, and its types in the markup of Svelte. */
import type { HTMLAttributes } from 'svelte/elements';
import type { InnotaterViewElement } from './innotater-view.js';
import type { InnotaterViewHandlers, InnotaterViewProps } from './props.js';

export * from './index.js';

type Plain = Omit<HTMLAttributes<InnotaterViewElement>, keyof InnotaterViewHandlers>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'innotater-view': Plain & InnotaterViewProps & InnotaterViewHandlers;
  }
}
