import { executeServerCommand, setViewport } from '@web/test-runner-commands';
import { rect } from '../../../src/geometry/index.js';
import { equal, isTrue, near, waitFor } from '../expect.js';
import { button, cdp, open, settled, used, type View } from './kit.js';

let view: View;
afterEach(() => view.close());

const ratio = async (deviceScaleFactor: number): Promise<void> => {
  await cdp('Emulation.setDeviceMetricsOverride', {
    width: 800,
    height: 600,
    deviceScaleFactor,
    mobile: false,
  });
};

const one = () => [button('a', 'a', rect(10, 10, 40, 30))];

describe('frames', () => {
  it('draws no frame while nothing changes, and none for a picture equal to the last', async () => {
    view = await open({ widgets: one });
    equal(view.shell.stats.frames, 1);
    const { length } = view.inputs;
    for (let i = 0; i < 5; i++) await settled();
    equal([view.shell.stats.frames, view.inputs.length], [1, length]);
    view.shell.invalidate('nothing');
    await view.shell.whenDrawn();
    equal([view.shell.stats.frames, view.inputs.length], [1, length + 1]);
  });

  it('many wishes make one frame, whose reason can be read', async () => {
    const state = { x: 10 };
    view = await open({ widgets: () => [button('a', 'a', rect(state.x, 10, 40, 30))] });
    const { length } = view.inputs;
    state.x = 20;
    for (let i = 0; i < 10; i++) view.shell.invalidate(`wish ${i}`);
    await view.shell.whenDrawn();
    equal(
      [view.shell.stats.frames, view.inputs.length, view.shell.stats.lastReason],
      [2, length + 1, 'wish 9'],
    );
  });

  it('an animation runs frame by frame and stops by itself', async () => {
    const state = { x: 10, until: 10 };
    view = await open({
      onEvent: (event) => {
        if (event.tag === 'activate') state.until = 13;
        return undefined;
      },
      requests: () => {
        if (state.x >= state.until) return [];
        state.x += 1;
        return [{ tag: 'repaint', afterMs: 0, reason: 'moving' }];
      },
      widgets: () => [button('a', 'a', rect(state.x, 10, 40, 30))],
    });
    await used(view);
    const { length } = view.inputs;
    view.at('a').click();
    equal(view.inputs.length, length + 1, 'one at once');
    for (let i = 0; i < 5; i++) await settled();
    equal([state.x, view.inputs.length], [13, length + 4]);
  });

  it('an animation that nobody sees stands still until it is seen', async () => {
    view = await open(
      { requests: () => [{ tag: 'repaint', afterMs: 0, reason: 'for ever' }], widgets: one },
      'width: 400px; position: absolute; top: 5000px',
    );
    await waitFor(async () => {
      const { length } = view.inputs;
      await settled();
      return view.inputs.length === length;
    }, 'a stop off screen');
    const { length } = view.inputs;
    view.host.style.top = '0';
    await waitFor(() => view.inputs.length > length + 3, 'frames on screen');
  });

  it('a repaint asked for later comes later', async () => {
    view = await open({
      onEvent: (event) =>
        event.tag === 'activate' ? [{ tag: 'repaint', afterMs: 60, reason: 'blink' }] : [],
      widgets: one,
    });
    await used(view);
    const startMs = performance.now();
    view.at('a').click();
    const { length } = view.inputs;
    await waitFor(() => view.inputs.length > length, 'the later frame');
    const tookMs = performance.now() - startMs;
    isTrue(tookMs >= 59, `after ${tookMs} ms, by ${view.shell.stats.lastReason}`);
  });

  it('off screen nothing is drawn but the mirror stays right, and coming back draws', async () => {
    const state = { name: 'a' };
    view = await open(
      { widgets: () => [button('a', state.name, rect(10 + state.name.length, 10, 40, 30))] },
      'width: 400px; position: absolute; top: 5000px',
    );
    await waitFor(() => {
      view.shell.invalidate('try');
      return true;
    }, 'a frame');
    await settled();
    const { frames } = view.shell.stats;
    state.name = 'longer';
    view.shell.invalidate('name');
    await view.shell.whenDrawn();
    equal([view.shell.stats.frames, view.at('longer').tagName], [frames, 'BUTTON']);
    view.host.style.top = '0';
    await waitFor(() => view.shell.stats.frames > frames, 'a draw on screen');
  });

  it('the context lost and restored: the caller is told and everything is drawn again', async () => {
    view = await open({ widgets: one });
    const lose = view.shell.canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    lose.loseContext();
    await waitFor(() => view.contexts.includes('lost'), 'the loss');
    view.shell.invalidate('while lost');
    await settled();
    const { frames } = view.shell.stats;
    equal(frames, 1);
    lose.restoreContext();
    await waitFor(() => view.shell.stats.frames === 2, 'the frame after');
    equal(view.contexts, ['lost', 'restored']);
  });

  it('a font that loads late is drawn with', async () => {
    view = await open({ widgets: one });
    const { length } = view.inputs;
    const { default: url } = await import('@fontsource/inter/files/inter-latin-400-normal.woff2?url');
    const face = new FontFace('Late', `url(${url})`);
    document.fonts.add(face);
    await face.load();
    await waitFor(() => view.inputs.length > length, 'a frame');
    equal([view.shell.stats.lastReason, view.shell.stats.frames], ['fonts', 2]);
    document.fonts.delete(face);
  });

  it('a snapshot holds what is drawn now, also off screen', async () => {
    view = await open({ widgets: one }, 'width: 200px; position: absolute; top: 5000px');
    const bitmap = await createImageBitmap(await view.shell.snapshot());
    equal([bitmap.width, bitmap.height], [view.shell.canvas.width, view.shell.canvas.height]);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const scale = bitmap.width / 200;
    equal([...context.getImageData(20 * scale, 20 * scale, 1, 1).data], [51, 102, 204, 255]);
  });

  it('dispose empties the host, twice is fine, and nothing runs after', async () => {
    view = await open({ widgets: one });
    view.shell.invalidate('pending');
    view.shell.dispose();
    view.shell.dispose();
    const { length } = view.inputs;
    view.shell.invalidate('late');
    view.shell.flush();
    await view.shell.whenDrawn();
    await settled();
    equal([view.host.childElementCount, view.inputs.length], [0, length]);
  });
});

describe('size', () => {
  it('follows the width of the host and takes the height of the content', async () => {
    const errors: string[] = [];
    const onError = (event: ErrorEvent) => errors.push(event.message);
    addEventListener('error', onError);
    view = await open({ widgets: one, contentHeight: ({ width }) => width / 2 }, 'width: 400px');
    equal([view.host.offsetHeight, view.inputs.at(-1)!.height], [200, 200]);
    view.host.style.width = '300px';
    await waitFor(() => view.host.offsetHeight === 150, 'the new height');
    await settled();
    equal([view.inputs.at(-1)!.width, view.inputs.at(-1)!.height], [300, 150]);
    equal(
      [view.shell.canvas.width, view.shell.canvas.height],
      [300 * devicePixelRatio, 150 * devicePixelRatio],
    );
  });

  it('fills a host of a height of its own, and grows past it where the content is higher', async () => {
    view = await open({ widgets: one, contentHeight: 250 }, 'width: 400px; height: 500px');
    equal(view.container.offsetHeight, 500);
    equal(view.inputs.at(-1)!.height, 500);
    view.host.style.height = '100px';
    await waitFor(() => view.container.offsetHeight === 250, 'the height of the content');
  });

  it('sizes of 0 and hidden hosts draw nothing and recover', async () => {
    view = await open({ widgets: one }, 'width: 400px; display: none');
    equal([view.shell.stats.frames, view.inputs.length], [0, 0]);
    view.host.style.display = 'block';
    await waitFor(() => view.shell.stats.frames > 0, 'the first frame');
    equal(view.at('a').tagName, 'BUTTON');
    view.host.style.width = '0';
    await settled();
    view.host.style.width = '350px';
    await waitFor(() => view.inputs.at(-1)!.width === 350, 'the new width');
  });

  it('a height and a scrollbar that chase one another come to rest, and no error is raised', async () => {
    const frame = document.createElement('div');
    frame.style.cssText = 'width: 300px; height: 280px; overflow-y: auto; scrollbar-gutter: auto';
    const errors: string[] = [];
    const onError = (event: ErrorEvent) => errors.push(event.message);
    addEventListener('error', onError);
    document.body.append(frame);
    // A page with a classical scrollbar of 15 px, which this browser hides: the padding stands for it.
    const bar = new ResizeObserver(() => {
      frame.style.paddingRight = frame.scrollHeight > 280 ? '15px' : '0';
    });
    view = await open(
      { widgets: one, contentHeight: ({ width }) => width - 10 },
      'box-sizing: border-box',
      frame,
    );
    bar.observe(view.host);
    for (let i = 0; i < 20; i++) await settled();
    const { length } = view.inputs;
    for (let i = 0; i < 10; i++) await settled();
    equal(view.inputs.length, length, 'frames at rest');
    bar.disconnect();
    removeEventListener('error', onError);
    frame.remove();
    equal(
      errors.filter((message) => !message.includes('undelivered')),
      [],
    );
  });

  it('is sharp when mounted and resized on a screen of 1.5 device px', async () => {
    await ratio(1.5);
    view = await open({ widgets: one }, 'width: 301px');
    equal([view.shell.canvas.width, view.shell.canvas.height], [452, 450]);
    view.host.style.width = '401px';
    await waitFor(() => view.inputs.at(-1)!.width === 401, 'the new width');
    equal(view.shell.canvas.width, 602);
    await ratio(1);
  });

  it('stays sharp at 1.25 and 2 device px a CSS px, changed while running', async () => {
    view = await open({ widgets: one, contentHeight: 101 }, 'width: 333.5px; margin: 3.3px');
    for (const factor of [1.25, 2, 1]) {
      await ratio(factor);
      // An emulated density raises no event; a real one does.
      view.shell.invalidate('density');
      await waitFor(() => view.inputs.at(-1)!.devicePixelRatio === factor, `ratio ${factor}`);
      await settled();
      const box = view.shell.canvas.getBoundingClientRect();
      near(view.shell.canvas.width, box.width * factor, 1, `width at ${factor}`);
      near(view.shell.canvas.height, box.height * factor, 1, `height at ${factor}`);
    }
    await cdp('Emulation.clearDeviceMetricsOverride');
    await setViewport({ width: 800, height: 600 });
  });
});

describe('wheel and touch', () => {
  it('the wheel scrolls the page unless the ui uses it; with Ctrl it is a zoom', async () => {
    const state = { use: false };
    view = await open({
      onEvent: (event) => (event.tag === 'wheel' && state.use ? [{ tag: 'preventDefault' }] : []),
      widgets: one,
    });
    const tall = document.createElement('div');
    tall.style.height = '3000px';
    document.body.append(tall);
    const wheel = (payload: object) =>
      executeServerCommand('wheel', { x: 100, y: 100, deltaY: 50, ...payload } as never);
    await wheel({});
    await waitFor(() => scrollY > 0, 'scrolling');
    scrollTo(0, 0);
    state.use = true;
    await wheel({ deltaX: 7 });
    await wheel({ ctrl: true });
    await settled();
    equal(scrollY, 0);
    const told = view.ofTag('wheel').map(({ deltaX, deltaY, zoom }) => [deltaX, deltaY, zoom]);
    equal(told.slice(-2), [
      [7, 50, false],
      [0, 50, true],
    ]);
    tall.remove();
  });

  it('lines and pages of a wheel are px for the ui', async () => {
    view = await open({ widgets: one, contentHeight: 240 });
    const root = view.shadow.firstElementChild!;
    root.dispatchEvent(new WheelEvent('wheel', { deltaY: 3, deltaMode: 1 }));
    root.dispatchEvent(new WheelEvent('wheel', { deltaY: 1, deltaMode: 2 }));
    equal(
      view.ofTag('wheel').map(({ deltaY }) => deltaY),
      [48, 240],
    );
  });

  it('a finger presses a control and focuses it when lifted; two fingers are two pointers', async () => {
    view = await open({ widgets: one });
    const touch = (type: string, touchPoints: object[]) =>
      cdp('Input.dispatchTouchEvent', { type, touchPoints });
    const { left, top } = view.shell.canvas.getBoundingClientRect();
    const first = { x: left + 30, y: top + 25, id: 0 };
    await touch('touchStart', [first]);
    equal(view.ofTag('focus'), []);
    await touch('touchEnd', []);
    equal(
      view
        .ofTag('pointer')
        .filter(({ phase }) => phase !== 'move' && phase !== 'leave')
        .map(({ phase, pointerType }) => [phase, pointerType]),
      [
        ['down', 'touch'],
        ['up', 'touch'],
      ],
    );
    equal(view.shadow.activeElement, view.at('a'));
    await touch('touchStart', [
      { x: left + 200, y: top + 100, id: 0 },
      { x: left + 250, y: top + 100, id: 1 },
    ]);
    const downs = view
      .ofTag('pointer')
      .filter(({ phase }) => phase === 'down')
      .slice(-2);
    isTrue(downs[0]!.pointerId !== downs[1]!.pointerId, 'two ids');
    await touch('touchEnd', []);
  });
});
