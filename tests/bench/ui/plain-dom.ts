import type { Maker } from './contestant.js';
import { breeds, type Group } from './form.js';

const made = <K extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  tag: K,
  more: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  Object.assign(element, more);
  parent.append(element);
  return element;
};

const row = (parent: HTMLElement): HTMLElement => {
  const element = made(parent, 'div');
  element.style.cssText = 'display: flex; gap: 8px; align-items: center';
  return element;
};

/** Builds a group's elements; gives what writes its values into them. */
const groupOf = (parent: HTMLElement, group: Group): (() => void) => {
  const card = made(parent, 'div');
  card.style.cssText =
    'display: flex; flex-direction: column; gap: 8px; width: 264px; padding: 12px; border: 1px solid #ccc; border-radius: 6px';
  made(card, 'div', { textContent: group.title });
  const buttons = row(card);
  for (const name of group.buttons) made(buttons, 'button', { textContent: name }).style.flex = '1';
  const flags = group.flags.map((_, i) => {
    const label = made(card, 'label');
    const box = made(label, 'input', { type: 'checkbox' });
    label.append(i === 0 ? 'Reviewed' : 'Exclude');
    return box;
  });
  const levels = group.levels.map(() => made(card, 'input', { type: 'range', max: '100' }));
  const typed = row(card);
  const text = made(typed, 'input', { type: 'text' });
  text.style.cssText = 'flex: 1; min-width: 0';
  const count = made(typed, 'input', { type: 'number', max: '99' });
  const list = made(card, 'select', { size: 4 });
  for (const breed of breeds) made(list, 'option', { textContent: breed });
  return () => {
    flags.forEach((box, i) => {
      if (box.checked !== group.flags[i]) box.checked = group.flags[i]!;
    });
    levels.forEach((level, i) => {
      if (level.value !== `${group.levels[i]}`) level.value = `${group.levels[i]}`;
    });
    if (text.value !== group.text) text.value = group.text;
    if (count.value !== `${group.count}`) count.value = `${group.count}`;
    if (list.selectedIndex !== group.chosen) list.selectedIndex = group.chosen;
  };
};

/** The same form of the browser's own elements: values written where they differ, and the layout forced. */
export const plainDom =
  (form: readonly Group[]): Maker =>
  (host) => {
    const page = made(host, 'div');
    page.style.cssText = 'display: flex; flex-wrap: wrap; align-items: flex-start; padding: 12px; gap: 16px';
    const writers = form.map((group) => groupOf(page, group));
    const update = (): void => {
      for (const write of writers) write();
      page.getBoundingClientRect();
    };
    update();
    return {
      change(round) {
        const group = form[(round * 3) % form.length]!;
        group.levels[round % 2] = (group.levels[round % 2]! + 37) % 101;
        update();
      },
      rest: update,
      dispose: () => page.remove(),
    };
  };
