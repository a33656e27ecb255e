import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { Innotater, type InnotaterOptions, type InnotationList } from '../../../src/innotater/index.js';
import { loadEditorCode } from '../../../src/innotations/image-editing.js';

// There before the first press, however slow the server: what is done before it is there has tests of its own.
await loadEditorCode();

export type Mounted = { readonly view: Innotater; readonly host: HTMLElement };

const shown: Mounted[] = [];

/** A view in a host of its own; removed by `clear`. */
export const mount = (
  inputs: InnotationList,
  targets: InnotationList,
  options: InnotaterOptions = {},
): Mounted => {
  const host = document.body.appendChild(document.createElement('div'));
  host.style.width = '760px';
  const view = new Innotater(inputs, targets, options);
  shown.push({ view, host });
  view.mount(host);
  return { view, host };
};

/** The same, fully drawn. */
export const show = async (
  inputs: InnotationList,
  targets: InnotationList,
  options: InnotaterOptions = {},
): Promise<Mounted> => {
  const mounted = mount(inputs, targets, options);
  await mounted.view.ready;
  return mounted;
};

export const clear = (): void => {
  for (const { view, host } of shown.splice(0)) {
    view.dispose();
    host.remove();
  }
};

export const rootOf = (host: HTMLElement): ParentNode => {
  const found = [...host.querySelectorAll('*')].find((element) => element.shadowRoot);
  return found?.shadowRoot ?? host;
};

export const roleOf = (element: Element): string => {
  const given = element.getAttribute('role');
  if (given) return given;
  if (element instanceof HTMLButtonElement) return 'button';
  if (element instanceof HTMLDialogElement) return 'dialog';
  if (element instanceof HTMLTextAreaElement) return 'textbox';
  if (!(element instanceof HTMLInputElement)) return '';
  return { range: 'slider', number: 'spinbutton', checkbox: 'checkbox' }[element.type] ?? 'textbox';
};

export const nameOf = (element: Element): string =>
  element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';

/** The mirror elements of a role, by name where it is given. */
export const all = (host: HTMLElement, role: string, name?: string): HTMLElement[] =>
  [...rootOf(host).querySelectorAll<HTMLElement>('*')].filter(
    (element) => roleOf(element) === role && (name === undefined || nameOf(element) === name),
  );

export const one = <T extends HTMLElement = HTMLElement>(
  host: HTMLElement,
  role: string,
  name: string,
): T => {
  const found = all(host, role, name);
  if (found.length === 1) return found[0] as T;
  const there = [...rootOf(host).querySelectorAll('*')].map((e) => `${roleOf(e)} "${nameOf(e)}"`);
  throw new Error(`${found.length} of role ${role} named "${name}"; there are: ${there.join(', ')}`);
};

export const isDisabled = (element: HTMLElement): boolean =>
  (element as HTMLButtonElement).disabled === true || element.getAttribute('aria-disabled') === 'true';

const middle = (element: Element): [number, number] => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
};

/** A trusted click on the middle of what is drawn there. */
export const click = async (element: Element, { view }: Mounted): Promise<void> => {
  element.scrollIntoView({ block: 'nearest' });
  await sendMouse({ type: 'click', position: middle(element) });
  await view.ready;
};

/** A trusted drag between two points of the client area. */
export const drag = async (
  from: readonly [number, number],
  to: readonly [number, number],
  { view }: Mounted,
): Promise<void> => {
  await sendMouse({ type: 'move', position: [...from] });
  await sendMouse({ type: 'down' });
  await sendMouse({
    type: 'move',
    position: [Math.round((from[0] + to[0]) / 2), Math.round((from[1] + to[1]) / 2)],
  });
  await sendMouse({ type: 'move', position: [...to] });
  await sendMouse({ type: 'up' });
  await view.ready;
};

export const press = async (key: string, { view }: Mounted): Promise<void> => {
  await sendKeys({ press: key as 'n' });
  await view.ready;
};
export const typeText = async (text: string, { view }: Mounted): Promise<void> => {
  await sendKeys({ type: text });
  await view.ready;
};
/** A key with a modifier held. */
export const pressWith = async (modifier: string, key: string, { view }: Mounted): Promise<void> => {
  await sendKeys({ down: modifier as 'Control' });
  await sendKeys({ press: key as 'z' });
  await sendKeys({ up: modifier as 'Control' });
  await view.ready;
};
export const pressControl = (key: string, mounted: Mounted): Promise<void> =>
  pressWith('Control', key, mounted);

export const focusIn = (host: HTMLElement): Element | null => {
  const root = rootOf(host);
  return root instanceof ShadowRoot ? root.activeElement : document.activeElement;
};

export const messages = (host: HTMLElement, role: 'status' | 'alert'): string[] =>
  all(host, role)
    .map((element) => element.textContent?.trim() ?? '')
    .filter((text) => text !== '');

/** BGR pixels (H,W,3), one colour a sample. */
export const flatImage = (width: number, height: number, shade: number) => ({
  data: new Uint8Array(width * height * 3).fill(shade),
  shape: [height, width, 3],
});
