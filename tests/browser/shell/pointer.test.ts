import { executeServerCommand, resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { rect } from '../../../src/geometry/index.js';
import type { UiEvent } from '../../../src/ui/index.js';
import { equal, isTrue, near } from '../expect.js';
import { button, middle, open, presses, settled, textbox, type View } from './kit.js';

const place = rect(20, 20, 100, 30);
let view: View;
afterEach(async () => {
  view.close();
  await resetMouse();
});

const counter = () => {
  const state = { count: 0 };
  return {
    state,
    form: {
      onEvent: (event: UiEvent) => {
        if (presses(event, 'add', place)) state.count += 1;
        return undefined;
      },
      widgets: () => [button('add', `Add ${state.count}`, place)],
    },
  };
};

describe('pointers on the view', () => {
  it('a mouse press reaches the ui once, at the place in px of the canvas, and focuses the element without a ring', async () => {
    const { state, form } = counter();
    view = await open(form, 'width: 400px; margin: 13px 0 0 27px');
    const [x, y] = middle(view.at('Add 0'));
    await sendMouse({ type: 'click', position: [x, y] });
    equal(state.count, 1);
    const [down] = view.ofTag('pointer').filter((event) => event.phase === 'down');
    near(down!.at.x, 70, 1);
    near(down!.at.y, 35, 1);
    equal([down!.pointerType, down!.button, down!.buttons, down!.clicks], ['mouse', 0, 1, 1]);
    equal(view.shadow.activeElement, view.at('Add 1'));
    equal(view.ofTag('focus'), [{ tag: 'focus', id: 'add', visible: false }]);
    equal(view.ofTag('activate'), []);
  });

  it('the mirror shows the answer before anything else runs', async () => {
    const { form } = counter();
    view = await open(form);
    let seen = '';
    view.shadow.addEventListener('pointerup', () => {
      seen = view.shadow.querySelector('button')?.getAttribute('aria-label') ?? '';
    });
    await sendMouse({ type: 'click', position: middle(view.at('Add 0')) });
    equal(seen, 'Add 1');
  });

  it('a press, a synthetic click and the keys Enter and Space act once each', async () => {
    const { state, form } = counter();
    view = await open(form);
    view.shadow.querySelector('button')!.click();
    equal(state.count, 1, 'after a synthetic click');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    equal(state.count, 2, 'after Enter');
    await sendKeys({ press: 'Space' });
    equal(state.count, 3, 'after Space');
    equal(view.ofTag('focus').at(-1), { tag: 'focus', id: 'add', visible: true });
  });

  it('B2: a drag that leaves the view and the window is followed to its end', async () => {
    const { form } = counter();
    view = await open(form, 'width: 200px');
    await sendMouse({ type: 'move', position: [60, 60] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [500, 400] });
    await sendMouse({ type: 'up' });
    const last = view.ofTag('pointer').filter((event) => event.phase === 'up');
    equal(last.length, 1);
    isTrue(last[0]!.at.x > 400, 'the release outside was told');
  });

  it('double presses are counted, and a press elsewhere starts anew', async () => {
    const { form } = counter();
    view = await open(form);
    await sendMouse({ type: 'click', position: [70, 60] });
    await sendMouse({ type: 'click', position: [71, 60] });
    await sendMouse({ type: 'click', position: [170, 160] });
    const downs = view.ofTag('pointer').filter((event) => event.phase === 'down');
    equal(
      downs.map((event) => event.clicks),
      [1, 2, 1],
    );
  });

  it('many moves in one frame are told as one, and a press comes after the move before it', async () => {
    const { form } = counter();
    view = await open(form);
    const root = view.shadow.firstElementChild!;
    const before = view.inputs.length;
    for (let x = 30; x < 60; x++) {
      root.dispatchEvent(
        new PointerEvent('pointermove', { clientX: x, clientY: 40, pointerId: 7, button: -1 }),
      );
    }
    equal(view.inputs.length, before, 'no frame yet');
    root.dispatchEvent(
      new PointerEvent('pointerdown', { clientX: 60, clientY: 40, pointerId: 7, button: 0 }),
    );
    equal(view.inputs.length, before + 1, 'move and press in one');
    const told = view.ofTag('pointer').map((event) => event.phase);
    equal(told.slice(-2), ['move', 'down']);
    const moves = view.ofTag('pointer').filter((event) => event.pointerId === 7 && event.phase === 'move');
    equal(
      moves.map((event) => event.at.x + view.host.getBoundingClientRect().left),
      [59],
    );
  });

  it('the pointer leaving is told, the cursor is that of the frame', async () => {
    view = await open({ widgets: () => [], cursor: 'crosshair' }, 'width: 200px; height: 100px');
    await sendMouse({ type: 'move', position: [50, 50] });
    await sendMouse({ type: 'move', position: [600, 500] });
    await settled();
    equal(view.ofTag('pointer').at(-1)?.phase, 'leave');
    equal(getComputedStyle(view.shadow.firstElementChild!).cursor, 'crosshair');
  });

  it("a press in a text field is the browser's: it places the caret, a double click selects a word", async () => {
    view = await open({ widgets: () => [textbox('t', 'Words', rect(10, 10, 200, 30), 'hello big world')] });
    const field = view.at<HTMLInputElement>('Words');
    await sendMouse({ type: 'click', position: [24, 25] });
    equal(view.shadow.activeElement, field);
    isTrue(field.selectionStart! < 3, 'the caret is where it was clicked');
    await sendMouse({ type: 'click', position: [190, 25] });
    equal(field.selectionStart, 15, 'caret at the end');
    const client = { button: 'left', x: 26, y: 25 };
    for (const clickCount of [1, 2]) {
      await executeServerCommand('cdp', {
        method: 'Input.dispatchMouseEvent',
        params: { type: 'mousePressed', clickCount, ...client },
      } as never);
      await executeServerCommand('cdp', {
        method: 'Input.dispatchMouseEvent',
        params: { type: 'mouseReleased', clickCount, ...client },
      } as never);
    }
    equal(field.value.slice(field.selectionStart!, field.selectionEnd!).trim(), 'hello');
    equal(
      view.ofTag('pointer').filter((event) => event.phase === 'down'),
      [],
    );
    equal(getComputedStyle(field).opacity, '1');
  });

  it('a selection dragged out of a field and let go outside leaves the pointer free', async () => {
    view = await open(
      { widgets: () => [textbox('t', 'Words', rect(10, 10, 200, 30), 'hello')] },
      'width: 300px',
    );
    await sendMouse({ type: 'move', position: [60, 25] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [600, 500] });
    await sendMouse({ type: 'up' });
    const told = view.ofTag('pointer').length;
    await sendMouse({ type: 'move', position: [250, 100] });
    await settled();
    isTrue(view.ofTag('pointer').length > told, 'the next move is told');
  });

  it('a press on nothing takes the focus off a control and keeps it in the view', async () => {
    const { form } = counter();
    view = await open(form);
    view.at('Add 0').focus();
    await sendMouse({ type: 'click', position: [300, 200] });
    equal(view.shadow.activeElement, view.shadow.firstElementChild);
    equal(view.ofTag('focus').at(-1)?.id, null);
  });

  it('a press on a thing in a region focuses the region', async () => {
    const box = button('image/b', 'Box', rect(40, 40, 30, 30));
    view = await open({
      widgets: () => [
        {
          id: 'image',
          role: 'group',
          name: 'Photo',
          rect: rect(10, 10, 200, 200),
          focusable: true,
          touchAction: 'none',
          children: [box],
        },
      ],
    });
    await sendMouse({ type: 'click', position: [55, 55] });
    equal(view.shadow.activeElement, view.at('Photo'));
    equal(getComputedStyle(view.at('Photo')).touchAction, 'none');
  });

  it('a press on a drawn checkbox leaves the native one as the ui says', async () => {
    const state = { checked: false };
    view = await open({
      onEvent: (event) => {
        if (presses(event, 'c', place)) state.checked = !state.checked;
        return undefined;
      },
      widgets: () => [
        { id: 'c', role: 'checkbox', name: 'Flag', rect: place, focusable: true, checked: state.checked },
      ],
    });
    const box = view.at<HTMLInputElement>('Flag');
    await sendMouse({ type: 'click', position: middle(box) });
    equal([state.checked, box.checked], [true, true], 'mouse');
    box.click();
    equal([state.checked, box.checked], [false, false], 'synthetic click');
    await sendKeys({ press: 'Space' });
    equal([state.checked, box.checked], [true, true], 'Space');
  });
});
