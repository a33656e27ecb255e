import type { Semantics } from '../../ui/index.js';

const tagOf = (semantics: Semantics): string => {
  switch (semantics.role) {
    case 'button':
      return 'button';
    case 'slider':
    case 'spinbutton':
    case 'checkbox':
    case 'switch':
      return 'input';
    case 'dialog':
      return 'dialog';
    case 'textbox':
      return semantics.multiline ? 'textarea' : 'input';
    default:
      return 'div';
  }
};

const fixedAttributes: { readonly [R in Semantics['role']]?: Readonly<Record<string, string>> } = {
  button: { type: 'button' },
  slider: { type: 'range', step: '1' },
  spinbutton: { type: 'text', role: 'spinbutton', inputmode: 'numeric', autocomplete: 'off' },
  checkbox: { type: 'checkbox' },
  switch: { type: 'checkbox', role: 'switch' },
  progressbar: { role: 'progressbar' },
  separator: { role: 'separator' },
  textbox: { autocomplete: 'off' },
  listbox: { role: 'listbox' },
  combobox: { role: 'combobox', 'aria-haspopup': 'listbox' },
  option: { role: 'option' },
  status: { role: 'status' },
  alert: { role: 'alert' },
  tooltip: { role: 'tooltip' },
};

const containers: ReadonlySet<Semantics['role']> = new Set(['group', 'dialog', 'listbox', 'status', 'alert']);
const worded: ReadonlySet<Semantics['role']> = new Set([
  'option',
  'combobox',
  'status',
  'alert',
  'tooltip',
  'text',
]);

/** Roles whose elements are edited as text by the browser. */
export const isTextRole = (role: Semantics['role']): boolean => role === 'textbox' || role === 'spinbutton';

/** Widgets of the same kind can share an element over time; a change of kind needs a new one. */
export const kindOf = (semantics: Semantics): string =>
  `${semantics.role}:${tagOf(semantics)}${semantics.popup ? ':popup' : ''}`;

/** Whether the element's words are text inside it, not a label. */
export const isWorded = (semantics: Semantics): boolean => worded.has(semantics.role);

/** A bare element of the semantics' kind: native where there is one. `domId` is unique in the shadow root. */
export const createElement = (document: Document, semantics: Semantics, domId: string): HTMLElement => {
  const element = document.createElement(tagOf(semantics));
  for (const [name, value] of Object.entries(fixedAttributes[semantics.role] ?? {})) {
    element.setAttribute(name, value);
  }
  element.id = domId;
  if (containers.has(semantics.role)) element.classList.add('box');
  if (semantics.popup) {
    element.classList.add('popup');
    if (semantics.role !== 'dialog') element.setAttribute('popover', 'manual');
  }
  if (isTextRole(semantics.role)) element.classList.add('field');
  if (semantics.role === 'listbox') element.classList.add('clips');
  if (isWorded(semantics)) element.appendChild(document.createElement('span')).className = 'words';
  return element;
};
