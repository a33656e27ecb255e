import type { Rect } from '../../geometry/index.js';
import type { Semantics, WidgetId } from '../../ui/index.js';
import { patchAttributes } from './attributes.js';
import { createElement, kindOf } from './elements.js';
import { type Editing, hasValue, writeValue } from './field-value.js';
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
  /** The turn in which something about it or in it was found to differ. */
  changed: number;
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

/** What holds others, before and now. */
type Changed = { readonly before: Semantics; readonly now: Semantics };

/** What marking found: nodes replaced by others, and what changed. */
type Found = { readonly gone: MirrorNode[]; readonly changed: Changed[] };

/** Places are relative to the element around. */
const sameOrigin = (node: MirrorNode | null): boolean =>
  !node || (node.shown?.rect.x === node.wanted.rect.x && node.shown.rect.y === node.wanted.rect.y);

/** The same object in the same place among its siblings: nothing about it or in it differs, where what is around it stands still. */
const isSame = (now: Semantics, before: Semantics | undefined): boolean =>
  // A combobox names elements elsewhere, which may be others by now.
  now === before && now.role !== 'combobox';

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
  /** The element of a popup is about to be removed. */
  closePopup(element: HTMLElement): void;
};

/** See `Mirror`. The root of the semantics is the parent element itself: only its children get elements. */
export const createMirror = (options: MirrorOptions): Mirror => {
  const { parent, shadow, keeper, editing, showPopup, closePopup } = options;
  const nodes = new Map<WidgetId, MirrorNode>();
  const nodeOf = new WeakMap<Element, MirrorNode>();
  let turn = 0;
  let created = 0;
  let last: Semantics | null = null;
  /** Fields a person has touched: the browser changed their values, and may again. */
  const touched = new Set<MirrorNode>();

  const create = (semantics: Semantics): MirrorNode => {
    created += 1;
    const node: MirrorNode = {
      element: createElement(shadow.ownerDocument, semantics, `w${created}`),
      kind: kindOf(semantics),
      shown: null,
      wanted: semantics,
      parent: null,
      seen: turn,
      changed: turn,
      box: nowhere,
      textStyle: '',
    };
    nodeOf.set(node.element, node);
    return node;
  };

  /** Nothing about it or in it differs from what its elements show, so that nobody need look into it. */
  const isAsShown = (node: MirrorNode, semantics: Semantics, above: MirrorNode | null): boolean =>
    node.shown === semantics &&
    node.parent === above &&
    sameOrigin(above) &&
    // It names elements elsewhere, which may be others by now.
    semantics.role !== 'combobox';

  /** Finds or makes the node of a widget that differs, and of those in it; one of another kind is replaced and listed as gone. */
  const mark = (semantics: Semantics, above: MirrorNode | null, found: Found): void => {
    let node = nodes.get(semantics.id);
    if (!node || node.kind !== kindOf(semantics)) {
      if (node) found.gone.push(node);
      if (node?.shown) found.changed.push({ before: node.shown, now: semantics });
      node = create(semantics);
      nodes.set(semantics.id, node);
    }
    node.seen = turn;
    if (isAsShown(node, semantics, above)) return;
    node.changed = turn;
    node.wanted = semantics;
    node.parent = above;
    if (node.shown) found.changed.push({ before: node.shown, now: semantics });
    if (semantics.children) markAll(semantics.children, node, found);
  };

  const markAll = (children: readonly Semantics[], above: MirrorNode | null, found: Found): void => {
    const before = sameOrigin(above) ? (above ? above.shown : last)?.children : undefined;
    for (let i = 0; i < children.length; i++) {
      if (!isSame(children[i]!, before?.[i])) mark(children[i]!, above, found);
    }
  };

  /** Lists the nodes of what was in `before` and was not found any more. What was found, or is the same, holds what is in it. */
  const sweep = (before: Semantics, now: Semantics | null, gone: MirrorNode[]): void => {
    const children = before.children ?? [];
    for (let i = 0; i < children.length; i++) {
      if (children[i] === now?.children?.[i]) continue;
      const { id } = children[i]!;
      const node = nodes.get(id);
      if (!node || node.seen === turn) continue;
      nodes.delete(id);
      gone.push(node);
      if (node.shown) sweep(node.shown, null, gone);
    }
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
    for (const { shown, element } of gone) if (shown?.popup) closePopup(element);
    for (const node of gone) keepFocus(node);
    for (const node of gone) {
      node.element.remove();
      touched.delete(node);
    }
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

  /** `before` are the children that the element has, in order; `stands`: it lies where it lay. */
  const arrange = (
    element: Element,
    children: readonly Semantics[],
    before: readonly Semantics[] | undefined,
    stands: boolean,
  ): void => {
    const marked: MirrorNode[] = [];
    let inOrder = before?.length === children.length;
    for (let i = 0; i < children.length; i++) {
      const inner = children[i]!;
      if (stands && isSame(inner, before?.[i])) continue;
      const node = nodes.get(inner.id)!;
      if (node.changed === turn) marked.push(node);
      if (inner.id !== before?.[i]?.id || !node.shown) inOrder = false;
    }
    if (!inOrder) {
      const elements = children.map(({ id }) => nodes.get(id)!.element);
      orderChildren(element, elements, shadow.activeElement, isForeign);
    }
    for (const node of marked) {
      const inner = node.shown?.children;
      const stood = sameOrigin(node);
      patch(node);
      if (node.wanted.children) arrange(node.element, node.wanted.children, inner, stood);
    }
  };

  /** A native control shows what a person did to it, though the widget may have refused that. */
  const restoreValues = (): void => {
    for (const { shown, element } of touched) {
      if (shown) writeValue(element, shown, shown, editing(shown.id));
    }
  };

  const restoreFocus = (activeId: WidgetId | null): void => {
    const id = keeper.isFocused ? keeper.id : shadow.activeElement ? null : activeId;
    const node = id === null ? undefined : nodes.get(id);
    if (node?.wanted.focusable && !node.wanted.disabled) node.element.focus({ preventScroll: true });
  };

  const onTouch = ({ target }: Event): void => {
    const node = target instanceof Element ? nodeOf.get(target) : undefined;
    if (node && hasValue(node.wanted.role)) touched.add(node);
  };
  for (const type of ['input', 'change', 'click']) parent.addEventListener(type, onTouch, { capture: true });

  return {
    update(root) {
      turn += 1;
      const hadFocus = shadow.activeElement;
      const activeId = (hadFocus && nodeOf.get(hadFocus)?.wanted.id) ?? null;
      const found: Found = { gone: [], changed: last ? [{ before: last, now: root }] : [] };
      if (root.children) markAll(root.children, null, found);
      for (const { before, now } of found.changed) sweep(before, now, found.gone);
      remove(found.gone);
      arrange(parent, root.children ?? [], last?.children, true);
      restoreValues();
      last = root;
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
