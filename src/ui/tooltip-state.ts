/** A thing with a tooltip, by a key that differs where its text or place does. */
export type TooltipKey = string;

/** A tooltip in time. `leftMs`: since when neither its thing nor itself is pointed at; null while one is. */
export type TooltipState =
  | { readonly tag: 'none' }
  | { readonly tag: 'waiting'; readonly key: TooltipKey; readonly sinceMs: number }
  | { readonly tag: 'shown'; readonly key: TooltipKey; readonly leftMs: number | null }
  | { readonly tag: 'dismissed'; readonly key: TooltipKey };

export type TooltipInput = {
  /** What is pointed at, or has keyboard focus; null for nothing that has a tooltip. */
  readonly key: TooltipKey | null;
  /** The pointer is on the tooltip itself. */
  readonly isOver: boolean;
  /** A press or a key: nobody wants to read it now. */
  readonly dismisses: boolean;
  readonly timeMs: number;
};

/** Rest on a thing before its tooltip is shown. */
export const tooltipDelayMs = 600;
/** Time to get from the thing to its tooltip. */
export const tooltipGraceMs = 150;

/** The state after this moment. From one thing to the next a shown tooltip goes over at once. */
export const stepTooltip = (state: TooltipState, input: TooltipInput): TooltipState => {
  const { key, timeMs } = input;
  if (input.dismisses) return key === null ? { tag: 'none' } : { tag: 'dismissed', key };
  if (state.tag === 'shown') return stepShown(state, input);
  if (key === null) return { tag: 'none' };
  if (state.tag === 'dismissed' && state.key === key) return state;
  if (state.tag !== 'waiting' || state.key !== key) return { tag: 'waiting', key, sinceMs: timeMs };
  return timeMs - state.sinceMs >= tooltipDelayMs ? { tag: 'shown', key, leftMs: null } : state;
};

const stepShown = (
  state: Extract<TooltipState, { tag: 'shown' }>,
  { key, isOver, timeMs }: TooltipInput,
): TooltipState => {
  if (isOver) return { ...state, leftMs: null };
  if (key !== null) return { tag: 'shown', key, leftMs: null };
  const leftMs = state.leftMs ?? timeMs;
  return timeMs - leftMs >= tooltipGraceMs ? { tag: 'none' } : { ...state, leftMs };
};

/** When the state changes by itself, ms from now; null where it does not. */
export const tooltipDueMs = (state: TooltipState, timeMs: number): number | null => {
  if (state.tag === 'waiting') return Math.max(1, state.sinceMs + tooltipDelayMs - timeMs);
  if (state.tag === 'shown' && state.leftMs !== null)
    return Math.max(1, state.leftMs + tooltipGraceMs - timeMs);
  return null;
};
