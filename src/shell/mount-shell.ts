import type { Point } from '../geometry/index.js';
import type { FrameInput, FrameOutput, UiEvent, UiRequest } from '../ui/index.js';
import { createAnnouncer } from './announcer.js';
import type { Shell, ShellOptions } from './contract.js';
import { listenToElements } from './element-events.js';
import { observeScheme } from './environment.js';
import { listenToFocus } from './focus.js';
import { createFrameLoop } from './frame-loop.js';
import { createHostElements } from './host-elements.js';
import { type HostSize, observeSize } from './host-size.js';
import { listenToKeys } from './key-events.js';
import { createListeners } from './listeners.js';
import { createFocusKeeper } from './mirror/focus-keeper.js';
import { createMirror } from './mirror/mirror.js';
import { listenToPointers } from './pointer-events.js';
import { initialHeight, settleHeight } from './settle-height.js';
import { listenToText } from './text-editing.js';
import { observeVisibility } from './visibility.js';
import { listenToWheel } from './wheel-events.js';

/**
 * Puts a view into the host: canvas, mirror of elements, events, frame loop. The first frame has run when it returns; it is drawn
 * at the next animation frame. Throws what `createRenderer` throws, the host then is as it was.
 */
export const mountShell = (host: HTMLElement, options: ShellOptions): Shell => {
  const elements = createHostElements(host, options.label);
  try {
    return startShell(elements, options);
  } catch (error) {
    elements.container.remove();
    throw error;
  }
};

const startShell = (elements: ReturnType<typeof createHostElements>, options: ShellOptions): Shell => {
  const { container, canvas, root, shadow } = elements;
  const view = container.ownerDocument.defaultView ?? window;
  const renderer = options.createRenderer(canvas);
  const listeners = createListeners();
  const announcer = createAnnouncer(elements.polite, elements.assertive);
  let coarsePointer = false;
  let height = initialHeight;
  let lastSize: HostSize['css'] | null = null;
  let isDisposed = false;

  const run = (events: readonly UiEvent[]): FrameOutput | null => {
    if (sizes.size.css.width > 0) lastSize = sizes.size.css;
    if (!lastSize) return null;
    const input: FrameInput = {
      events,
      width: lastSize.width,
      height: lastSize.height,
      devicePixelRatio: view.devicePixelRatio,
      timeMs: performance.now(),
      coarsePointer,
    };
    return options.frame(input);
  };

  const giveHeight = (output: FrameOutput): void => {
    if (sizes.size.css.width <= 0) return;
    const next = settleHeight(height, sizes.size.css.width, output.contentHeight, performance.now());
    if (next.height !== height.height) container.style.minHeight = `${next.height}px`;
    height = next;
  };

  const serve = (request: UiRequest): void => {
    if (request.tag === 'focus') focus.move(request.id);
    else if (request.tag === 'announce') announcer.announce(request.text, request.assertive);
    else if (request.tag === 'capture') pointers.capture(request.pointerId);
  };

  const apply = (output: FrameOutput): void => {
    mirror.update(output.semantics);
    if (root.style.cursor !== output.cursor) root.style.cursor = output.cursor;
    giveHeight(output);
    for (const request of output.requests) serve(request);
  };

  const isSized = (): boolean => sizes.size.device.width > 0 && sizes.size.device.height > 0;

  const loop = createFrameLoop({
    view,
    run,
    apply,
    draw: ({ picture }) => isSized() && !renderer.isLost && renderer.draw(picture, options.background()),
    canDraw: () => visibility.isVisible && isSized() && !renderer.isLost,
    onDrawn: () => options.onDrawn?.(),
  });

  const onSize = ({ css, device }: HostSize): void => {
    if (!isSized()) return;
    renderer.resize(css, device);
    loop.invalidate('size');
    // Before the page paints, or the old picture would be seen stretched.
    if (visibility.isVisible) loop.flush();
  };
  const sizes = observeSize(canvas, onSize);
  const visibility = observeVisibility(container, () => loop.redraw());

  const text = listenToText(listeners, { elements, mirror: () => mirror, loop });
  const keeper = createFocusKeeper(shadow, options.label);
  const mirror = createMirror({ parent: elements.mirror, shadow, keeper, editing: text.editing });
  const focus = listenToFocus(listeners, { elements, mirror, loop, onLeave: text.onLeave });
  const pointOf = (event: MouseEvent): Point => {
    const box = root.getBoundingClientRect();
    const scaleX = box.width > 0 ? root.offsetWidth / box.width : 1;
    const scaleY = box.height > 0 ? root.offsetHeight / box.height : 1;
    return { x: (event.clientX - box.left) * scaleX, y: (event.clientY - box.top) * scaleY };
  };
  const pointers = listenToPointers(listeners, { elements, mirror, loop, focus, pointOf });
  listenToWheel(listeners, { elements, loop, pointOf, size: () => sizes.size.css });
  listenToKeys(listeners, { elements, loop, text });
  listenToElements(listeners, { elements, mirror, loop, pointers });
  const stopScheme = observeScheme((environment) => {
    coarsePointer = environment.coarsePointer;
    loop.invalidate('system settings');
  }, view);

  renderer.onContext((state) => {
    if (isDisposed) return;
    options.onContext(state);
    if (state !== 'restored') return;
    loop.invalidate('context restored');
    loop.redraw();
  });

  const start = (): void => {
    sizes.measure();
    loop.invalidate('mounted');
  };
  start();

  return {
    canvas,
    renderer,
    stats: {
      get frames() {
        return loop.frames;
      },
      get lastFrameMs() {
        return loop.lastFrameMs;
      },
      get lastReason() {
        return loop.lastReason;
      },
    },
    invalidate: loop.invalidate,
    flush: () => loop.flush(),
    whenDrawn: loop.whenDrawn,
    snapshot() {
      loop.flush(true);
      return renderer.snapshot();
    },
    focus: (id) => focus.move(id),
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      loop.stop();
      stopScheme();
      listeners.removeAll();
      sizes.dispose();
      visibility.dispose();
      renderer.dispose();
      container.remove();
    },
  };
};
