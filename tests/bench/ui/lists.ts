import { Innotater, MultiClassInnotation } from 'innotater';
import { rootOf } from './shell-pointer.js';

/** A view with one list, told what a person does to it. */
export type ListView = {
  readonly view: Innotater;
  /** Turns the wheel by so many CSS px over the list. */
  wheel(deltaY: number): void;
  key(name: string): void;
  next(): void;
  /** Gives the list the focus, which only one of a page can have. */
  focus(): void;
};

const words = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `class ${String(i).padStart(7, '0')}`);

/** Mounts an Innotater with one MultiClassInnotation of so many classes; the list has focus. */
export const openList = async (host: HTMLElement, classes: readonly string[]): Promise<ListView> => {
  const data = [50, 20, 70];
  const layout = { width: 320, height: 240 };
  const view = new Innotater([], [new MultiClassInnotation(data, { desc: 'Class', classes, layout })], {
    theme: 'light',
  });
  view.mount(host);
  await view.ready;
  const root = rootOf(host);
  const list = root.querySelector<HTMLElement>('[role="listbox"]')!;
  list.focus();
  const box = list.getBoundingClientRect();
  const at = { clientX: box.left + 40, clientY: box.top + 40, bubbles: true, cancelable: true };
  return {
    view,
    wheel: (deltaY) => list.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY })),
    key: (name) => {
      const event = { key: name, code: name, bubbles: true, cancelable: true };
      list.dispatchEvent(new KeyboardEvent('keydown', event));
      list.dispatchEvent(new KeyboardEvent('keyup', event));
    },
    focus: () => list.focus(),
    next: () => (view.index < view.length - 1 ? view.next() : view.previous()),
  };
};

export const listOf = words;
