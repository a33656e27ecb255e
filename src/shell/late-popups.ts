import type { Listeners } from './listeners.js';
import type { PopupContext, Popups } from './popups.js';

/** Popups, whose code is loaded when somebody comes near the view, who may soon see one. */
export interface LatePopups {
  /** Null until it is loaded. */
  readonly loaded: Popups | null;
  /** Resolves when what is being loaded is there, or cannot be had; at once where nothing is. */
  whenLoaded(): Promise<void>;
}

export type LatePopupContext = PopupContext & {
  /** Told once that the code cannot be loaded; what it gives is called when it is there after all. */
  onProblem(cause: unknown): (() => void) | undefined;
};

/** All after which a popup may be shown; each loads what is not there yet. */
const signsOfUse = ['pointerenter', 'pointerdown', 'focusin', 'keydown', 'click'] as const;

/** See `LatePopups`. What was opened meanwhile is shown when it is loaded. */
export const createLatePopups = (listeners: Listeners, context: LatePopupContext): LatePopups => {
  let loaded: Popups | null = null;
  let loading: Promise<void> | null = null;
  let isTold = false;
  let onThere: (() => void) | undefined;
  const tryLoading = async (): Promise<void> => {
    try {
      const { createPopups } = await import('./popups.js');
      loaded = createPopups(listeners, context);
      onThere?.();
      context.loop().invalidate('popups can be shown');
    } catch (cause) {
      if (!isTold) onThere = context.onProblem(cause);
      isTold = true;
    }
    loading = null;
  };
  const load = (): void => {
    if (!loaded) loading ??= tryLoading();
  };
  for (const type of signsOfUse) listeners.on(context.elements.root, type, load);
  return {
    get loaded() {
      return loaded;
    },
    whenLoaded: async () => loading ?? undefined,
  };
};
