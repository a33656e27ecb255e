import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ButtonInnotation,
  GroupedInnotation,
  ImageInnotation,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { clear, flatImage, focusIn, type Mounted, nameOf, press, roleOf, show, typeText } from './support.js';

const fruits = ['apple', 'banana', 'cherry'];
const breeds = ['Akita', 'Beagle', 'Collie'];

/** Data of two samples for every kind of control. */
const everyKind = () => ({
  box: [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ],
  fruit: [-1, -1],
  breed: [-1, -1],
  ripe: [0, 0],
  note: ['', ''],
  title: ['old', 'old'],
  grade: [-1, -1],
  sold: [0, 0],
  rowBox: [
    [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
    [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
  ],
  rowBreed: [
    [0, 0],
    [0, 0],
  ],
});

const showEveryKind = async (saved: (readonly number[])[], clicks: (readonly unknown[])[]) => {
  const data = everyKind();
  const image = new ImageInnotation([flatImage(200, 150, 90), flatImage(200, 150, 60)], {
    desc: 'Photo',
    name: 'photo',
  });
  const targets = [
    new BoundingBoxInnotation(data.box, { desc: 'Box', name: 'box', source: 'photo' }),
    new MultiClassInnotation(data.fruit, { desc: 'Fruit', classes: fruits }),
    new MultiClassInnotation(data.breed, { desc: 'Breed', classes: breeds, dropdown: true }),
    new BinaryClassInnotation(data.ripe, { desc: 'Ripe' }),
    new TextInnotation(data.note, { desc: 'Note' }),
    new TextInnotation(data.title, { desc: 'Title', multiline: false }),
    new GroupedInnotation(
      new MultiClassInnotation(data.grade, { desc: 'Grade', classes: ['A', 'B'] }),
      new BinaryClassInnotation(data.sold, { desc: 'Sold' }),
    ),
    new ButtonInnotation([null, null], {
      desc: 'Count',
      onClick: (...details: readonly unknown[]) => {
        clicks.push(details.slice(0, 2));
        return true;
      },
    }),
    new RepeatInnotation(
      [BoundingBoxInnotation, data.rowBox, { desc: 'Dog', source: 'photo' }],
      [MultiClassInnotation, data.rowBreed, { desc: 'Dog breed', classes: breeds, dropdown: true }],
      { desc: 'Dogs', maxRepeats: 2 },
    ),
  ];
  const saveHook = (uindexes: readonly number[]) => {
    saved.push([...uindexes]);
    return true;
  };
  return { data, mounted: await show(image, targets, { saveHook }) };
};

const done = {
  box: [0, 0, 0, 0],
  fruit: 1,
  breed: 2,
  ripe: 1,
  note: 'two words',
  title: 'new',
  grade: 1,
  sold: 1,
};

/** The sample's values as annotated, boxes apart. */
const annotated = (data: ReturnType<typeof everyKind>, index: number) => ({
  box: done.box,
  fruit: data.fruit[index],
  breed: data.breed[index],
  ripe: data.ripe[index],
  note: data.note[index],
  title: data.title[index],
  grade: data.grade[index],
  sold: data.sold[index],
});

describe('a sample annotated with every kind of control', () => {
  afterEach(clear);

  it('by keyboard alone', async () => {
    const [saved, clicks]: [(readonly number[])[], (readonly unknown[])[]] = [[], []];
    const { data, mounted } = await showEveryKind(saved, clicks);
    const { host, view } = mounted;
    const keys = async (...names: readonly string[]) => {
      for (const name of names) await press(name, mounted);
    };
    /** Tab, as often as it takes; each stop has a role and a name. */
    const tabTo = async (role: string, name: string) => {
      for (let i = 0; i < 60; i++) {
        await sendKeys({ press: 'Tab' });
        const at = focusIn(host);
        if (at)
          isTrue(roleOf(at) !== '' && nameOf(at) !== '', `a stop has a role and a name: ${at.outerHTML}`);
        if (at && roleOf(at) === role && nameOf(at) === name) return at as HTMLElement;
      }
      throw new Error(`Tab never came to the ${role} "${name}"`);
    };

    await tabTo('group', 'Photo');
    await keys('Enter', 'ArrowRight', 'ArrowDown');
    const box = [...data.box[0]!];
    isTrue(box[2]! > 0 && box[3]! > 0, 'a box was drawn');
    const field = (await tabTo('textbox', 'Box')) as HTMLInputElement;
    equal(field.value, box.join(', '));
    field.select();
    await typeText('10, 20, 30, 40', mounted);
    await keys('Enter');
    equal(data.box[0], [10, 20, 30, 40]);
    await tabTo('listbox', 'Fruit');
    await keys('b');
    await tabTo('combobox', 'Breed');
    await keys('Enter', 'End', 'Enter');
    await tabTo('checkbox', 'Ripe');
    await keys('Space');
    await tabTo('textbox', 'Note');
    await typeText('two words', mounted);
    const title = (await tabTo('textbox', 'Title')) as HTMLInputElement;
    title.select();
    await typeText('new', mounted);
    await tabTo('listbox', 'Grade');
    await keys('ArrowDown', 'ArrowDown');
    await tabTo('checkbox', 'Sold');
    await keys('Space');
    await tabTo('button', 'Count');
    await keys('Enter');
    await tabTo('button', 'Add');
    await keys('Enter', 'Space');
    await tabTo('textbox', 'Dog');
    await typeText('1, 2, 3, 4', mounted);
    await tabTo('combobox', 'Dog breed');
    await keys('c');
    await tabTo('button', 'Remove row 2');
    await keys('Enter');
    equal(annotated(data, 0), done);
    equal(
      [data.rowBox[0]![0], data.rowBreed[0]],
      [
        [1, 2, 3, 4],
        [2, 0],
      ],
    );
    equal(clicks, [[0, -1]]);

    await tabTo('button', 'Save');
    await keys('Space');
    await waitFor(() => !view.isDirty, 'saved');
    equal(saved, [[0]]);
    // Focus stays at the place of the disabled button; from there Tab leaves, and comes in again at the top.
    await tabTo('slider', 'Sample');
    await keys('ArrowRight');
    equal(view.index, 1);
    const number = (await tabTo('spinbutton', 'Sample number')) as HTMLInputElement;
    number.select();
    await typeText('0', mounted);
    await keys('Enter');
    equal(view.index, 0);
  });

  it('through roles and names alone, as assistive technology acts', async () => {
    const [saved, clicks]: [(readonly number[])[], (readonly unknown[])[]] = [[], []];
    const { data, mounted } = await showEveryKind(saved, clicks);
    const act = accessibility(mounted);

    await act.text('textbox', 'Box', '10, 20, 30, 40');
    await act.click('option', 'banana');
    await act.click('combobox', 'Breed');
    await act.click('option', 'Collie');
    await act.click('checkbox', 'Ripe');
    await act.text('textbox', 'Note', 'two words');
    await act.text('textbox', 'Title', 'new');
    await act.click('option', 'B');
    await act.click('checkbox', 'Sold');
    await act.click('button', 'Count');
    await act.click('button', 'Add');
    await act.click('button', 'Add');
    await act.text('textbox', 'Dog', '1, 2, 3, 4');
    await act.click('combobox', 'Dog breed');
    await act.click('option', 'Collie');
    await act.click('button', 'Remove row 2');
    equal(annotated(data, 0), done);
    equal(
      [data.box[0], data.rowBox[0]![0], data.rowBreed[0]],
      [
        [10, 20, 30, 40],
        [1, 2, 3, 4],
        [2, 0],
      ],
    );
    equal(clicks, [[0, -1]]);
    equal(await act.has('button', 'Box, 1: 10, 20, 30, 40'), true);
    await act.click('button', 'Save');
    await waitFor(() => !mounted.view.isDirty, 'saved');
    equal(saved, [[0]]);
    await act.click('button', 'Next >');
    equal(mounted.view.index, 1);
    await act.set('slider', 'Sample', '0');
    equal(mounted.view.index, 0);
  });
});

type AxNode = {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly backendDOMNodeId?: number;
};

const protocol = <T>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> =>
  executeServerCommand('cdp', { method, params }) as Promise<T>;

/** Finds elements in the browser's own accessibility tree, and does to them what a screen reader or voice control can. */
const accessibility = ({ view }: Mounted) => {
  const nodes = async (role: string, name: string) => {
    const { nodes: all } = await protocol<{ nodes: readonly AxNode[] }>('Accessibility.getFullAXTree');
    return all.filter((node) => !node.ignored && node.role?.value === role && node.name?.value === name);
  };
  const call = async (role: string, name: string, functionDeclaration: string) => {
    const [found] = await waitFor(async () => {
      const list = await nodes(role, name);
      return list.length > 0 && list;
    }, `the accessibility tree has a ${role} named "${name}"`).then((list) => list || []);
    if (!found) return;
    const { object } = await protocol<{ object: { objectId: string } }>('DOM.resolveNode', {
      backendNodeId: found.backendDOMNodeId,
    });
    await protocol('Runtime.callFunctionOn', { objectId: object.objectId, functionDeclaration });
    await view.ready;
  };
  const input = (value: string) =>
    `function () { this.value = ${JSON.stringify(value)}; this.dispatchEvent(new Event('input', { bubbles: true, composed: true })); this.dispatchEvent(new Event('change', { bubbles: true })); }`;
  return {
    has: async (role: string, name: string) => (await nodes(role, name)).length > 0,
    click: (role: string, name: string) => call(role, name, 'function () { this.click(); }'),
    text: (role: string, name: string, value: string) => call(role, name, input(value)),
    set: (role: string, name: string, value: string) => call(role, name, input(value)),
  };
};
