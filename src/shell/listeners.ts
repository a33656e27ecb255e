type Handler<K extends keyof HTMLElementEventMap> = (event: HTMLElementEventMap[K]) => void;

/** Listeners that are removed together. */
export interface Listeners {
  on<K extends keyof HTMLElementEventMap>(
    target: EventTarget,
    type: K,
    handler: Handler<K>,
    options?: AddEventListenerOptions,
  ): void;
  removeAll(): void;
}

/** See `Listeners`. */
export const createListeners = (): Listeners => {
  const abort = new AbortController();
  return {
    on(target, type, handler, options) {
      target.addEventListener(type, handler as EventListener, { ...options, signal: abort.signal });
    },
    removeAll: () => abort.abort(),
  };
};
