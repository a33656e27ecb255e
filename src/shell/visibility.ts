/** Whether anybody can see the view. */
export interface Visibility {
  readonly isVisible: boolean;
  dispose(): void;
}

/** Starts as seen until the browser says otherwise; `onShown` when it comes back on screen or its page does. */
export const observeVisibility = (element: HTMLElement, onShown: () => void): Visibility => {
  const { ownerDocument } = element;
  let isOnScreen = true;
  const isVisible = (): boolean => isOnScreen && !ownerDocument.hidden;
  const onPage = (): void => {
    if (isVisible()) onShown();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const was = isOnScreen;
      isOnScreen = entries.at(-1)?.isIntersecting ?? isOnScreen;
      if (!was && isVisible()) onShown();
    },
    { rootMargin: '100px' },
  );
  observer.observe(element);
  ownerDocument.addEventListener('visibilitychange', onPage);
  return {
    get isVisible() {
      return isVisible();
    },
    dispose() {
      observer.disconnect();
      ownerDocument.removeEventListener('visibilitychange', onPage);
    },
  };
};
