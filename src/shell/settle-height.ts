/** What the container was last made to be, to notice when width and height chase one another. */
export type HeightState = {
  /** Minimum height given, CSS px. */
  readonly height: number;
  /** The last two widths for which a height was given. */
  readonly width: number;
  readonly previousWidth: number;
  readonly timeMs: number;
  /** True while a page's scrollbar comes and goes with our height: the larger height is kept. */
  readonly held: boolean;
};

export const initialHeight: HeightState = {
  height: 0,
  width: -1,
  previousWidth: -1,
  timeMs: Number.NEGATIVE_INFINITY,
  held: false,
};

const chaseMs = 300;

/**
 * The height to give for what the content wants at this width. A height that narrows the width (the page gets a scrollbar), which
 * shortens the content, which widens the width again, would go on for ever: when a width comes back within 300 ms, the
 * larger height stays until the width is another one.
 */
export const settleHeight = (
  state: HeightState,
  width: number,
  wanted: number,
  timeMs: number,
): HeightState => {
  const height = Math.ceil(wanted - 0.001);
  const sameWidth = width === state.width;
  const cameBack = !sameWidth && width === state.previousWidth && timeMs - state.timeMs < chaseMs;
  const held = cameBack || (state.held && (sameWidth || width === state.previousWidth));
  return {
    height: held ? Math.max(height, state.height) : height,
    width,
    previousWidth: sameWidth ? state.previousWidth : state.width,
    timeMs: sameWidth ? state.timeMs : timeMs,
    held,
  };
};
