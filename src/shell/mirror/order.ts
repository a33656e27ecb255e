/** Elements that may lie between the ordered ones and are passed over. */
export type IsForeign = (element: Element) => boolean;

const before = (element: Element, isForeign: IsForeign): Element | null => {
  let other = element.previousElementSibling;
  while (other && isForeign(other)) other = other.previousElementSibling;
  return other;
};

/**
 * Puts the children into this order. The one that holds focus is never moved (moving it would blur it, or end a composition):
 * the others are moved around it. Children already in order are not touched.
 */
export const orderChildren = (
  parent: Element,
  children: readonly Element[],
  focused: Element | null,
  isForeign: IsForeign,
): void => {
  if (children.length === 0) return;
  const holding = focused ? children.findIndex((child) => child.contains(focused)) : -1;
  const pivot = holding >= 0 && children[holding]!.parentNode === parent ? holding : 0;
  if (children[pivot]!.parentNode !== parent) parent.append(children[pivot]!);
  for (let i = pivot - 1; i >= 0; i--) {
    const next = children[i + 1]!;
    if (before(next, isForeign) !== children[i]) next.before(children[i]!);
  }
  for (let i = pivot + 1; i < children.length; i++) {
    if (before(children[i]!, isForeign) !== children[i - 1]) children[i - 1]!.after(children[i]!);
  }
};
