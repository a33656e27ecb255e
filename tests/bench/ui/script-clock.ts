const nextFrame = window.requestAnimationFrame.bind(window);
let callbacksMs = 0;

/** From here on, all time spent in callbacks of animation frames is counted. Call it before anything asks for one. */
export const countAnimationFrames = (): void => {
  window.requestAnimationFrame = (callback) =>
    nextFrame((timeMs) => {
      const startMs = performance.now();
      callback(timeMs);
      callbacksMs += performance.now() - startMs;
    });
};

const probe = document.createElement('canvas').getContext('webgl2')!;
const pixel = new Uint8Array(4);

/** Waits for what was given to the GPU before, so that no contestant pays for the drawing of another. */
const gpuDone = (): void => probe.readPixels(0, 0, 1, 1, probe.RGBA, probe.UNSIGNED_BYTE, pixel);

/** The animation frame that is due is over, and the browser and the GPU could do what it left. */
export const frameOver = async (): Promise<void> => {
  await new Promise((resolve) => nextFrame(() => nextFrame(() => setTimeout(resolve, 0))));
  gpuDone();
};

/** Script time in ms of `act` and of the animation frames it asks for. */
export const scriptMsOf = async (act: () => unknown): Promise<number> => {
  callbacksMs = 0;
  const startMs = performance.now();
  act();
  const ownMs = performance.now() - startMs;
  await frameOver();
  return ownMs + callbacksMs;
};
