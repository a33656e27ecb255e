import { adoptStyles } from './style-sheet.js';

/** The elements of one mounted view. */
export type HostElements = {
  /** The only child given to the host. */
  readonly container: HTMLElement;
  readonly shadow: ShadowRoot;
  /** Takes all events; focusable by code, named, role group. */
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Parent of the elements for assistive technology. */
  readonly mirror: HTMLElement;
  readonly polite: HTMLElement;
  readonly assertive: HTMLElement;
};

/** `height: 100%` is auto where the host's height is, so the content's height (min-height) decides there. */
const containerStyle: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'block',
  position: 'relative',
  width: '100%',
  height: '100%',
};

const child = (parent: Node, tag: string, className: string): HTMLElement => {
  const element = (parent.ownerDocument ?? document).createElement(tag);
  element.className = className;
  parent.appendChild(element);
  return element;
};

const liveRegion = (parent: Node, politeness: 'polite' | 'assertive'): HTMLElement => {
  const element = child(parent, 'div', 'spoken');
  element.setAttribute('aria-live', politeness);
  return element;
};

/** Builds the elements and puts them into the host. */
export const createHostElements = (host: HTMLElement, label: string): HostElements => {
  const container = host.ownerDocument.createElement('div');
  for (const [name, value] of Object.entries(containerStyle)) container.style.setProperty(name, value);
  const shadow = container.attachShadow({ mode: 'open' });
  adoptStyles(shadow);
  const root = child(shadow, 'div', 'root');
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', label);
  root.tabIndex = -1;
  const canvas = child(root, 'canvas', 'canvas') as HTMLCanvasElement;
  canvas.setAttribute('aria-hidden', 'true');
  const mirror = child(root, 'div', 'mirror');
  const polite = liveRegion(root, 'polite');
  const assertive = liveRegion(root, 'assertive');
  host.appendChild(container);
  return { container, shadow, root, canvas, mirror, polite, assertive };
};
