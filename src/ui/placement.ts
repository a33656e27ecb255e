import { type Rect, sameRect } from '../geometry/index.js';
import type { LayoutStyle, Report } from './layout/index.js';
import type { WidgetNode } from './node.js';
import { sameEntries } from './same.js';
import { scrollNodes } from './scroll-nodes.js';
import { solveNodes } from './solve-nodes.js';

/** A build's nodes: `nodes` in painting order (depth first), `roots` the outermost; whether any scrolls what it holds. */
export type NodeTree = {
  readonly nodes: readonly WidgetNode[];
  readonly roots: readonly WidgetNode[];
  readonly scrolls: boolean;
};

const sameStyle = (a: LayoutStyle, b: LayoutStyle): boolean => a === b || sameEntries(a, b);

/** Nodes in the same order with as many children each are the same tree. */
const sameNode = (a: WidgetNode, b: WidgetNode): boolean =>
  a === b ||
  (a.id === b.id &&
    a.content === b.content &&
    a.children.length === b.children.length &&
    sameStyle(a.style, b.style));

const sameNodes = (a: readonly WidgetNode[], b: readonly WidgetNode[]): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameNode(a[i]!, b[i]!)) return false;
  return true;
};

/** Styles that are written as before need not be read again. */
const takeStyles = (nodes: readonly WidgetNode[], before: readonly WidgetNode[]): void => {
  const byId = new Map(before.map((node) => [node.id, node]));
  for (const node of nodes) {
    const old = byId.get(node.id);
    if (old && sameStyle(old.style, node.style)) node.resolved = old.resolved;
  }
};

/** Gives nodes their places; a tree that asks for what the last one asked for takes its places without solving. */
export class Placement {
  contentHeight = 0;
  /** Another number after any place or padding may have changed. */
  version = 0;
  roots: readonly WidgetNode[] = [];
  #nodes: readonly WidgetNode[] = [];
  /** Places before scrolling, as `#nodes`. */
  #solved: readonly Rect[] = [];
  /** Places after scrolling, as `#nodes`: a node may stand in several builds. */
  #rects: readonly Rect[] = [];
  /** Nodes of the last call were shifted. */
  #scrolled = false;
  #width = Number.NaN;
  #em = Number.NaN;
  readonly #reported = new Set<string>();
  readonly #report: Report;

  /** `report` is told once of every unknown key or value in a style. */
  constructor(report: Report = () => {}) {
    this.#report = (message, of) => {
      if (this.#reported.has(message)) return;
      this.#reported.add(message);
      report(of ? `${of}: ${message}` : message);
    };
  }

  forget(): void {
    this.#width = Number.NaN;
  }

  /** Sets `rect` of every node for a canvas `width` CSS px wide, the outermost `gap` apart; `em` is the font's size. True where a place, or who is there, differs from the last call. */
  place(tree: NodeTree, width: number, gap: number, em: number): boolean {
    const before = this.#nodes;
    const { nodes, roots } = tree;
    const same = width === this.#width && em === this.#em && sameNodes(nodes, before);
    this.#nodes = nodes;
    this.roots = roots;
    if (same) return this.#placeAgain(tree, before);
    this.version += 1;
    if (em === this.#em) takeStyles(nodes, before);
    this.#em = em;
    this.#width = width;
    this.contentHeight = solveNodes(roots, width, gap, em, this.#report);
    this.#solved = nodes.map(({ rect }) => rect);
    const rectsBefore = this.#rects;
    this.#scroll(tree);
    if (before.length !== nodes.length) return true;
    return nodes.some((node, i) => node.id !== before[i]!.id || !sameRect(node.rect, rectsBefore[i]!));
  }

  /** As placed in the last call, by nodes that ask for the same. A node that stood there has its place still, where nothing scrolls. */
  #placeAgain(tree: NodeTree, before: readonly WidgetNode[]): boolean {
    const { nodes } = tree;
    const shifts = tree.scrolls || this.#scrolled;
    for (let i = 0; i < nodes.length; i++) {
      const [node, old] = [nodes[i]!, before[i]!];
      if (node === old && !shifts) continue;
      node.rect = this.#solved[i]!;
      node.padding = old.padding;
      node.resolved = old.resolved;
    }
    if (!shifts) return false;
    const rectsBefore = this.#rects;
    this.#scroll(tree);
    const moved = this.#rects.some((rect, i) => !sameRect(rect, rectsBefore[i]!));
    if (moved) this.version += 1;
    return moved;
  }

  #scroll({ nodes, roots, scrolls }: NodeTree): void {
    if (scrolls || this.#scrolled) scrollNodes(roots);
    this.#scrolled = scrolls;
    this.#rects = nodes.map(({ rect }) => rect);
  }
}
