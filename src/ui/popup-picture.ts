import type { Appearances } from './appearances.js';
import { paintedTrees, type ringOf, toldOf } from './frame-picture.js';
import type { WidgetId } from './input.js';
import type { PopupOutput, Semantics } from './output.js';
import type { Popup } from './popup-layer.js';

/** Of a popup's element and picture: a dialog's is that of its widget, which hears what becomes of it. */
const popupId = (popup: Popup): WidgetId => ('dialog' in popup ? popup.root.id : `${popup.root.id}#popup`);

/** What a popup tells. */
export const popupSemantics = (popup: Popup, appearances: Appearances): Semantics => {
  const { root } = popup;
  return {
    id: popupId(popup),
    ...('dialog' in popup ? { role: 'dialog', name: popup.dialog } : { role: 'group', name: '' }),
    rect: root.rect,
    focusable: false,
    popup: true,
    children: toldOf([root], appearances),
  };
};

/** A popup's own picture; `ring` belongs to it where its owner is in it. */
export const popupOutput = (
  popup: Popup,
  ring: ReturnType<typeof ringOf>,
  appearances: Appearances,
): PopupOutput => {
  const picture = paintedTrees([popup.root], appearances);
  if (ring && popup.nodes.includes(ring.owner)) picture.push(ring.shape);
  return { id: popupId(popup), rect: popup.root.rect, picture };
};
