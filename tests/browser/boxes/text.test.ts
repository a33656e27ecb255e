import { sendKeys } from '@web/test-runner-commands';
import { BoundingBoxInnotation, RepeatInnotation } from 'innotater';
import { equal, isTrue } from '../expect.js';
import { clear, click, focusIn, one, press, pressControl, typeText } from '../innotater/support.js';
import { boxElements, dragOn, field, showBoxes } from './support.js';

const invalid = (element: Element) => element.getAttribute('aria-invalid') === 'true';

const retype = async (text: string, shown: Parameters<typeof typeText>[1], name: string) => {
  await click(field(shown, name), shown);
  await pressControl('a', shown);
  await typeText(text, shown);
};

describe('the text of a box', () => {
  afterEach(clear);

  it('T1: shows "x, y, w, h" as whole numbers', async () => {
    const shown = await showBoxes(
      new BoundingBoxInnotation(
        [
          [1.9, 2, 30.5, 40],
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        { name: 'box' },
      ),
    );
    equal(field(shown, 'box').value, '1, 2, 30, 40');
  });

  it('T2, T6: typed text goes into the array, the image follows, and one undo takes it back', async () => {
    const boxes = [
      [1, 2, 30, 40],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes, { name: 'box' }));
    await retype('10 20.9,30, 40', shown, 'box');
    equal(boxes[0], [10, 20, 30, 40]);
    equal(boxElements(shown)[0]!.name, 'box, 1: 10, 20, 30, 40');
    await press('Enter', shown);
    equal(field(shown, 'box').value, '10, 20, 30, 40', 'after Enter');
    shown.view.undo();
    await shown.view.ready;
    equal(boxes[0], [1, 2, 30, 40], 'one step');
    equal(field(shown, 'box').value, '1, 2, 30, 40');
  });

  it('T3, S3: what the array cannot hold stays in the field, invalid, and is told; nothing is written', async () => {
    const data = new Uint8Array([1, 2, 30, 40, 0, 0, 0, 0, 0, 0, 0, 0]);
    const shown = await showBoxes(new BoundingBoxInnotation({ data, shape: [3, 4] }, { name: 'box' }));
    await retype('1 2 300 4', shown, 'box');
    await press('Enter', shown);
    equal(field(shown, 'box').value, '1 2 300 4');
    isTrue(invalid(field(shown, 'box')), 'invalid');
    equal(field(shown, 'box').getAttribute('aria-description'), 'The data cannot hold this box');
    equal([...data.slice(0, 4)], [1, 2, 30, 40]);
    isTrue(!shown.view.isDirty, 'not dirty');
    await press('Escape', shown);
    equal([field(shown, 'box').value, invalid(field(shown, 'box'))], ['1, 2, 30, 40', false]);
  });

  it('B3: a typed box is cut to the image; one outside of it is invalid; given ones are left alone, their elements inside the image', async () => {
    const boxes = [
      [9000, 9000, 5, 5],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes, { name: 'box' }));
    equal(boxes[0], [9000, 9000, 5, 5]);
    const frame = shown.image.getBoundingClientRect();
    const place = one(shown.host, 'button', 'box, 1: 9000, 9000, 5, 5').getBoundingClientRect();
    isTrue(place.right <= frame.right + 1 && place.bottom <= frame.bottom + 1, 'inside the image');
    await retype('70000, 70000, 5, 5', shown, 'box');
    isTrue(invalid(field(shown, 'box')), 'invalid');
    equal(boxes[0], [9000, 9000, 5, 5]);
    isTrue(
      field(shown, 'box')
        .getAttribute('aria-description')
        ?.startsWith('The box lies outside of the image, which is') === true,
      'why',
    );
    await retype('10, 20, 9000, 9000', shown, 'box');
    await press('Enter', shown);
    equal([boxes[0], field(shown, 'box').value], [[10, 20, 290, 180], '10, 20, 290, 180']);
  });

  it('T3: text that is no box says how one is written', async () => {
    const shown = await showBoxes(
      new BoundingBoxInnotation(
        [
          [1, 2, 30, 40],
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        { name: 'box' },
      ),
    );
    await retype('1;2;3;4', shown, 'box');
    equal(
      field(shown, 'box').getAttribute('aria-description'),
      'A box is four numbers x, y, w, h, separated by commas or blanks',
    );
  });

  it('T3: text that is no box changes nothing and shows as invalid; Esc restores', async () => {
    const boxes = [
      [1, 2, 30, 40],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes, { name: 'box' }));
    await retype('abc', shown, 'box');
    isTrue(invalid(field(shown, 'box')), 'invalid');
    equal(boxes[0], [1, 2, 30, 40]);
    isTrue(!shown.view.isDirty, 'not dirty (S3)');
    await press('Escape', shown);
    equal(field(shown, 'box').value, '1, 2, 30, 40');
    isTrue(!invalid(field(shown, 'box')), 'valid again');
  });

  it('T3: Esc takes back what was typed and was a box, too', async () => {
    const boxes = [
      [1, 2, 30, 40],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes, { name: 'box' }));
    await retype('5, 6, 7, 8', shown, 'box');
    equal(boxes[0], [5, 6, 7, 8]);
    await press('Escape', shown);
    equal(boxes[0], [1, 2, 30, 40]);
  });

  it('T3: invalid text stays with its sample alone', async () => {
    const shown = await showBoxes(
      new BoundingBoxInnotation(
        [
          [1, 2, 30, 40],
          [5, 6, 7, 8],
          [0, 0, 0, 0],
        ],
        { name: 'box' },
      ),
    );
    await retype('1, 2', shown, 'box');
    shown.view.next();
    await shown.view.ready;
    equal(field(shown, 'box').value, '5, 6, 7, 8');
    isTrue(!invalid(field(shown, 'box')), 'valid on the next sample');
  });

  it('T5: focus by click or Tab makes the box active; its field is marked from the first frame', async () => {
    const first = [
      [20, 20, 60, 60],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const second = [
      [150, 20, 60, 60],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes([
      new BoundingBoxInnotation(first, { name: 'first' }),
      new BoundingBoxInnotation(second, { name: 'second' }),
    ]);
    equal(
      boxElements(shown).map(({ active }) => active),
      [true, false],
      'at first',
    );
    await click(field(shown, 'second'), shown);
    equal(
      boxElements(shown).map(({ active }) => active),
      [false, true],
      'by click',
    );
    await dragOn(shown, [220, 120], [260, 160]);
    equal(second[0], [220, 120, 40, 40], 'and is drawn');
    await click(field(shown, 'first'), shown);
    await sendKeys({ press: 'Tab' });
    isTrue(focusIn(shown.host) === field(shown, 'second'), 'Tab goes on to the second field');
    equal(
      boxElements(shown).map(({ active }) => active),
      [false, true],
      'by Tab',
    );
  });

  it('T7: data (n,r,4) in repeats is written in place; blank boxes have no element on the image', async () => {
    const data = new Float32Array(3 * 2 * 4);
    const tensor = { data, shape: [3, 2, 4] };
    const shown = await showBoxes(
      new RepeatInnotation([BoundingBoxInnotation, tensor, { name: 'row' }], {
        minRepeats: 2,
        maxRepeats: 2,
      }),
    );
    equal(boxElements(shown), [], 'all blank');
    shown.view.index = 1;
    await shown.view.ready;
    await dragOn(shown, [20, 30], [60, 60]);
    await dragOn(shown, [100, 30], [160, 60]);
    equal([...data.subarray(8, 16)], [20, 30, 40, 30, 100, 30, 60, 30]);
    equal([...data.subarray(0, 8)], Array(8).fill(0), 'other samples');
  });
});
