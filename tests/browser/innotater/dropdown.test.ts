import { executeServerCommand, sendMouse } from '@web/test-runner-commands';
import { MultiClassInnotation, TextInnotation } from '../../../src/innotater/index.js';
import { atRest, equal, isTrue, near, waitFor } from '../expect.js';
import { all, clear, click, focusIn, type Mounted, one, press, show } from './support.js';

const breeds = Array.from({ length: 30 }, (_, i) => `${String.fromCharCode(65 + (i % 26))} breed ${i}`);

const oneDropdown = async (data: number[] = [-1, 3]): Promise<Mounted> =>
  show(null, new MultiClassInnotation(data, { desc: 'Breed', classes: breeds, dropdown: true }));

const combo = ({ host }: Mounted) => one(host, 'combobox', 'Breed');
const isOpen = (mounted: Mounted) => combo(mounted).getAttribute('aria-expanded') === 'true';
const option = ({ host }: Mounted, index: number) => one(host, 'option', breeds[index]!);
const popup = ({ host }: Mounted) => host.firstElementChild?.shadowRoot?.querySelector<HTMLElement>('.popup');

/** Its code is loaded by the first that comes near. */
const shown = (mounted: Mounted) => waitFor(() => popup(mounted), 'the popup');

/** The colour of a popup's canvas at a place of the client area. */
const colorAt = (mounted: Mounted, x: number, y: number): readonly number[] => {
  const canvas = popup(mounted)!.querySelector('canvas')!;
  const box = canvas.getBoundingClientRect();
  const [px, py] = [
    (x - box.left) * (canvas.width / box.width),
    (y - box.top) * (canvas.height / box.height),
  ];
  return [...canvas.getContext('2d')!.getImageData(Math.floor(px), Math.floor(py), 1, 1).data];
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a dropdown', () => {
  afterEach(clear);

  it('M5: opens over everything else, outside of a host that clips, and takes the row that is clicked', async () => {
    const data = [-1, 3];
    const mounted = await oneDropdown(data);
    mounted.host.style.overflow = 'hidden';
    equal(combo(mounted).textContent, '');
    await click(combo(mounted), mounted);
    await shown(mounted);
    isTrue(popup(mounted)!.matches(':popover-open'), 'the list is in the top layer');
    const row = option(mounted, 7);
    isTrue(
      row.getBoundingClientRect().bottom > mounted.host.getBoundingClientRect().bottom,
      'outside of the host',
    );
    const { x, y, width, height } = row.getBoundingClientRect();
    equal(
      popup(mounted)!.contains(mounted.host.firstElementChild!.shadowRoot!.elementFromPoint(x + 5, y + 5)),
      true,
    );
    await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
    await mounted.view.ready;
    equal([data, isOpen(mounted), combo(mounted).textContent], [[7, 3], false, breeds[7]]);
    equal(popup(mounted) ?? null, null);
    equal(focusIn(mounted.host), combo(mounted));
  });

  it('M5: by keyboard alone: Enter opens, a letter and arrows move, Enter takes; on to the next sample with n', async () => {
    const data = [-1, 3];
    const mounted = await oneDropdown(data);
    combo(mounted).focus();
    await press('Enter', mounted);
    await press('c', mounted);
    await press('ArrowDown', mounted);
    const active = combo(mounted).getAttribute('aria-activedescendant')!;
    const list = combo(mounted).getAttribute('aria-controls')!;
    equal(option(mounted, 3).id, active);
    equal(one(mounted.host, 'listbox', 'Breed').id, list);
    equal(data, [-1, 3]);
    await press('Enter', mounted);
    equal([data, isOpen(mounted)], [[3, 3], false]);
    await press('n', mounted);
    equal([mounted.view.index, focusIn(mounted.host)], [1, combo(mounted)]);
  });

  it('Esc closes it without a change, and nothing of it reaches the page', async () => {
    const mounted = await oneDropdown();
    const keys: string[] = [];
    const listen = (event: KeyboardEvent) => keys.push(event.key);
    document.addEventListener('keydown', listen);
    combo(mounted).focus();
    await press('Enter', mounted);
    await press('ArrowDown', mounted);
    await press('Escape', mounted);
    document.removeEventListener('keydown', listen);
    equal([isOpen(mounted), combo(mounted).textContent, keys], [false, '', []]);
  });

  it('a press elsewhere on the page closes it', async () => {
    const mounted = await oneDropdown();
    await click(combo(mounted), mounted);
    await sendMouse({ type: 'click', position: [790, 580] });
    await waitFor(() => !isOpen(mounted), 'it closes');
  });

  it('the drawn row is where its option is, and the one under the pointer is in the accent', async () => {
    const mounted = await show(
      null,
      new MultiClassInnotation([-1], { desc: 'Breed', classes: breeds, dropdown: true }),
      { theme: { scheme: 'light', accent: [1, 0, 0, 1] } },
    );
    await click(combo(mounted), mounted);
    await shown(mounted);
    const box = option(mounted, 4).getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(box.right - 30), Math.round(box.top + 5)] });
    await mounted.view.ready;
    await waitFor(
      () => colorAt(mounted, box.right - 30, box.top + 5)[1]! < 10,
      'the row is drawn in the accent',
    );
    equal(colorAt(mounted, box.right - 30, box.top + 2), [255, 0, 0, 255]);
    equal(colorAt(mounted, box.right - 30, box.bottom + 2).slice(1, 3), [255, 255]);
  });

  it('follows its box when the page scrolls, and opens above where there is no room below', async () => {
    const mounted = await oneDropdown();
    mounted.host.style.margin = '300px 0 2000px';
    await mounted.view.ready;
    await click(combo(mounted), mounted);
    await shown(mounted);
    window.scrollTo(0, 60);
    await waitFor(
      () =>
        Math.abs(popup(mounted)!.getBoundingClientRect().left - combo(mounted).getBoundingClientRect().left) <
        1,
      'it is at its box',
    );
    const gap = () =>
      popup(mounted)!.getBoundingClientRect().top - combo(mounted).getBoundingClientRect().bottom;
    await waitFor(() => Math.abs(gap() - 4) <= 1, 'it is below its box');
    await press('Escape', mounted);
    mounted.host.style.marginTop = `${window.innerHeight - 30}px`;
    await mounted.view.ready;
    combo(mounted).scrollIntoView({ block: 'end' });
    await click(combo(mounted), mounted);
    near(
      combo(mounted).getBoundingClientRect().top - popup(mounted)!.getBoundingClientRect().bottom,
      4,
      1,
      'above',
    );
    window.scrollTo(0, 0);
  });

  it('open, it draws nothing while nothing happens', async () => {
    const mounted = await oneDropdown();
    await click(combo(mounted), mounted);
    const frames = await atRest(() => mounted.view.stats.frames);
    await pause(1000);
    equal(mounted.view.stats.frames, frames);
    equal(mounted.view.stats.contexts, 1);
  });

  it('the wheel over it scrolls it and never the page', async () => {
    const mounted = await oneDropdown();
    mounted.host.style.marginBottom = '2000px';
    await click(combo(mounted), mounted);
    await shown(mounted);
    const { x, y } = option(mounted, 4).getBoundingClientRect();
    const top = option(mounted, 4).getBoundingClientRect().top;
    await executeServerCommand('wheel', { x: x + 20, y: y + 5, deltaY: 52 });
    await waitFor(() => option(mounted, 4).getBoundingClientRect().top < top, 'the list scrolled');
    await executeServerCommand('wheel', { x: x + 20, y: y + 5, deltaY: 5000 });
    await executeServerCommand('wheel', { x: x + 20, y: y + 5, deltaY: 5000 });
    await pause(200);
    equal([window.scrollY, option(mounted, 29).getAttribute('aria-setsize')], [0, '30']);
  });

  it('stays where it belongs on a host that the page scales, and in a host that was taken out and put back', async () => {
    const mounted = await oneDropdown();
    mounted.host.style.cssText += '; transform: scale(0.8); transform-origin: 0 0;';
    await click(combo(mounted), mounted);
    await shown(mounted);
    const below = () => {
      const [box, list] = [combo(mounted).getBoundingClientRect(), popup(mounted)!.getBoundingClientRect()];
      return [list.left - box.left, list.top - box.bottom, list.width - box.width] as const;
    };
    near(below()[0], 0, 1, 'left');
    near(below()[1], 3.2, 1, 'top');
    near(below()[2], 0, 1, 'width');
    await press('Escape', mounted);
    const { parentElement } = mounted.host;
    mounted.host.remove();
    parentElement!.append(mounted.host);
    await click(combo(mounted), mounted);
    isTrue(popup(mounted)!.matches(':popover-open'), 'it opens again');
  });

  it('activation without a pointer opens it and takes a row, as a screen reader does', async () => {
    const data = [-1];
    const mounted = await show(
      new TextInnotation(['a']),
      new MultiClassInnotation(data, { desc: 'Breed', classes: breeds, dropdown: true }),
    );
    combo(mounted).click();
    await waitFor(() => isOpen(mounted), 'it opens');
    await shown(mounted);
    option(mounted, 2).click();
    await waitFor(() => !isOpen(mounted), 'it closes');
    equal(data, [2]);
  });

  it('R7: in inputs it is disabled and shows its value', async () => {
    const mounted = await show(
      new MultiClassInnotation([3], { desc: 'Breed', classes: breeds, dropdown: true }),
      null,
    );
    equal([combo(mounted).getAttribute('aria-disabled'), combo(mounted).textContent], ['true', breeds[3]]);
    await click(combo(mounted), mounted);
    equal(isOpen(mounted), false);
    equal(all(mounted.host, 'option').length, 0);
  });
});
