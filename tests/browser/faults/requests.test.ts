import { ImageInnotation, TextInnotation } from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { all, clear, click, messages, one, show } from '../innotater/support.js';
import { otherOrigin } from '../sources/fixtures.js';

/** Paths of a key of their own, so that the server has not been asked for them yet. */
const served = (mode: string, count: number) => `/served/${mode}-${count}-${Math.random()}/images/smooth.png`;
const good = '/tests/fixtures/images/smooth.png';
const imageOf = (host: HTMLElement) => one(host, 'group', 'Photo');

describe('requests', () => {
  afterEach(clear);

  it('an image whose server fails once over HTTP says so; Retry shows it', async () => {
    // The runner's own server keeps the answers that it gave.
    const origin = `${await otherOrigin()}/open`;
    const image = new ImageInnotation([origin + served('failing', 1), good], { desc: 'Photo' });
    const mounted = await show(image, new TextInnotation(['', '']));
    isTrue(
      /the server answered 503/.test(messages(mounted.host, 'alert')[0]!),
      'the alert says which status',
    );
    await click(one(mounted.host, 'button', 'Retry Photo'), mounted);
    await waitFor(() => all(mounted.host, 'button', 'Retry Photo').length === 0, 'Retry goes');
    await mounted.view.ready;
    equal([imageOf(mounted.host).ariaBusy, messages(mounted.host, 'alert')], [null, []]);
    isTrue(mounted.view.stats.decodedBytes > 0, 'it is shown');
  });

  it('a server that never answers holds up nothing else, is told after a while, and can be asked again', async () => {
    const hanging = Array.from({ length: 8 }, () => served('hanging', 1));
    const image = new ImageInnotation([good, ...hanging, good], { desc: 'Photo', timeout: 700 });
    const mounted = await show(image, new TextInnotation(new Array<string>(10).fill('')), { prefetch: 0 });
    const { view, host } = mounted;
    // More than a browser asks one server at once: each must be given up as it is left.
    for (let i = 0; i < 8; i++) {
      view.next();
      await waitFor(() => imageOf(host).ariaBusy === 'true', 'it loads');
    }
    view.next();
    await view.ready;
    equal([view.index, imageOf(host).ariaBusy, messages(host, 'alert')], [9, null, []]);
    const untouched = served('hanging', 1);
    const again = await show(new ImageInnotation([untouched], { desc: 'Photo', timeout: 700 }), null);
    isTrue(
      /its server sent nothing for 0\.7 s$/.test(messages(again.host, 'alert')[0]!),
      messages(again.host, 'alert')[0]!,
    );
    await click(one(again.host, 'button', 'Retry Photo'), again);
    await waitFor(() => all(again.host, 'button', 'Retry Photo').length === 0, 'Retry goes');
    await again.view.ready;
    equal([messages(again.host, 'alert'), again.view.stats.decodedBytes > 0], [[], true]);
  });
});
