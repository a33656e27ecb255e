import fc from 'fast-check';
import type { FlexNode } from '../../../src/ui/layout/boxes.js';
import { resolveStyle } from '../../../src/ui/layout/resolve-style.js';
import { solve } from '../../../src/ui/layout/solve.js';
import { equal, isTrue, near } from '../expect.js';
import { type Tree, treeOf, widthOf } from './trees.js';

const emPx = 16;
const noReport = (message: string): void => {
  throw new Error(message);
};

/** Blocks of words that break between one another, as inline-blocks do on lines without leading. */
const measureWords = (words: Tree['words']) => (room: number) => {
  let [x, y, height, width] = [0, 0, 0, 0];
  for (const word of words ?? []) {
    if (x > 0 && x + word.width > room + 1 / 64) {
      y += height;
      [x, height] = [0, 0];
    }
    x += word.width;
    height = Math.max(height, word.height);
    width = Math.max(width, x);
  }
  return { width, height: y + height };
};

const nodeOf = (tree: Tree): FlexNode => ({
  style: resolveStyle(tree.style, emPx, noReport),
  children: tree.children.map(nodeOf),
  measure: tree.words ? measureWords(tree.words) : null,
  rect: { x: 0, y: 0, width: 0, height: 0 },
});

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const unitless = new Set(['flexGrow', 'flexShrink', 'flex', 'aspectRatio']);

const elementOf = (tree: Tree): HTMLElement => {
  const element = document.createElement('div');
  element.style.cssText = 'display: flex; box-sizing: border-box; line-height: 0';
  if (tree.words) element.style.display = 'block';
  for (const [name, value] of Object.entries(tree.style)) {
    const text = typeof value === 'number' && !unitless.has(name) ? `${value}px` : String(value);
    element.style.setProperty(kebab(name), text);
    isTrue(element.style.getPropertyValue(kebab(name)) !== '', `Chromium takes ${name}: ${text}`);
  }
  for (const { width, height } of tree.words ?? []) {
    const word = document.createElement('span');
    word.style.cssText = `display: inline-block; vertical-align: top; width: ${width}px; height: ${height}px`;
    element.append(word);
  }
  element.append(...tree.children.map(elementOf));
  return element;
};

const host = document.createElement('div');
host.style.cssText = `position: absolute; left: 0; top: 0; font-size: ${emPx}px`;
document.body.append(host);

const compareBoxes = (tree: Tree, node: FlexNode, element: Element, origin: DOMRect, path: string): void => {
  const { left, top, width, height } = element.getBoundingClientRect();
  const theirs = { x: left - origin.left, y: top - origin.top, width, height };
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    near(node.rect[side], theirs[side], 0.5, `${side} of ${path} ${JSON.stringify(tree.style)}`);
  }
  tree.children.forEach((child, i) => {
    compareBoxes(child, node.children[i]!, element.children[i]!, origin, `${path}/${i}`);
  });
};

const check = (tree: Tree, width: number): void => {
  const node = nodeOf(tree);
  solve(node, width);
  const element = elementOf(tree);
  element.style.width = `${width}px`;
  host.replaceChildren(element);
  compareBoxes(tree, node, element, element.getBoundingClientRect(), 'root');
};

describe('flexbox solver against Chromium', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`places every box of 400 random trees as Chromium does (seed ${seed})`, () => {
      fc.assert(fc.property(treeOf(3), widthOf, check), { seed, numRuns: 400, includeErrorInReport: true });
    });
  }

  it('compares: a wrong style is noticed', () => {
    const leaf = { style: { flexGrow: 1 }, children: [], words: [{ width: 20, height: 10 }] };
    const node = nodeOf({ style: {}, children: [{ ...leaf, style: {} }], words: null });
    solve(node, 100);
    const element = elementOf({ style: { width: 100 }, children: [leaf], words: null });
    host.replaceChildren(element);
    equal(element.firstElementChild!.getBoundingClientRect().width, 100);
    equal(node.children[0]!.rect.width, 20);
  });
});
