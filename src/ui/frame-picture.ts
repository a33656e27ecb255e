import { intersection, isEmpty } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import type { Appearances } from './appearances.js';
import type { WidgetId } from './input.js';
import { type Interaction, ownerOf, type Placed } from './interaction.js';
import { focusRing } from './looks.js';
import type { WidgetNode } from './node.js';
import type { Semantics } from './output.js';
import type { Theme } from './theme.js';

/** What placed trees look like. */
export const paintedTrees = (roots: readonly WidgetNode[], appearances: Appearances): Shape[] => {
  const shapes: Shape[] = [];
  for (const root of roots) appearances.paint(root, shapes);
  return shapes;
};

/** What placed trees tell. */
export const toldOf = (roots: readonly WidgetNode[], appearances: Appearances): Semantics[] => {
  const told: Semantics[] = [];
  for (const root of roots) appearances.tell(root, told);
  return told;
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
