import { BinaryClassInnotation, MultiClassInnotation, TextInnotation } from 'innotater';
import { equal, isTrue, waitFor } from '../expect.js';
import { all, clear, click, messages, one, press, show, typeText } from './support.js';

describe('shortcuts', () => {
  afterEach(clear);

  it('? shows all shortcuts, and again or Close hides them; in a text it is a sign like others', async () => {
    const shown = await show(
      new TextInnotation(['a', 'b'], { name: 'note', disabled: false }),
      new BinaryClassInnotation([0, 1], { name: 'flag' }),
    );
    one(shown.host, 'button', 'Next >').focus();
    await press('?', shown);
    await waitFor(() => all(shown.host, 'dialog').length > 0, 'its code is loaded by the first ?');
    const sheet = one(shown.host, 'dialog', 'Keyboard shortcuts');
    isTrue(sheet.textContent!.includes('Next sample that is not annotated'), 'its lines');
    await click(one(shown.host, 'button', 'Close keyboard shortcuts'), shown);
    equal(all(shown.host, 'dialog').length, 0, 'closed');
    await click(one(shown.host, 'textbox', 'note'), shown);
    await typeText('?', shown);
    equal(all(shown.host, 'dialog').length, 0, 'not while typing');
  });

  it('u goes to the next sample that is not annotated, over the end, and says when there is none', async () => {
    const classes = [0, 2, 0, 0, 0];
    const flags = [0, 0, 1, 0, 1];
    const shown = await show(null, [
      new MultiClassInnotation(classes, { name: 'class', classes: ['a', 'b', 'c'] }),
      new BinaryClassInnotation(flags, { name: 'flag' }),
    ]);
    one(shown.host, 'button', 'Next >').focus();
    await press('u', shown);
    equal(shown.view.index, 3);
    await press('u', shown);
    equal(shown.view.index, 0, 'over the end');
    flags[3] = 1;
    await press('u', shown);
    equal(shown.view.index, 0);
    equal(messages(shown.host, 'status'), ['Every other sample is annotated.']);
  });

  it('u: where unset classes are written as −1, class 0 is an annotation', async () => {
    const shown = await show(
      null,
      new MultiClassInnotation(new Int8Array([0, 0, 2, -1, 0]), { name: 'class', classes: ['a', 'b', 'c'] }),
    );
    one(shown.host, 'button', 'Next >').focus();
    await press('u', shown);
    equal(shown.view.index, 3);
  });

  it('keys can be remapped, and lists leave the new ones alone', async () => {
    const classes = [0, 0, 0];
    const shown = await show(
      null,
      new MultiClassInnotation(classes, { name: 'class', classes: ['jay', 'nut', 'owl'] }),
      {
        shortcuts: { next: 'j', previous: 'k' },
      },
    );
    one(shown.host, 'listbox', 'class').focus();
    await press('j', shown);
    equal([shown.view.index, classes[0]], [1, 0], 'j steps');
    await press('n', shown);
    equal([shown.view.index, classes[1]], [1, 1], 'n is type-ahead');
    await press('k', shown);
    equal(shown.view.index, 0, 'k steps back');
  });
});
