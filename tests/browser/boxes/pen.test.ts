import { BoundingBoxInnotation } from 'innotater';
import { equal } from '../expect.js';
import { clear, one } from '../innotater/support.js';
import { at, field, protocol, type Shown, showBoxes } from './support.js';

type Place = readonly [number, number];

/** A pen on the picture, as trusted input. */
const penOf = (shown: Shown) => {
  const send = (type: string, buttons: 0 | 1) => async (place: Place) => {
    const [x, y] = at(shown, ...place);
    const button = type === 'mouseMoved' && buttons === 0 ? 'none' : 'left';
    await protocol('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button,
      buttons,
      clickCount: 1,
      pointerType: 'pen',
    });
  };
  return {
    hover: send('mouseMoved', 0),
    down: send('mousePressed', 1),
    move: send('mouseMoved', 1),
    up: send('mouseReleased', 0),
  };
};

/** Everything that touches the picture now; those no longer named are lifted. */
const touchesOf =
  (shown: Shown) =>
  async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...places: Place[]) => {
    const touchPoints = places.map((place, id) => ({
      x: at(shown, ...place)[0],
      y: at(shown, ...place)[1],
      id,
      radiusX: 20,
      radiusY: 20,
    }));
    await protocol('Input.dispatchTouchEvent', { type, touchPoints });
  };

/** A picture with one box; `kinds` are the pointers that were seen, `values` what was written. */
const showOne = async () => {
  const boxes = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  const shown = await showBoxes(new BoundingBoxInnotation(boxes, { desc: 'Box' }));
  const values: unknown[] = [];
  shown.view.addEventListener('change', (event) => values.push((event as CustomEvent).detail.value));
  const kinds = new Set<string>();
  shown.host.addEventListener('pointerdown', (event) => kinds.add(event.pointerType));
  return { shown, values, kinds, pen: penOf(shown), touches: touchesOf(shown) };
};

const settle = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));

describe('a pen draws', () => {
  afterEach(clear);

  it('B1: alone', async () => {
    const { shown, values, kinds, pen } = await showOne();
    await pen.hover([20, 30]);
    await pen.down([20, 30]);
    await pen.move([60, 60]);
    await pen.move([100, 90]);
    await pen.up([100, 90]);
    await shown.view.ready;
    equal([[...kinds], values], [['pen'], [[20, 30, 80, 60]]]);
  });

  it('while a palm rests that came before it, and rolls: the palm draws nothing, moves nothing, selects nothing', async () => {
    const { shown, values, kinds, pen, touches } = await showOne();
    await touches('touchStart', [220, 150]);
    await touches('touchMove', [240, 170]);
    await pen.down([20, 30]);
    await pen.move([60, 60]);
    await touches('touchMove', [250, 180]);
    await pen.move([100, 90]);
    await touches('touchMove', [200, 120]);
    await pen.up([100, 90]);
    await touches('touchMove', [180, 100]);
    await touches('touchEnd');
    await settle();
    equal([[...kinds], values], [['touch', 'pen'], [[20, 30, 80, 60]]]);
    equal(field(shown, 'Box').value, '20, 30, 80, 60');
    // Nothing of it is left: the picture stands where it stood, and the next stroke is drawn.
    await pen.down([110, 30]);
    await pen.move([150, 60]);
    await pen.up([150, 60]);
    await settle();
    equal(values.at(-1), [110, 30, 40, 30]);
  });

  it('while a palm and a finger come and go: no pinch, and the stroke goes on', async () => {
    const { shown, values, pen, touches } = await showOne();
    await pen.down([20, 30]);
    await pen.move([60, 60]);
    await touches('touchStart', [220, 150]);
    await touches('touchStart', [220, 150], [260, 150]);
    await touches('touchMove', [200, 150], [290, 150]);
    await pen.move([80, 80]);
    await touches('touchEnd');
    await pen.move([100, 90]);
    await pen.up([100, 90]);
    await settle();
    equal(values, [[20, 30, 80, 60]]);
    await pen.down([110, 30]);
    await pen.move([150, 60]);
    await pen.up([150, 60]);
    await settle();
    equal(values.at(-1), [110, 30, 40, 30], 'not zoomed');
    await touches('touchStart', [10, 100]);
    await touches('touchMove', [40, 120]);
    await touches('touchMove', [60, 140]);
    await touches('touchEnd');
    await settle();
    equal(values.at(-1), [10, 100, 50, 40], 'a finger alone draws again');
    equal(shown.view.index, 0);
  });

  it('while a palm lies on Next: it is not pressed', async () => {
    const { shown, values, pen } = await showOne();
    const next = one(shown.host, 'button', 'Next >').getBoundingClientRect();
    const touchPoints = [{ x: next.x + next.width / 2, y: next.y + next.height / 2, id: 0 }];
    await pen.down([20, 30]);
    await pen.move([60, 60]);
    await protocol('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await protocol('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await pen.move([100, 90]);
    await pen.up([100, 90]);
    await settle();
    equal([shown.view.index, values], [0, [[20, 30, 80, 60]]]);
    await protocol('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await protocol('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await settle();
    equal(shown.view.index, 1, 'a finger alone presses it');
  });
});
