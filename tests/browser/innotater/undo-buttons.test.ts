import { executeServerCommand } from '@web/test-runner-commands';
import {
  BinaryClassInnotation,
  type InnotaterOptions,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { all, clear, click, isDisabled, type Mounted, nameOf, one, show } from './support.js';

const cdp = (method: string, params: Readonly<Record<string, unknown>> = {}) =>
  executeServerCommand('cdp', { method, params });
const fingers = (enabled: boolean) => cdp('Emulation.setTouchEmulationEnabled', { enabled });

/** A trusted touch on the middle of a control. */
const tap = async (element: HTMLElement, { view }: Mounted): Promise<void> => {
  const { x, y, width, height } = element.getBoundingClientRect();
  const touchPoints = [{ x: x + width / 2, y: y + height / 2 }];
  await cdp('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await cdp('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await view.ready;
};

const barNames = ({ host }: Mounted) =>
  all(host, 'button')
    .map(nameOf)
    .filter((name) => /Previous|Next|Save|Undo|Redo/.test(name));

const ripeness = async (options: InnotaterOptions = {}) => {
  const flags = [0, 0, 0];
  const mounted = await show(
    new TextInnotation(['a', 'b', 'c'], { desc: 'Name' }),
    new BinaryClassInnotation(flags, { desc: 'Ripe' }),
    { saveHook: () => true, ...options },
  );
  const button = (name: string) => one(mounted.host, 'button', name);
  return { flags, mounted, button, ripe: () => one(mounted.host, 'checkbox', 'Ripe') };
};

describe('undo and redo by buttons', () => {
  afterEach(async () => {
    clear();
    await fingers(false);
  });

  it('C4: a finger takes back and repeats, over samples; the buttons stand at the end, large enough', async () => {
    await fingers(true);
    const { flags, mounted, button, ripe } = await ripeness();
    equal(barNames(mounted), ['< Previous', 'Next >', 'Save', 'Undo', 'Redo']);
    equal([isDisabled(button('Undo')), isDisabled(button('Redo'))], [true, true], 'nothing yet');
    for (const name of ['Undo', 'Redo']) {
      const { width, height } = button(name).getBoundingClientRect();
      isTrue(Math.min(width, height) >= 44, `${name}: ${width} × ${height}`);
    }
    await tap(button('Undo'), mounted);
    equal(flags, [0, 0, 0]);
    await tap(ripe(), mounted);
    await tap(button('Next >'), mounted);
    await tap(ripe(), mounted);
    equal(flags, [1, 1, 0]);
    equal([isDisabled(button('Undo')), isDisabled(button('Redo'))], [false, true]);
    await tap(button('Undo'), mounted);
    equal([flags, mounted.view.index], [[1, 0, 0], 1]);
    await tap(button('Undo'), mounted);
    equal([flags, mounted.view.index], [[0, 0, 0], 0], 'goes to the sample it changes');
    equal([isDisabled(button('Undo')), isDisabled(button('Redo'))], [true, false]);
    await tap(button('Redo'), mounted);
    await tap(button('Redo'), mounted);
    equal([flags, mounted.view.index], [[1, 1, 0], 1]);
    await tap(button('Undo'), mounted);
    await tap(ripe(), mounted);
    equal(isDisabled(button('Redo')), true, 'another change: nothing to repeat');
  });

  it('a text that is typed is one step of it', async () => {
    await fingers(true);
    const texts = ['one', 'two'];
    const mounted = await show(null, new TextInnotation(texts, { desc: 'Note' }));
    const field = one<HTMLTextAreaElement>(mounted.host, 'textbox', 'Note');
    field.focus();
    field.setSelectionRange(3, 3);
    await cdp('Input.insertText', { text: '!' });
    await mounted.view.ready;
    await tap(one(mounted.host, 'button', 'Undo'), mounted);
    equal([texts[0], field.value], ['one', 'one']);
    await tap(one(mounted.host, 'button', 'Redo'), mounted);
    equal([texts[0], field.value], ['one!', 'one!']);
  });

  it('with a mouse they are there with undoButtons alone, and come and go with the kind of pointer', async () => {
    const fine = await ripeness();
    equal(barNames(fine.mounted), ['< Previous', 'Next >', 'Save']);
    await fingers(true);
    await waitFor(() => barNames(fine.mounted).includes('Undo'), 'buttons for the finger');
    await fingers(false);
    await waitFor(() => !barNames(fine.mounted).includes('Undo'), 'none for the mouse');
    clear();
    const always = await ripeness({ undoButtons: true, saveHook: null });
    equal(barNames(always.mounted), ['< Previous', 'Next >', 'Undo', 'Redo']);
    await click(always.ripe(), always.mounted);
    await click(always.button('Undo'), always.mounted);
    equal(always.flags, [0, 0, 0]);
  });

  it('undoButtons: false: never', async () => {
    await fingers(true);
    const { mounted } = await ripeness({ undoButtons: false });
    equal(barNames(mounted), ['< Previous', 'Next >', 'Save']);
  });
});
