/** `innotater/element`: importing it registers `<innotater-view>` where there are custom elements. */
import { InnotaterViewElement } from './innotater-view.js';

export { InnotaterViewElement };

declare global {
  interface HTMLElementTagNameMap {
    'innotater-view': InnotaterViewElement;
  }
}

if (globalThis.customElements && !customElements.get('innotater-view')) {
  customElements.define('innotater-view', InnotaterViewElement);
}
