import type { Semantics, WidgetId } from '../../ui/index.js';
import { isTextRole, isWorded } from './elements.js';

type Value = string | number | boolean | undefined;

const set = (element: HTMLElement, name: string, before: Value, after: Value): void => {
  if (before === after) return;
  if (after === undefined) element.removeAttribute(name);
  else element.setAttribute(name, String(after));
};

/** `aria-…="true"` or nothing: false is the default of these. */
const flag = (value: boolean | undefined): true | undefined => value || undefined;

const patchName = (element: HTMLElement, before: Semantics | null, after: Semantics): void => {
  if (isWorded(after)) {
    const words = after.value ?? after.name;
    const span = element.firstElementChild;
    if (span && span.textContent !== words) span.textContent = words;
    if (after.role !== 'combobox') return;
  }
  const label = (semantics: Semantics | null): string | undefined => semantics?.name || undefined;
  set(element, 'aria-label', label(before), label(after));
  if (after.role !== 'group') return;
  const role = (s: Semantics | null): string | undefined =>
    s && (s.name || s.focusable || s.roleDescription) ? 'group' : undefined;
  set(element, 'role', role(before), role(after));
};

const patchStates = (element: HTMLElement, before: Semantics | null, after: Semantics): void => {
  set(element, 'aria-roledescription', before?.roleDescription, after.roleDescription);
  set(element, 'aria-busy', flag(before?.busy), flag(after.busy));
  set(element, 'aria-pressed', before?.pressed, after.pressed);
  set(element, 'aria-setsize', before?.setSize, after.setSize);
  set(element, 'aria-posinset', before?.positionInSet, after.positionInSet);
  set(element, 'aria-valuetext', before?.valueText, after.valueText);
  set(element, 'aria-orientation', before?.vertical && 'vertical', after.vertical && 'vertical');
  set(element, 'aria-description', before?.description, after.description);
  if (isTextRole(after.role)) set(element, 'aria-invalid', flag(before?.invalid), flag(after.invalid));
  if (after.role === 'option') set(element, 'aria-selected', before?.selected, after.selected ?? false);
};

const isNative = ({ tagName }: HTMLElement): boolean => tagName !== 'DIV' && tagName !== 'DIALOG';

const onlyRead: ReadonlySet<Semantics['role']> = new Set([
  'status',
  'alert',
  'text',
  'tooltip',
  'progressbar',
  'separator',
]);

const patchReach = (element: HTMLElement, before: Semantics | null, after: Semantics): void => {
  const reach = (s: Semantics | null) => (s ? (s.focusable && !s.disabled ? '0' : '-1') : undefined);
  if (isNative(element)) {
    if (before?.disabled !== after.disabled) element.toggleAttribute('disabled', after.disabled === true);
    if (before?.focusable !== after.focusable)
      set(element, 'tabindex', '', after.focusable ? undefined : '-1');
  } else {
    set(element, 'aria-disabled', flag(before?.disabled), flag(after.disabled));
    const index = (s: Semantics | null) => (s?.focusable ? reach(s) : undefined);
    set(element, 'tabindex', index(before), index(after));
  }
  const takesPointer = !onlyRead.has(after.role);
  const isContainer = after.role === 'group' && !after.focusable && !after.touchAction;
  element.classList.toggle('hit', takesPointer && !isContainer);
  element.classList.toggle('still', after.disabled === true);
  if (after.role === 'group') element.classList.toggle('clips', after.focusable || after.clips === true);
  if (before?.touchAction !== after.touchAction) element.style.touchAction = after.touchAction ?? '';
};

const ranges: ReadonlySet<Semantics['role']> = new Set(['slider', 'spinbutton', 'progressbar']);

const patchRange = (element: HTMLElement, before: Semantics | null, after: Semantics): void => {
  const aria = after.role === 'slider' ? '' : 'aria-value';
  set(element, `${aria}min`, before?.valueMin, after.valueMin);
  set(element, `${aria}max`, before?.valueMax, after.valueMax);
  if (after.role !== 'slider') set(element, 'aria-valuenow', before?.valueNow, after.valueNow);
};

/** Writes what differs between two states of one widget, and nothing else; values of fields are not its business. */
export const patchAttributes = (
  element: HTMLElement,
  before: Semantics | null,
  after: Semantics,
  domIdOf: (id: WidgetId) => string | undefined,
): void => {
  patchName(element, before, after);
  patchStates(element, before, after);
  patchReach(element, before, after);
  if (ranges.has(after.role)) patchRange(element, before, after);
  if (isTextRole(after.role) && before?.readOnly !== after.readOnly) {
    (element as HTMLInputElement | HTMLTextAreaElement).readOnly = after.readOnly === true;
  }
  if (after.role === 'combobox') set(element, 'aria-expanded', before?.expanded, after.expanded ?? false);
  if (after.role === 'listbox' || after.role === 'combobox') {
    set(element, 'aria-multiselectable', before?.multiselectable, after.multiselectable);
    const controls = after.controls === undefined ? undefined : domIdOf(after.controls);
    set(element, 'aria-controls', element.getAttribute('aria-controls') ?? undefined, controls);
    const active = after.activeOption === undefined ? undefined : domIdOf(after.activeOption);
    const now = element.getAttribute('aria-activedescendant') ?? undefined;
    set(element, 'aria-activedescendant', now, active);
  }
};
