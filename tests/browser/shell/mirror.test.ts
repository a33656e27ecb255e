import { sendKeys } from '@web/test-runner-commands';
import axe from 'axe-core';
import { rect } from '../../../src/geometry/index.js';
import { equal, isTrue, near } from '../expect.js';
import { button, open, settled, textbox, type View, type Widget } from './kit.js';

let view: View;
afterEach(() => view.close());

const all: readonly Widget[] = [
  button('prev', '< Previous', rect(10, 10, 80, 30), { disabled: true }),
  {
    id: 'pos',
    role: 'slider',
    name: 'Sample',
    rect: rect(100, 10, 120, 30),
    focusable: true,
    valueNow: 3,
    valueMin: 0,
    valueMax: 119,
    valueText: '4 of 120',
  },
  {
    id: 'num',
    role: 'spinbutton',
    name: 'Sample number',
    rect: rect(230, 10, 60, 30),
    focusable: true,
    valueNow: 3,
    valueMin: 0,
    valueMax: 119,
    value: '3',
  },
  button('next', 'Next >', rect(300, 10, 80, 30)),
  {
    id: 'image',
    role: 'group',
    roleDescription: 'image',
    name: 'Photo',
    rect: rect(10.5, 50.25, 200, 150),
    focusable: true,
    busy: true,
    touchAction: 'none',
    children: [
      button('image/box', 'Box, 1: 4, 5, 6, 7', rect(30.5, 70.25, 40, 20), {
        roleDescription: 'box',
        pressed: true,
      }),
    ],
  },
  textbox('text', 'Place', rect(220, 50, 150, 30), '4, 5, x', { invalid: true }),
  textbox('note', 'Note', rect(220, 90, 150, 60), 'long', { multiline: true, readOnly: true }),
  {
    id: 'flag',
    role: 'checkbox',
    name: 'Flag',
    rect: rect(220, 160, 150, 24),
    focusable: true,
    checked: true,
  },
  {
    id: 'list',
    role: 'listbox',
    name: 'Kinds',
    rect: rect(10, 210, 100, 60),
    focusable: true,
    activeOption: 'list/1',
    children: [0, 1].map((i) => ({
      id: `list/${i}`,
      role: 'option' as const,
      name: `kind ${i}`,
      rect: rect(10, 210 + 30 * i, 100, 30),
      focusable: false,
      selected: i === 1,
      setSize: 2,
      positionInSet: i + 1,
    })),
  },
  {
    id: 'row',
    role: 'group',
    name: 'Row 1',
    rect: rect(120, 210, 250, 40),
    focusable: false,
    children: [textbox('row/t', 'Row text', rect(125, 215, 100, 30), 'inner')],
  },
  { id: 'words', role: 'text', name: 'A caption', rect: rect(10, 275, 100, 20), focusable: false },
  { id: 'saved', role: 'status', name: '', value: 'Saved', rect: rect(120, 275, 100, 20), focusable: false },
  { id: 'bad', role: 'alert', name: 'Not good', rect: rect(230, 275, 100, 20), focusable: false },
];

const flat = (widgets: readonly Widget[]): Widget[] =>
  widgets.flatMap((widget) => [widget, ...flat((widget.children ?? []) as Widget[])]);

const elements = () => [...view.shadow.querySelectorAll<HTMLElement>('.mirror *:not(span)')];

describe('the mirror of elements', () => {
  it('has one element a widget, in reading order, at the drawn place to within 1 px', async () => {
    view = await open({ widgets: () => all }, 'width: 400px; margin: 7.5px');
    const wanted = flat(all);
    equal(elements().length, wanted.length);
    const origin = view.shell.canvas.getBoundingClientRect();
    elements().forEach((element, i) => {
      const box = element.getBoundingClientRect();
      const { rect: place, id } = wanted[i]!;
      near(box.left - origin.left, place.x, 1, `${id} left`);
      near(box.top - origin.top, place.y, 1, `${id} top`);
      near(box.width, place.width, 1, `${id} width`);
      near(box.height, place.height, 1, `${id} height`);
    });
  });

  it('uses native elements with their states', async () => {
    view = await open({ widgets: () => all });
    equal(view.at<HTMLButtonElement>('< Previous').disabled, true);
    const slider = view.at<HTMLInputElement>('Sample');
    equal([slider.type, slider.value, slider.min, slider.max], ['range', '3', '0', '119']);
    equal(slider.getAttribute('aria-valuetext'), '4 of 120');
    equal(view.at('Photo').getAttribute('role'), 'group');
    equal(view.at('Photo').getAttribute('aria-roledescription'), 'image');
    equal(view.at('Photo').getAttribute('aria-busy'), 'true');
    const box = view.at('Box, 1: 4, 5, 6, 7');
    equal(
      [box.tagName, box.getAttribute('aria-pressed'), box.parentElement === view.at('Photo')],
      ['BUTTON', 'true', true],
    );
    equal(view.at('Place').getAttribute('aria-invalid'), 'true');
    equal([view.at('Note').tagName, view.at<HTMLTextAreaElement>('Note').readOnly], ['TEXTAREA', true]);
    equal(view.at<HTMLInputElement>('Flag').checked, true);
    const list = view.at('Kinds');
    const active = view.shadow.getElementById(list.getAttribute('aria-activedescendant')!);
    equal([active?.textContent, active?.getAttribute('aria-selected')], ['kind 1', 'true']);
    equal(view.shadow.querySelector('[role=status]')?.textContent, 'Saved');
    equal(view.shadow.querySelector('[role=alert]')?.textContent, 'Not good');
    const whole = view.shadow.querySelector('[aria-label=Trial]')!;
    equal(whole.getAttribute('role'), 'group');
  });

  it('axe finds nothing', async () => {
    const main = document.createElement('main');
    document.body.append(main);
    view = await open({ widgets: () => all }, 'width: 400px', main);
    const { violations } = await axe.run(main);
    main.remove();
    equal(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      [],
    );
  });

  it('Tab and Shift+Tab walk it in reading order and leave at both ends', async () => {
    const before = document.createElement('button');
    const after = document.createElement('button');
    document.body.append(before);
    view = await open({ widgets: () => all });
    document.body.append(after);
    before.focus();
    const walked: string[] = [];
    for (let i = 0; i < 20 && document.activeElement !== after; i++) {
      await sendKeys({ press: 'Tab' });
      const label = view.shadow.activeElement?.getAttribute('aria-label');
      if (label) walked.push(label);
    }
    equal(walked, [
      'Sample',
      'Sample number',
      'Next >',
      'Photo',
      'Box, 1: 4, 5, 6, 7',
      'Place',
      'Note',
      'Flag',
      'Kinds',
      'Row text',
    ]);
    equal(view.ofTag('focus').at(-1)?.id, null, 'the ui knows that focus left');
    isTrue(view.ofTag('focus')[0]!.tag === 'focus' && view.ofTag('focus')[0]!.visible, 'with a ring');
    await sendKeys({ down: 'Shift' });
    for (let i = 0; i < 20 && document.activeElement !== before; i++) await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    equal(document.activeElement, before);
    before.remove();
    after.remove();
  });

  it('an unchanged frame touches no element, and one value changed touches one', async () => {
    const state = { value: 3 };
    view = await open({
      widgets: () =>
        all.map((widget) =>
          widget.id === 'pos' ? { ...widget, valueText: `${state.value}` } : { ...widget },
        ),
    });
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((list) => records.push(...list));
    observer.observe(view.shadow, { subtree: true, childList: true, attributes: true, characterData: true });
    view.shell.invalidate('nothing changed');
    view.shell.flush();
    await settled();
    equal(records.length, 0);
    state.value = 4;
    view.shell.invalidate('one value');
    view.shell.flush();
    await settled();
    equal(
      records.map(({ attributeName }) => attributeName),
      ['aria-valuetext'],
    );
    observer.disconnect();
  });

  it('elements keep their identity and focus when their order changes', async () => {
    const state = { order: ['a', 'b', 'c', 'd'] };
    view = await open({
      widgets: () => state.order.map((id, i) => button(id, id, rect(10 + 50 * i, 10, 40, 30))),
    });
    const c = view.at('c');
    c.focus();
    const told = view.ofTag('focus').length;
    for (const order of [
      ['c', 'a', 'b', 'd'],
      ['d', 'b', 'a', 'c'],
      ['x', 'c', 'y'],
    ]) {
      state.order = order;
      view.shell.invalidate('order');
      view.shell.flush();
      equal(
        elements().map((element) => element.getAttribute('aria-label')),
        order,
      );
      equal(view.shadow.activeElement, c);
    }
    equal(view.ofTag('focus').length, told);
  });

  it('the focus of a control that goes away or is disabled stays at its place, and comes back with it', async () => {
    const state = { shown: ['a', 'b', 'c'], disabled: '' };
    view = await open({
      widgets: () =>
        state.shown.map((id, i) =>
          button(id, id, rect(10 + 50 * i, 10, 40, 30), { disabled: id === state.disabled }),
        ),
    });
    const redo = () => {
      view.shell.invalidate('changed');
      view.shell.flush();
    };
    view.at('b').focus();
    state.disabled = 'b';
    redo();
    isTrue(view.shadow.activeElement !== null, 'focus stays in the view');
    equal(view.ofTag('focus').at(-1)?.id, null);
    state.disabled = '';
    redo();
    equal(view.shadow.activeElement, view.at('b'), 'back when enabled');
    state.shown = ['a', 'c'];
    redo();
    isTrue(view.shadow.activeElement !== null, 'focus stays in the view');
    await sendKeys({ press: 'Tab' });
    equal(view.shadow.activeElement, view.at('c'), 'Tab goes on from there');
    equal(elements().length, 2);
  });

  it('a native range set by keys or by assistive technology is told as a value', async () => {
    view = await open({ widgets: () => all });
    const slider = view.at<HTMLInputElement>('Sample');
    slider.focus();
    await sendKeys({ press: 'ArrowRight' });
    equal(view.ofTag('value'), [{ tag: 'value', id: 'pos', value: 4 }]);
    equal(slider.value, '3', 'the ui did not take it, so the element shows what is');
  });

  it('announcements are spoken by live regions, the same words again too', async () => {
    view = await open({
      onEvent: (event) =>
        event.tag === 'activate' ? [{ tag: 'announce', text: 'Box drawn', assertive: false }] : undefined,
      widgets: () => [button('a', 'a', rect(10, 10, 40, 30))],
    });
    const region = view.shadow.querySelector('[aria-live=polite]')!;
    view.at('a').click();
    const first = region.textContent;
    view.at('a').click();
    equal(
      [first, region.textContent?.trim(), first === region.textContent],
      ['Box drawn', 'Box drawn', false],
    );
  });

  it('focus asked for by the ui moves to an element made in the same frame', async () => {
    const state = { more: false };
    view = await open({
      onEvent: (event) => {
        if (event.tag !== 'activate') return undefined;
        state.more = true;
        return [{ tag: 'focus', id: 'b' }];
      },
      widgets: () => [
        button('a', 'a', rect(10, 10, 40, 30)),
        ...(state.more ? [button('b', 'b', rect(60, 10, 40, 30))] : []),
      ],
    });
    view.at('a').click();
    equal(view.shadow.activeElement, view.at('b'));
    equal(view.ofTag('focus').at(-1)?.id, 'b');
  });
});
