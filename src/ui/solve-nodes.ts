import type { WidgetNode } from './node.js';

const px = (value: string | number | undefined): number => (typeof value === 'number' ? value : 0);

const isRow = (node: WidgetNode): boolean => node.style.flexDirection === 'row';

const wanted = (node: WidgetNode, width: number): { width: number; height: number } => {
  if (node.measure) return node.measure(width);
  const padding = 2 * px(node.style.padding);
  const gap = px(node.style.gap) * Math.max(0, node.children.length - 1);
  const sizes = node.children.map((child) => wanted(child, width - padding));
  const sum = (values: number[]) => values.reduce((a, b) => a + b, gap) + padding;
  const most = (values: number[]) => Math.max(0, ...values) + padding;
  const widths = sizes.map((size) => size.width);
  const heights = sizes.map((size) => size.height);
  return isRow(node)
    ? { width: sum(widths), height: most(heights) }
    : { width: most(widths), height: sum(heights) };
};

const put = (node: WidgetNode, x: number, y: number, width: number): number => {
  const padding = px(node.style.padding);
  const gap = px(node.style.gap);
  const inner = width - 2 * padding;
  if (node.measure) {
    node.rect = { x, y, width, height: node.measure(width).height };
    return node.rect.height;
  }
  let at = padding;
  if (isRow(node)) {
    const height = wanted(node, width).height;
    for (const child of node.children) {
      const w = Math.min(inner, wanted(child, inner).width);
      put(child, x + at, y + (height - wanted(child, w).height) / 2, w);
      at += w + gap;
    }
    node.rect = { x, y, width, height };
    return height;
  }
  for (const child of node.children) {
    const w = child.style.alignSelf === 'flex-start' ? Math.min(inner, wanted(child, inner).width) : inner;
    at += put(child, x + padding, y + at, w) + gap;
  }
  const height = at - (node.children.length > 0 ? gap : 0) + padding;
  node.rect = { x, y, width, height };
  return height;
};

/** Places nodes below each other in a canvas `width` CSS px wide; the height they take. */
export const solveNodes = (roots: readonly WidgetNode[], width: number, gap: number): number => {
  let y = 0;
  for (const root of roots) {
    const own = root.style.alignSelf === 'flex-start' ? Math.min(width, wanted(root, width).width) : width;
    y += put(root, 0, y, own) + gap;
  }
  return Math.max(0, y - gap);
};
