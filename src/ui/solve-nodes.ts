import { type FlexNode, type Report, type ResolvedStyle, resolveStyle, solve } from './layout/index.js';
import { noPadding, type WidgetNode } from './node.js';

const ignore: Report = () => {};

/** The key that the caller gave: what an id ends with, without the parts that a widget makes of its own. */
const nameOf = (id: string): string => id.split('/').at(-1)!.replace(/#.*$/, '');

const styleOf = (node: WidgetNode, em: number, report: Report): ResolvedStyle => {
  node.resolved ??= resolveStyle(node.style, em, (message) => report(message, nameOf(node.id)));
  return node.resolved;
};

const flexNodeOf = (node: WidgetNode, em: number, report: Report): FlexNode => ({
  style: styleOf(node, em, report),
  children: node.children.map((child) => flexNodeOf(child, em, report)),
  measure: node.measure,
  rect: node.rect,
});

const take = (node: WidgetNode, solved: FlexNode): void => {
  node.rect = solved.rect;
  node.padding = solved.padding ?? noPadding;
  node.children.forEach((child, i) => {
    take(child, solved.children[i]!);
  });
};

/**
 * Places nodes below each other in a canvas `width` CSS px wide, `gap` apart, by the rules of CSS flexbox; returns the height they
 * take. `em` is the font's size in CSS px. Nodes with `display: none` have no size and take no room. Unknown keys and values of
 * styles go to `report`, each time they are read: nodes that have been `resolved` are not read again.
 */
export const solveNodes = (
  roots: readonly WidgetNode[],
  width: number,
  gap: number,
  em: number,
  report: Report = ignore,
): number => {
  const root: FlexNode = {
    style: resolveStyle({ flexDirection: 'column', rowGap: gap }, em, report),
    children: roots.map((node) => flexNodeOf(node, em, report)),
    measure: null,
    rect: { x: 0, y: 0, width, height: 0 },
  };
  solve(root, width);
  roots.forEach((node, i) => {
    take(node, root.children[i]!);
  });
  return root.rect.height;
};
