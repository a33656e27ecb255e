import { executeServerCommand } from '@web/test-runner-commands';
import { contains, type Rect, rect } from '../../../src/geometry/index.js';
import type { Shape } from '../../../src/paint/index.js';
import { createRenderer } from '../../../src/render/index.js';
import { mountShell, type Shell } from '../../../src/shell/index.js';
import type { FrameInput, FrameOutput, Semantics, UiEvent, UiRequest } from '../../../src/ui/index.js';

/** A widget of the little form the tests drive: semantics, how it looks, what it does with an event. */
export type Widget = Semantics & { readonly paint?: readonly Shape[] };

export type View = {
  readonly host: HTMLElement;
  readonly shell: Shell;
  /** The one child of the host, and what is in its shadow. */
  readonly container: HTMLElement;
  readonly shadow: ShadowRoot;
  /** Everything the ui was told, frame by frame and in a row. */
  readonly inputs: FrameInput[];
  readonly events: UiEvent[];
  readonly contexts: string[];
  /** The element of a widget. */
  at<T extends HTMLElement = HTMLElement>(name: string): T;
  ofTag<K extends UiEvent['tag']>(tag: K): Extract<UiEvent, { tag: K }>[];
  close(): void;
};

export type Form = {
  /** Called for every event of a frame, before the widgets are asked for. */
  onEvent?(event: UiEvent): UiRequest[] | undefined;
  /** Asked for by every frame. */
  requests?(): readonly UiRequest[];
  widgets(input: FrameInput): readonly Widget[];
  readonly contentHeight?: number | ((input: FrameInput) => number);
  readonly cursor?: string;
};

const shapesOf = (widgets: readonly Widget[]): Shape[] =>
  widgets.flatMap((widget) => [
    ...(widget.paint ?? [{ tag: 'quad', rect: widget.rect, color: [0.2, 0.4, 0.8, 1] } as const]),
    ...shapesOf((widget.children ?? []) as readonly Widget[]),
  ]);

const frameOf = (form: Form, input: FrameInput): FrameOutput => {
  const answers = input.events.flatMap((event) => form.onEvent?.(event) ?? []);
  const requests = [...answers, ...(form.requests?.() ?? [])];
  const widgets = form.widgets(input);
  const { contentHeight = 300 } = form;
  return {
    picture: shapesOf(widgets),
    popups: [],
    semantics: {
      id: '',
      role: 'group',
      name: '',
      rect: rect(0, 0, input.width, input.height),
      focusable: false,
      children: widgets,
    },
    cursor: form.cursor ?? 'default',
    requests,
    contentHeight: typeof contentHeight === 'number' ? contentHeight : contentHeight(input),
  };
};

/** A host of 400 px with the form in it, its first frame drawn. */
export const open = async (
  form: Form,
  css = 'width: 400px',
  parent: HTMLElement = document.body,
): Promise<View> => {
  const host = document.createElement('div');
  host.style.cssText = css;
  parent.append(host);
  const inputs: FrameInput[] = [];
  const events: UiEvent[] = [];
  const contexts: string[] = [];
  const shell = mountShell(host, {
    createRenderer: (canvas) => createRenderer(canvas),
    frame: (input) => {
      inputs.push(input);
      events.push(...input.events);
      return frameOf(form, input);
    },
    background: () => [1, 1, 1, 1],
    label: 'Trial',
    onContext: (state) => contexts.push(state),
  });
  shell.flush();
  const container = host.firstElementChild as HTMLElement;
  const shadow = container.shadowRoot!;
  await settled();
  return {
    host,
    shell,
    container,
    shadow,
    inputs,
    events,
    contexts,
    at: <T extends HTMLElement>(name: string) => {
      const found = shadow.querySelector<T>(`[aria-label="${name}"]`);
      if (!found) throw new Error(`no element is named ${name}`);
      return found;
    },
    ofTag: (tag) => events.filter((event) => event.tag === tag) as never,
    close: () => {
      shell.dispose();
      host.remove();
    },
  };
};

/** As after its first use: the code of popups is there, and the frame that follows it is over. */
export const used = async ({ shadow, shell }: View): Promise<void> => {
  shadow.firstElementChild!.dispatchEvent(new PointerEvent('pointerenter'));
  await shell.whenDrawn();
  await settled();
};

/** After the next two animation frames: what was scheduled has been drawn. */
export const settled = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0))));

export const cdp = (method: string, params: object = {}): Promise<Record<string, unknown>> =>
  executeServerCommand('cdp', { method, params } as never);

/** The middle of an element in CSS px of the window, whole numbers as the mouse commands want them. */
export const middle = (element: Element): [number, number] => {
  const box = element.getBoundingClientRect();
  return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
};

export const button = (id: string, name: string, at: Rect, more: Partial<Semantics> = {}): Widget => ({
  id,
  role: 'button',
  name,
  rect: at,
  focusable: more.disabled !== true,
  ...more,
});

export const textbox = (
  id: string,
  name: string,
  at: Rect,
  value: string,
  more: Partial<Semantics> = {},
): Widget => ({
  id,
  role: 'textbox',
  name,
  rect: at,
  focusable: true,
  value,
  nativePointer: true,
  textStyle: {
    font: { family: 'sans-serif', sizePx: 14, weight: 400 },
    padding: { left: 8, right: 8, top: 0, bottom: 0 },
    color: [0, 0, 0, 1],
    background: [1, 1, 1, 1],
  },
  ...more,
});

/** Whether an event presses the widget: let go over it, or activated. */
export const presses = (event: UiEvent, id: string, at: Rect): boolean =>
  (event.tag === 'activate' && event.id === id) ||
  (event.tag === 'pointer' && event.phase === 'up' && contains(at, event.at));
