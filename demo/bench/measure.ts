const nextMessage = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

export const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let beacon: { readonly element: HTMLElement; waiting: (() => void)[] } | undefined;

const makeBeacon = () => {
  const element = document.createElement('div');
  element.style.cssText = 'position: fixed; width: 1px; height: 1px; contain: strict; visibility: hidden';
  document.body.append(element);
  const made = { element, waiting: [] as (() => void)[] };
  new ResizeObserver(() => {
    for (const resolve of made.waiting.splice(0)) resolve();
  }).observe(element);
  return made;
};

/** Kept in the next frame after all of its animation callbacks, whoever asked for them first, and before it is shown. */
export const lateInFrame = async (): Promise<void> => {
  beacon ??= makeBeacon();
  const { element, waiting } = beacon;
  await nextFrame();
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    element.style.width = element.style.width === '1px' ? '2px' : '1px';
  });
};

/** Side of the square that a probe reads, in device pixels. */
const probeSide = 16;
const probeContext = new OffscreenCanvas(probeSide, probeSide).getContext('2d', {
  willReadFrequently: true,
})!;

const probe2d = (canvas: HTMLCanvasElement, x: number, y: number): Uint8ClampedArray => {
  probeContext.clearRect(0, 0, probeSide, probeSide);
  probeContext.drawImage(canvas, x, y, probeSide, probeSide, 0, 0, probeSide, probeSide);
  return probeContext.getImageData(0, 0, probeSide, probeSide).data;
};

const probeGl = (gl: WebGL2RenderingContext, x: number, y: number): Uint8Array => {
  const bound = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING);
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
  const pixels = new Uint8Array(probeSide * probeSide * 4);
  const bottom = gl.drawingBufferHeight - probeSide - y;
  gl.readPixels(x, bottom, probeSide, probeSide, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, bound);
  return pixels;
};

/**
 * The mean colour of a small square of a canvas as [r, g, b, a], about a place given by fractions of its size. It is there only once
 * everything that was drawn before it is. A WebGL canvas holds its pixels until the frame in which they were drawn ends; later it reads
 * as [0, 0, 0, 0].
 */
export const probe = (canvas: HTMLCanvasElement, x = 0.5, y = 0.5): readonly number[] => {
  const [left, top] = [canvas.width * x, canvas.height * y].map((at) => Math.floor(at - probeSide / 2));
  const gl = canvas.getContext('webgl2');
  const pixels = gl ? probeGl(gl, left!, top!) : probe2d(canvas, left!, top!);
  const sums = [0, 0, 0, 0];
  pixels.forEach((value, i) => {
    sums[i & 3]! += value;
  });
  return sums.map((sum) => sum / (probeSide * probeSide));
};

/** Kept when the frame's pixels are there: by a pixel of the canvas, or, of elements, after the browser's styles, layout and paint. */
const finish = async (canvas: HTMLCanvasElement | null): Promise<void> => {
  if (canvas) probe(canvas);
  else await nextMessage();
};

export type FrameTime = { readonly frameMs: number; readonly scriptMs: number };

/**
 * The time of one frame: the script of `step`, the script of the animation frame that follows, and the drawing until a pixel can be
 * read back. Waiting for the display's beat between the two is left out, so that it does not hide what a frame costs.
 */
export const measureFrame = async (
  step: () => void,
  canvas: () => HTMLCanvasElement | null,
): Promise<FrameTime> => {
  await nextFrame();
  await nextMessage();
  const began = new Promise<number>((resolve) => {
    requestAnimationFrame(() => resolve(performance.now()));
  });
  const stepped = performance.now();
  step();
  const stepMs = performance.now() - stepped;
  const drawn = new Promise<readonly [number, number]>((resolve) => {
    requestAnimationFrame(async () => {
      const scripted = performance.now();
      await finish(canvas());
      resolve([scripted, performance.now()]);
    });
  });
  const start = await began;
  const [scripted, done] = await drawn;
  return { frameMs: stepMs + done - start, scriptMs: stepMs + scripted - start };
};

const beatMs = 1;

/** Runs a task before all others that wait, a beat from now. */
const nextBeat = (task: () => void): Promise<void> =>
  'scheduler' in globalThis
    ? scheduler.postTask(task, { priority: 'user-blocking', delay: beatMs })
    : pause(beatMs).then(task);

/**
 * Watches how long the main thread is held: the browser's long tasks (over 50 ms), and for shorter ones the time between two beats of 1 ms,
 * which is never less than the task between them. Beats go before other tasks that wait, so that two that follow one another are
 * two; browsers without priorities beat every 4 ms, and there they can count as one.
 */
export const watchTasks = (): { stop(): Promise<number> } => {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const beat = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const beats = (async () => {
    while (!isOver) await nextBeat(beat);
  })();
  const keep = (entries: PerformanceEntryList) => {
    for (const { duration } of entries) longest = Math.max(longest, duration);
  };
  const isKnown = PerformanceObserver.supportedEntryTypes.includes('longtask');
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  if (isKnown) observer.observe({ type: 'longtask' });
  return {
    // The task that runs now is over, and its time known, when the beat had its turn.
    stop: async () => {
      isOver = true;
      await beats;
      keep(observer.takeRecords());
      observer.disconnect();
      return longest;
    },
  };
};

type MeasuringPerformance = { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> };
const canMeasure = (value: unknown): value is MeasuringPerformance =>
  'measureUserAgentSpecificMemory' in (value as object);

/** Bytes of the page's JavaScript, arrays and workers after a collection; null where the browser does not tell (it must be isolated). */
export const pageBytes = async (): Promise<number | null> => {
  if (!crossOriginIsolated || !canMeasure(performance)) return null;
  const answer = await Promise.race([
    performance.measureUserAgentSpecificMemory().catch(() => null),
    pause(30_000).then(() => null),
  ]);
  return answer?.bytes ?? null;
};
