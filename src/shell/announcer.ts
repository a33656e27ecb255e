/** Speaks through the two live regions; the same words twice are made to differ, or they would be heard once. */
export const createAnnouncer = (polite: HTMLElement, assertive: HTMLElement) => ({
  announce(text: string, isAssertive: boolean): void {
    const region = isAssertive ? assertive : polite;
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  },
});
