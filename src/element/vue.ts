/** `innotater/element/vue`: the element, and its types in templates of Vue. */
import type { DefineComponent, EmitsToProps } from 'vue';
import type { InnotaterEvents } from '../innotater/index.js';
import type { InnotaterViewProps } from './props.js';

export * from './index.js';

type Emits = { [K in keyof InnotaterEvents]: (event: InnotaterEvents[K]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'innotater-view': DefineComponent<InnotaterViewProps & EmitsToProps<Emits>>;
    InnotaterView: DefineComponent<InnotaterViewProps & EmitsToProps<Emits>>;
  }
}
