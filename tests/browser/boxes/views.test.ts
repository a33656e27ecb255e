import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { BoundingBoxInnotation, GroupedInnotation, ImageInnotation } from 'innotater';
import { equal, isTrue, near, waitFor } from '../expect.js';
import { clear, one, press, show } from '../innotater/support.js';
import {
  at,
  clickOn,
  colours,
  dragOn,
  imageSize,
  pictures,
  protocol,
  showBoxes,
  wheelOn,
} from './support.js';

/** Columns of alternating black and white, 1 px wide: any blur shows. */
const stripes = () => ({
  data: Uint8Array.from({ length: 60_000 }, (_, i) => ((i % 300) % 2 ? 255 : 0)),
  shape: [200, 300],
});

const frames = async () => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
};

describe('the view on an image', () => {
  afterEach(clear);

  it('I9: a width makes a large image smaller, never a small one larger', async () => {
    const box = () =>
      new BoundingBoxInnotation([
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]);
    const small = await showBoxes(box(), { image: { width: 150 } });
    near(small.image.getBoundingClientRect().width, 150, 1, 'width');
    near(small.image.getBoundingClientRect().height, 100, 1, 'height');
    const large = await showBoxes(box(), { image: { height: 400 } });
    near(large.image.getBoundingClientRect().height, imageSize.height, 1, 'height');
  });

  it('I10: boxes are in pixels of the original image, whatever size it is shown at', async () => {
    const boxes = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes), { image: { width: 150 } });
    await dragOn(shown, [10, 20], [60, 70]);
    equal(boxes[0], [20, 40, 100, 100]);
  });

  it('I11: what is drawn lies exactly under the pointer', async () => {
    const boxes = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes), {
      image: { annotationStyles: { selected_color1: 'lime', selected_color2: 'lime', opacity: 1 } },
    });
    await dragOn(shown, [20, 30], [120, 90]);
    const colour = await colours(shown);
    const green = [18, 19, 20, 21, 22].filter((x) => colour(x, 45)[1] === 255 && colour(x, 45)[0] === 0);
    isTrue(green.length === 1 && Math.abs(green[0]! - 20) <= 1, `left edge at ${green}`);
  });

  it('I13: several images, each with its own boxes or none, also in groups', async () => {
    const [left, right] = [[[0, 0, 0, 0]], [[0, 0, 0, 0]]];
    const [picture] = pictures(1);
    const mounted = await show(
      new GroupedInnotation(
        new ImageInnotation([picture!], { name: 'left', width: 150 }),
        new ImageInnotation([picture!], { name: 'right', width: 150 }),
        new ImageInnotation([picture!], { name: 'bare', width: 100 }),
      ),
      [
        new BoundingBoxInnotation(left, { source: 'left' }),
        new BoundingBoxInnotation(right, { source: 'right' }),
      ],
    );
    const on = (name: string) => ({ ...mounted, image: one(mounted.host, 'group', name) });
    await dragOn(on('right'), [10, 10], [60, 60]);
    await dragOn(on('bare'), [10, 10], [60, 60]);
    equal([left, right], [[[0, 0, 0, 0]], [[20, 20, 100, 100]]]);
  });

  it('the wheel zooms at the pointer once the image has focus; pixels stay crisp; 0 fits', async () => {
    const boxes = [[0, 0, 0, 0]];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes), {
      images: [stripes()],
      image: { pixelGrid: false },
    });
    await clickOn(shown, 100, 100);
    for (let i = 0; i < 30; i++) await wheelOn(shown, 101, 100, -400);
    await shown.view.ready;
    await dragOn(shown, [101 - 60, 100 - 60], [101 + 66, 100 + 66]);
    isTrue(
      boxes[0]![2]! <= 4 && boxes[0]![0]! <= 101 && boxes[0]![0]! + boxes[0]![2]! >= 101,
      `around the pointer: ${boxes[0]}`,
    );
    shown.view.undo();
    await frames();
    const colour = await colours(shown);
    const greys = Array.from({ length: 250 }, (_, x) => colour(20 + x, 30)[0]!);
    isTrue(
      greys.every((grey) => grey === 0 || grey === 255),
      'no grey between black and white columns',
    );
    await press('0', shown);
    await dragOn(shown, [20, 30], [60, 60]);
    equal(boxes[0], [20, 30, 40, 30], 'after 0');
  });

  it('without focus the wheel is left to the page; with Ctrl it zooms', async () => {
    const spacer = document.body.appendChild(document.createElement('div'));
    const boxes = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    spacer.style.height = '3000px';
    document.body.append(spacer);
    (document.activeElement as HTMLElement | null)?.blur();
    const before = scrollY;
    await wheelOn(shown, 100, 100, 120);
    await waitFor(() => scrollY > before, 'the page scrolls');
    scrollTo(0, 0);
    await frames();
    for (let i = 0; i < 10; i++) await wheelOn(shown, 100, 100, -200, true);
    await frames();
    equal(scrollY, 0, 'the page stays');
    await dragOn(shown, [40, 40], [160, 160]);
    isTrue(boxes[0]![2]! < 100, `zoomed: ${boxes[0]}`);
    spacer.remove();
  });

  it('Space and a drag pan, as does the middle button; a double click fits', async () => {
    const boxes = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    await clickOn(shown, 0, 0);
    for (let i = 0; i < 3; i++) await press('+', shown);
    const scale = 1.5 ** 3;
    const leftAtRest = 150 - 150 / scale;
    await sendKeys({ down: 'Space' });
    await dragOn(shown, [200, 100], [200 + 10 * scale, 100]);
    await sendKeys({ up: 'Space' });
    equal(boxes[0], [0, 0, 0, 0], 'nothing drawn');
    await dragOn(shown, [0, 100], [40, 120]);
    near(boxes[0]![0]!, leftAtRest - 10, 1.5, 'left edge after Space and drag');
    await sendMouse({ type: 'move', position: at(shown, 250, 150) });
    await sendMouse({ type: 'down', button: 'middle' });
    await sendMouse({ type: 'move', position: at(shown, Math.round(250 + 10 * scale), 150) });
    await sendMouse({ type: 'up', button: 'middle' });
    await dragOn(shown, [0, 180], [40, 195]);
    near(boxes[0]![0]!, leftAtRest - 20, 2, 'left edge after the middle button');
    const [x, y] = at(shown, 280, 20);
    for (const clickCount of [1, 2]) {
      await protocol('Input.dispatchMouseEvent', { type: 'mousePressed', x, y, button: 'left', clickCount });
      await protocol('Input.dispatchMouseEvent', { type: 'mouseReleased', x, y, button: 'left', clickCount });
    }
    await shown.view.ready;
    await dragOn(shown, [20, 130], [60, 160]);
    equal(boxes[0], [20, 130, 40, 30], 'after a double click');
  });

  it('a finger takes a handle from 18 px away, a mouse draws from there', async () => {
    const boxes = [
      [100, 60, 80, 60],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    const touch = (type: string, ...places: (readonly [number, number])[]) =>
      protocol('Input.dispatchTouchEvent', {
        type,
        touchPoints: places.map(([x, y]) => ({ x: at(shown, x, y)[0], y: at(shown, x, y)[1] })),
      });
    await touch('touchStart', [193, 133]);
    await touch('touchMove', [203, 143]);
    await touch('touchMove', [213, 153]);
    await touch('touchEnd');
    await frames();
    equal(boxes[0], [100, 60, 100, 80], 'its corner by as much as the finger moved');
    await dragOn(shown, [213, 153], [233, 173]);
    equal(boxes[0], [213, 153, 20, 20], 'a new one');
  });

  it('two fingers zoom and pan, one finger draws', async () => {
    const boxes = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    const touch = (type: string, ...points: (readonly [number, number])[]) =>
      protocol('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([px, py], id) => ({ x: at(shown, px, py)[0], y: at(shown, px, py)[1], id })),
      });
    await touch('touchStart', [20, 30]);
    await touch('touchMove', [40, 50]);
    await touch('touchMove', [60, 60]);
    await touch('touchEnd');
    equal(boxes[0], [20, 30, 40, 30], 'one finger');
    await touch('touchStart', [120, 100]);
    await touch('touchStart', [120, 100], [180, 100]);
    await touch('touchMove', [90, 100], [210, 100]);
    await touch('touchEnd');
    await frames();
    equal(boxes[0], [20, 30, 40, 30], 'two fingers write nothing');
    await dragOn(shown, [150, 20], [250, 60]);
    near(boxes[0]![2]!, 50, 1, 'zoomed twofold');
  });

  it('C15: an entry that was replaced in the array is shown; another sample is never read again', async () => {
    const images = pictures(2);
    const shown = await showBoxes(
      new BoundingBoxInnotation([
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
      { images },
    );
    equal((await colours(shown))(150, 100), [90, 90, 90]);
    images[0] = { data: new Uint8Array(60_000).fill(33), shape: [200, 300] };
    shown.view.refresh();
    await shown.view.ready;
    equal((await colours(shown))(150, 100), [33, 33, 33]);
  });

  it('a lost context comes back with image and boxes', async () => {
    const shown = await showBoxes(
      new BoundingBoxInnotation([
        [20, 30, 100, 60],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
    );
    const before = await (await shown.view.snapshot()).arrayBuffer();
    const context = shown.view.canvas!.getContext('webgl2')!;
    const lose = context.getExtension('WEBGL_lose_context')!;
    lose.loseContext();
    await frames();
    lose.restoreContext();
    await waitFor(() => !context.isContextLost(), 'the context is back');
    await frames();
    await shown.view.ready;
    const after = await (await shown.view.snapshot()).arrayBuffer();
    equal([...new Uint8Array(after)], [...new Uint8Array(before)], 'the same picture');
  });
});

describe('the loupe', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('shows the pixels under the pointer at twice their size while drawing on an image shown smaller, and goes after it', async () => {
    // 1,600 × 1,200, black but for one white square of 10 × 10 pixels; shown at a quarter.
    const data = new Uint8Array(1600 * 1200);
    for (let y = 600; y < 610; y++) data.fill(255, y * 1600 + 800, y * 1600 + 810);
    const boxes = [[0, 0, 0, 0]];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes), {
      images: [{ data, shape: [1200, 1600] }],
      image: { width: 400, annotationStyles: { opacity: 0 } },
    });
    await sendMouse({ type: 'move', position: at(shown, 100, 100) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: at(shown, 150, 130) });
    await sendMouse({ type: 'move', position: at(shown, 201, 151) });
    await shown.view.ready;
    const bright = async () => {
      const colour = await colours(shown);
      // The loupe lies in the upper left corner, 10 px inside, its middle at 80, 80: the pointer is at pixel 804, 604.
      return [74, 90].map((offset) => colour(offset, offset)[0]! > 200);
    };
    await waitFor(
      async () => (await bright()).every((lit, i) => lit === (i === 0 || i === 1)),
      'the square around the middle',
    );
    equal((await colours(shown))(40, 120)[0], 0, 'black elsewhere in the loupe');
    await sendMouse({ type: 'up' });
    await frames();
    equal(await bright(), [false, false], 'gone after the drag');
    equal(boxes[0], [400, 400, 404, 204]);
  });
});

describe('images that cannot be shown', () => {
  afterEach(clear);

  it('a text file named .png and an empty file say so; the other samples go on working', async () => {
    const good = await new Promise<Blob>((resolve) => {
      const canvas = document.createElement('canvas');
      canvas.width = 300;
      canvas.height = 200;
      canvas.toBlob((blob) => resolve(blob!));
    });
    const images = [
      new File(['only text'], 'notes.png', { type: 'image/png' }),
      good,
      new File([], 'empty.jpg', { type: 'image/jpeg' }),
    ];
    const boxes = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const errors: string[] = [];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes), { images });
    shown.view.addEventListener('error', (event) => errors.push((event as CustomEvent).detail.error.message));
    shown.view.next();
    await shown.view.ready;
    await dragOn(shown, [20, 30], [60, 60]);
    equal(boxes[1], [20, 30, 40, 30], 'the good sample');
    shown.view.next();
    await shown.view.ready;
    isTrue(
      errors.some((message) => message.includes('empty.jpg')),
      `the empty file is named: ${errors}`,
    );
    shown.view.index = 0;
    await shown.view.ready;
    isTrue(
      errors.some((message) => message.includes('notes.png')),
      `the text file is named: ${errors}`,
    );
    one(shown.host, 'button', 'Retry image');
  });
});
