import type { Point, Rect, Size } from '../geometry/index.js';
import type { FrameOutput, UiEvent, UiRequest } from '../ui/index.js';
import { createAnnouncer } from './announcer.js';
import type { Shell, ShellOptions } from './contract.js';
import { coverCanvas } from './cover.js';
import { listenToElements } from './element-events.js';
import { observeScheme } from './environment.js';
import { listenToFocus } from './focus.js';
import { observeFonts } from './fonts.js';
import { createFrameLoop } from './frame-loop.js';
import { createHostElements, type HostElements } from './host-elements.js';
import { createHostFit } from './host-fit.js';
import { listenToKeys } from './key-events.js';
import { createLatePopups, type LatePopups } from './late-popups.js';
import { createLateTallView } from './late-tall-view.js';
import { createListeners } from './listeners.js';
import { MeasuredViewport } from './measured-viewport.js';
import { createFocusKeeper } from './mirror/focus-keeper.js';
import { createMirror } from './mirror/mirror.js';
import { createLineBreaker } from './native-lines.js';
import { listenToPointers } from './pointer-events.js';
import { keepInPrint } from './printing.js';
import { listenToText } from './text-editing.js';
import { observeVisibility } from './visibility.js';
import { listenToWheel } from './wheel-events.js';

/**
 * Puts a view into the host: canvas, mirror of elements, events, frame loop. No frame has run when it returns; the first one runs
 * at the next animation frame, or with `flush()`. Throws what `createRenderer` throws; the host then is as it was.
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

/** CSS px of the canvas from an event's place on the page, whatever transforms the page applies. */
const pointIn =
  (root: HTMLElement) =>
  (event: MouseEvent): Point => {
    const box = root.getBoundingClientRect();
    const scaleX = box.width > 0 ? root.offsetWidth / box.width : 1;
    const scaleY = box.height > 0 ? root.offsetHeight / box.height : 1;
    return { x: (event.clientX - box.left) * scaleX, y: (event.clientY - box.top) * scaleY };
  };

/** A copy of more rows is had nowhere. Device px. */
const mostPaperRows = 32_000;

/** Before it is measured. */
const nothingSeen: Rect = { x: 0, y: 0, width: 0, height: 0 };

const startShell = (elements: HostElements, options: ShellOptions): Shell => {
  const { container, canvas, root, shadow } = elements;
  const view = container.ownerDocument.defaultView ?? window;
  if (options.heightPx) container.style.minHeight = `${options.heightPx}px`;
  const breaker = createLineBreaker(shadow);
  const renderer = options.createRenderer(canvas, breaker);
  const listeners = createListeners();
  const announcer = createAnnouncer(elements.polite, elements.assertive);
  let coarsePointer = false;
  let reducedMotion = false;
  /** The cursor that the root shows. */
  let cursor = '';
  let isDisposed = false;
  let device: Size = { width: 0, height: 0 };
  let uncover = (): void => {};

  const tall = createLateTallView(listeners, {
    root,
    canvas,
    showRows: (shown) => renderer.showRows(shown),
    redraw: () => loop.redraw(),
    onProblem: (cause) => view.reportError(cause),
  });
  const fit = createHostFit({
    container,
    root,
    onResize: (size) => {
      device = size.device;
      renderer.resize(size.css, device);
      tall.resize(device);
    },
    onBeforePaint: () => {
      loop.invalidate('size');
      // Now, or the old picture would be seen stretched; and once more, since no height can be given here.
      if (visibility.isVisible) loop.flush();
      loop.invalidate('height');
    },
  });

  const popups: LatePopups = createLatePopups(listeners, {
    elements,
    renderer,
    loop: () => loop,
    element: (id) => mirror.element(id),
    onProblem: options.onPopupsMissing ?? ((cause) => view.reportError(cause) as undefined),
  });

  const run = (events: readonly UiEvent[]): FrameOutput | null => {
    fit.refresh();
    return (
      fit.css &&
      options.frame(
        Object.assign(new MeasuredViewport(() => popups.loaded?.viewport() ?? nothingSeen), {
          events,
          popups: popups.loaded?.layer,
          ...fit.css,
          devicePixelRatio: view.devicePixelRatio,
          timeMs: performance.now(),
          coarsePointer,
          reducedMotion,
        }),
      )
    );
  };

  const serve = (request: UiRequest): void => {
    if (request.tag === 'focus') focus.move(request.id);
    else if (request.tag === 'announce') announcer.announce(request.text, request.assertive);
    else if (request.tag === 'capture') pointers.capture(request.pointerId);
  };

  const apply = (output: FrameOutput): void => {
    mirror.update(output.semantics);
    if (output.cursor !== cursor) root.style.cursor = output.cursor;
    cursor = output.cursor;
    if (fit.giveHeight(output.contentHeight)) loop.invalidate('height');
    for (const request of output.requests) serve(request);
  };

  const canDraw = (): boolean => fit.isSized && !renderer.isLost && (!tall.loading || loop.stats.frames > 0);
  const loop = createFrameLoop({
    view,
    run,
    apply,
    draw: (output) => {
      if (!canDraw()) return false;
      tall.loaded?.follow();
      const drawn = renderer.draw(output.picture, options.background());
      return popups.loaded?.draw(output.popups) || drawn;
    },
    canDraw: () => visibility.isVisible && canDraw(),
    onDrawn: () => options.onDrawn?.(),
  });
  const visibility = observeVisibility(container, !options.isUnseen, {
    onShown: loop.redraw,
    onPage: loop.reschedule,
  });

  const text = listenToText(listeners, { elements, mirror: () => mirror, loop });
  const keeper = createFocusKeeper(shadow, options.label);
  const mirror = createMirror({
    parent: elements.mirror,
    shadow,
    keeper,
    editing: text.editing,
    showPopup: (element, rect) => popups.loaded?.place(element, rect),
    closePopup: (element) => popups.loaded?.close(element),
  });
  const focus = listenToFocus(listeners, { elements, mirror, loop, onLeave: text.onLeave });
  const pointOf = pointIn(root);
  const pointers = listenToPointers(listeners, { elements, mirror, loop, focus, pointOf });
  const pageSize = () => fit.css ?? { width: 0, height: 0 };
  listenToWheel(listeners, { elements, loop, pointOf, size: pageSize });
  listenToKeys(listeners, { elements, loop, text });
  listenToElements(listeners, { elements, mirror, loop, pointers });
  const stopScheme = observeScheme((environment) => {
    coarsePointer = environment.coarsePointer;
    reducedMotion = environment.reducedMotion;
    loop.invalidate('system settings');
  }, view);
  const stopFonts = observeFonts(container.ownerDocument, () => {
    renderer.forgetText();
    breaker.forget();
    popups.loaded?.forget();
    options.onFonts?.();
    loop.invalidate('fonts');
  });

  const stopPrinting = keepInPrint(view, canvas, (copy) => {
    loop.flush(true);
    renderer.copyTo(copy, Math.min(1, mostPaperRows / device.height));
  });

  renderer.onContext((state) => {
    if (isDisposed) return;
    options.onContext(state);
    if (state === 'restored') loop.invalidate('context restored');
  });

  return {
    canvas,
    renderer,
    stats: loop.stats,
    get heightPx() {
      return fit.heightPx;
    },
    invalidate: loop.invalidate,
    flush: () => loop.flush(),
    whenDrawn: async () => {
      await tall.loading;
      await popups.whenLoaded();
      await loop.whenDrawn();
    },
    async snapshot() {
      loop.flush(true);
      if (tall.loading) {
        await tall.loading;
        loop.flush(true);
      }
      return renderer.snapshot();
    },
    takePicture(evenTall) {
      const picture = fit.isSized ? renderer.takePicture(evenTall) : null;
      if (!picture || !fit.css) return null;
      picture.className = '';
      const { width, height } = fit.css;
      picture.style.cssText = `display: block; width: ${width}px; height: ${height}px`;
      return picture;
    },
    cover(picture) {
      uncover();
      if (picture.width !== device.width || picture.height !== device.height) return;
      picture.className = 'cover';
      uncover = coverCanvas(root, canvas, picture);
    },
    uncover: () => uncover(),
    endComposition: text.endComposition,
    focus: focus.move,
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      uncover();
      loop.stop();
      stopScheme();
      stopFonts();
      stopPrinting();
      listeners.removeAll();
      fit.dispose();
      tall.dispose();
      visibility.dispose();
      renderer.dispose();
      container.remove();
    },
  };
};
