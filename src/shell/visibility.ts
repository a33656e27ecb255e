/** Whether anybody can see the view. */
export interface Visibility {
  readonly isVisible: boolean;
  dispose(): void;
}

export type VisibilityOptions = {
  /** It came back on screen, or its page did. */
  onShown(): void;
  /** Its page was hidden or shown. */
  onPage(): void;
};

/** See `Visibility`. `isSeen`: what is taken for true until the browser says. */
export const observeVisibility = (
  element: HTMLElement,
  isSeen: boolean,
  { onShown, onPage }: VisibilityOptions,
): Visibility => {
  const { ownerDocument } = element;
  let isOnScreen = isSeen;
  const isVisible = (): boolean => isOnScreen && !ownerDocument.hidden;
  const onPageChange = (): void => {
    onPage();
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
  ownerDocument.addEventListener('visibilitychange', onPageChange);
  return {
    get isVisible() {
      return isVisible();
    },
    dispose() {
      observer.disconnect();
      ownerDocument.removeEventListener('visibilitychange', onPageChange);
    },
  };
};
