/** `innotater/element/react`: the element, and its types in the JSX of React 19. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { InnotaterViewElement } from './innotater-view.js';
import type { InnotaterViewHandlers, InnotaterViewProps } from './props.js';

export * from './index.js';

type Plain = Omit<
  DetailedHTMLProps<HTMLAttributes<InnotaterViewElement>, InnotaterViewElement>,
  'children' | keyof InnotaterViewProps
>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'innotater-view': Plain & InnotaterViewProps & InnotaterViewHandlers;
    }
  }
}
