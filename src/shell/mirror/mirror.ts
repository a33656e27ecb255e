import type { Rect } from '../../geometry/index.js';
import type { Semantics, WidgetId } from '../../ui/index.js';
import { patchAttributes } from './attributes.js';
import { createElement, kindOf } from './elements.js';
import { type Editing, writeValue } from './field-value.js';
import type { FocusKeeper } from './focus-keeper.js';
import { orderChildren } from './order.js';
import { applyTextStyle, textStyleKey } from './text-style.js';

type MirrorNode = {
  readonly element: HTMLElement;
  readonly kind: string;
  /** What the element shows; null before the first patch. */
  shown: Semantics | null;
  wanted: Semantics;
  parent: MirrorNode | null;
  seen: number;
  box: Box;
  textStyle: string;
};

/** Place in CSS px of the parent's element. */
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

const nowhere: Box = { left: Number.NaN, top: Number.NaN, width: Number.NaN, height: Number.NaN };
const sides = ['left', 'top', 'width', 'height'] as const;

const moveTo = (node: MirrorNode, box: Box): void => {
  for (const side of sides) if (box[side] !== node.box[side]) node.element.style[side] = `${box[side]}px`;
  node.box = box;
};

/** The real elements over the canvas, one a widget. */
export interface Mirror {
  /** Brings the elements up to what the frame says; what did not change is not touched. */
  update(root: Semantics): void;
  element(id: WidgetId): HTMLElement | undefined;
  /** The widgets an element lies in, innermost first; empty for anything else. */
  path(target: EventTarget | null): readonly Semantics[];
}

export type MirrorOptions = {
  readonly parent: HTMLElement;
  readonly shadow: ShadowRoot;
  readonly keeper: FocusKeeper;
  editing(id: WidgetId): Editing;
  /** Shows the element of a popup over everything else at a place in CSS px of the canvas. */
  showPopup(element: HTMLElement, rect: Rect): void;
};

/** See `Mirror`. The root of the semantics is the parent element itself: only its children get elements. */
export const createMirror = ({ parent, shadow, keeper, editing, showPopup }: MirrorOptions): Mirror => {
  const nodes = new Map<WidgetId, MirrorNode>();
  const nodeOf = new WeakMap<Element, MirrorNode>();
  let turn = 0;
  let created = 0;

  const create = (semantics: Semantics): MirrorNode => {
    created += 1;
    const node: MirrorNode = {
      element: createElement(shadow.ownerDocument, semantics, `w${created}`),
      kind: kindOf(semantics),
      shown: null,
      wanted: semantics,
      parent: null,
      seen: turn,
      box: nowhere,
      textStyle: '',
    };
    nodeOf.set(node.element, node);
    return node;
  };

  /** Finds or makes the node of every widget; those of another kind are replaced and listed as gone. */
  const mark = (semantics: Semantics, above: MirrorNode | null, gone: MirrorNode[]): void => {
    let node = nodes.get(semantics.id);
    if (!node || node.kind !== kindOf(semantics)) {
      if (node) gone.push(node);
      node = create(semantics);
      nodes.set(semantics.id, node);
    }
    node.wanted = semantics;
    node.seen = turn;
    node.parent = above;
    for (const inner of semantics.children ?? []) mark(inner, node, gone);
  };

  const keepFocus = (lost: MirrorNode): void => {
    const active = shadow.activeElement;
    if (!active || !lost.element.contains(active)) return;
    const id = nodeOf.get(active)?.wanted.id ?? keeper.id ?? lost.wanted.id;
    let place: Element = lost.element;
    // Out of everything that goes away with it.
    for (let at = place.parentElement; at && at !== parent; at = at.parentElement) {
      const node = nodeOf.get(at);
      if (node && node.seen !== turn) place = at;
    }
    keeper.hold(id, place);
  };

  const remove = (gone: readonly MirrorNode[]): void => {
    for (const node of gone) keepFocus(node);
    for (const node of gone) node.element.remove();
  };

  const placeAt = (node: MirrorNode, semantics: Semantics): void => {
    const { rect } = semantics;
    const origin = node.parent?.wanted.rect;
    moveTo(node, {
      left: rect.x - (origin?.x ?? 0),
      top: rect.y - (origin?.y ?? 0),
      width: rect.width,
      height: rect.height,
    });
  };

  const domIdOf = (id: WidgetId): string | undefined => nodes.get(id)?.element.id;

  const patch = (node: MirrorNode): void => {
    const { element, shown, wanted } = node;
    if (wanted.disabled && !shown?.disabled && shadow.activeElement === element) {
      keeper.hold(wanted.id, element);
    }
    patchAttributes(element, shown, wanted, domIdOf);
    writeValue(element, shown, wanted, editing(wanted.id));
    const textStyle = textStyleKey(wanted);
    if (textStyle !== node.textStyle) applyTextStyle(element, wanted);
    node.textStyle = textStyle;
    if (wanted.popup) showPopup(element, wanted.rect);
    else placeAt(node, wanted);
    node.shown = wanted;
  };

  const isForeign = (element: Element): boolean => !nodeOf.has(element);

  const arrange = (element: Element, children: readonly Semantics[]): void => {
    const found = children.map(({ id }) => nodes.get(id)!);
    orderChildren(
      element,
      found.map((node) => node.element),
      shadow.activeElement,
      isForeign,
    );
    for (const node of found) {
      patch(node);
      if (node.wanted.children) arrange(node.element, node.wanted.children);
    }
  };

  const restoreFocus = (activeId: WidgetId | null): void => {
    const id = keeper.isFocused ? keeper.id : shadow.activeElement ? null : activeId;
    const node = id === null ? undefined : nodes.get(id);
    if (node?.wanted.focusable && !node.wanted.disabled) node.element.focus({ preventScroll: true });
  };

  return {
    update(root) {
      turn += 1;
      const hadFocus = shadow.activeElement;
      const activeId = (hadFocus && nodeOf.get(hadFocus)?.wanted.id) ?? null;
      const gone: MirrorNode[] = [];
      for (const inner of root.children ?? []) mark(inner, null, gone);
      for (const [id, node] of nodes) {
        if (node.seen === turn) continue;
        nodes.delete(id);
        gone.push(node);
      }
      remove(gone);
      arrange(parent, root.children ?? []);
      if (hadFocus) restoreFocus(activeId);
    },
    element: (id) => nodes.get(id)?.element,
    path(target) {
      const found: Semantics[] = [];
      let element = target instanceof Element ? target : null;
      while (element && element !== parent && !nodeOf.has(element)) element = element.parentElement;
      for (let node = element ? nodeOf.get(element) : undefined; node; node = node.parent ?? undefined) {
        found.push(node.wanted);
      }
      return found;
    },
  };
};
