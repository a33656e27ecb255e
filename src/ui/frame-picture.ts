import { intersection, isEmpty } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import type { Appearances } from './appearances.js';
import type { WidgetId } from './input.js';
import { type Interaction, ownerOf, type Placed } from './interaction.js';
import { focusRing } from './looks.js';
import type { WidgetNode } from './node.js';
import type { PopupOutput, Semantics } from './output.js';
import type { Popup } from './popup-layer.js';
import type { Theme } from './theme.js';

/** What placed trees look like. */
export const paintedTrees = (roots: readonly WidgetNode[], appearances: Appearances): Shape[] => {
  const shapes: Shape[] = [];
  for (const root of roots) appearances.paint(root, shapes);
  return shapes;
};

/** Of a popup's element and picture: a dialog's is that of its widget, which hears what becomes of it. */
const popupId = (popup: Popup): WidgetId => ('dialog' in popup ? popup.root.id : `${popup.root.id}#popup`);

const popupSemantics = (popup: Popup, appearances: Appearances): Semantics => {
  const { root } = popup;
  const children: Semantics[] = [];
  appearances.tell(root, children);
  return {
    id: popupId(popup),
    ...('dialog' in popup ? { role: 'dialog', name: popup.dialog } : { role: 'group', name: '' }),
    rect: root.rect,
    focusable: false,
    popup: true,
    children,
  };
};

/** Everything that is told, popups last; the caller puts the whole's rectangle around it. */
export const allSemantics = (
  roots: readonly WidgetNode[],
  popups: readonly Popup[],
  appearances: Appearances,
): readonly Semantics[] => {
  const all: Semantics[] = [];
  for (const root of roots) appearances.tell(root, all);
  for (const popup of popups) all.push(popupSemantics(popup, appearances));
  return all;
};

const findSemantics = (nodes: readonly Semantics[], id: WidgetId): Semantics | null => {
  for (const node of nodes) {
    const found = node.id === id ? node : findSemantics(node.children ?? [], id);
    if (found) return found;
  }
  return null;
};

/** The ring around what has keyboard focus, with the widget it belongs to; null where there is none to see. */
export const ringOf = (
  { focused, focusVisible }: Interaction,
  placed: Placed,
  semantics: readonly Semantics[],
  theme: Theme,
): { readonly owner: WidgetNode; readonly shape: Shape } | null => {
  const target = focused === null || !focusVisible ? null : findSemantics(semantics, focused);
  const owner = target && ownerOf(placed, target.id);
  if (!owner) return null;
  const place = intersection(target.rect, owner.rect);
  const seen = owner.seen ? intersection(place, owner.seen) : place;
  return isEmpty(seen) ? null : { owner, shape: focusRing(seen, theme.radiusPx, theme.focusRing) };
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
