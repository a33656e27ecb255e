import type { Listeners } from './listeners.js';
import type { PopupContext, Popups } from './popups.js';

/** Popups, whose code is loaded when somebody comes near the view, who may soon see one. */
export interface LatePopups {
  /** Null until it is loaded. */
  readonly loaded: Popups | null;
}

export type LatePopupContext = PopupContext & {
  /** Told once that the code cannot be loaded. */
  onProblem(cause: unknown): void;
};

/** All after which a popup may be shown; each loads what is not there yet. */
const signsOfUse = ['pointerenter', 'pointerdown', 'focusin', 'keydown', 'click'] as const;

/** See `LatePopups`. What was opened meanwhile is shown when it is loaded. */
export const createLatePopups = (listeners: Listeners, context: LatePopupContext): LatePopups => {
  let loaded: Popups | null = null;
  let isLoading = false;
  let isTold = false;
  const load = async (): Promise<void> => {
    if (loaded || isLoading) return;
    isLoading = true;
    try {
      const { createPopups } = await import('./popups.js');
      loaded = createPopups(listeners, context);
      context.loop().invalidate('popups can be shown');
    } catch (cause) {
      if (!isTold) context.onProblem(cause);
      isTold = true;
    }
    isLoading = false;
  };
  for (const type of signsOfUse) listeners.on(context.elements.root, type, load);
  return {
    get loaded() {
      return loaded;
    },
  };
};
