import { ImageInnotation, MultiClassInnotation, TextInnotation } from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { all, clear, click, flatImage, messages, one, press, show } from './support.js';

const samples = 10_000_000;

/** A source that notes what it is asked for; `fails` says which of its answers fail. */
const noted = <T>(
  entry: (uindex: number) => T,
  fails: (uindex: number, times: number) => boolean = () => false,
) => {
  const asked: number[] = [];
  return {
    asked,
    length: samples,
    get: async (uindex: number, { signal }: { readonly signal: AbortSignal }): Promise<T> => {
      asked.push(uindex);
      await new Promise((resolve) => setTimeout(resolve, 5));
      signal.throwIfAborted();
      const times = asked.filter((other) => other === uindex).length;
      if (fails(uindex, times)) throw new Error(`no answer for ${uindex}`);
      return entry(uindex);
    },
  };
};
const textOf = (host: HTMLElement, name = 'Story') => one<HTMLTextAreaElement>(host, 'textbox', name).value;

describe('columns of ten million samples that are fetched', () => {
  afterEach(clear);

  it('are opened, stepped through and read ahead the way one goes; what was fetched is kept', async () => {
    const texts = noted((uindex) => `text ${uindex}`);
    const shown = await show(new TextInnotation(texts, { name: 'story', desc: 'Story' }), null);
    const { view, host } = shown;
    equal(view.length, samples);
    equal(textOf(host), 'text 0');
    equal(texts.asked, [0, 1, 2]);
    view.index = 5_000_000;
    await view.ready;
    equal(texts.asked.slice(3), [5_000_000, 5_000_001, 4_999_999, 5_000_002]);
    texts.asked.length = 0;
    for (let i = 0; i < 3; i++) {
      view.previous();
      await view.ready;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
    equal(textOf(host), 'text 4999997');
    // Backwards it reads backwards, and nothing twice.
    equal([...texts.asked].sort(), [4_999_995, 4_999_996, 4_999_997, 4_999_998]);
    view.index = samples - 1;
    await view.ready;
    equal(textOf(host), `text ${samples - 1}`);
  });

  it('show them in the order of a typed array without reading it through', async () => {
    const rows = new Int32Array(samples);
    rows[0] = 7;
    rows[1] = 3;
    rows[2] = -1;
    const texts = noted((uindex) => `text ${uindex}`);
    const shown = await show(new TextInnotation(texts, { name: 'story', desc: 'Story' }), null, {
      indexes: rows,
    });
    equal([shown.view.uindex, textOf(shown.host)], [7, 'text 7']);
    one(shown.host, 'button', 'Next >').focus();
    await press('n', shown);
    equal(textOf(shown.host), 'text 3');
    const errors: string[] = [];
    shown.view.addEventListener('error', ({ detail }) => errors.push(detail.error.message));
    await press('n', shown);
    equal([shown.view.index, errors.length], [1, 1]);
    isTrue(messages(shown.host, 'alert')[0]!.startsWith('indexes[2] is -1'), 'the alert names the position');
  });

  it('a text or an image that fails says so, beside a way to try again', async () => {
    const texts = noted(
      (uindex) => `text ${uindex}`,
      (uindex, times) => uindex === 0 && times === 1,
    );
    const images = noted(
      () => flatImage(40, 30, 90),
      (uindex, times) => uindex === 0 && times === 1,
    );
    const shown = await show(new ImageInnotation(images, { name: 'image', desc: 'Photo' }), [
      new TextInnotation(texts, { name: 'story', desc: 'Story' }),
    ]);
    const { host } = shown;
    isTrue(messages(host, 'alert')[0]!.includes('no answer for 0'), 'the alert says why');
    equal(textOf(host), '');
    await click(one(host, 'button', 'Retry Story'), shown);
    equal(textOf(host), 'text 0');
    await click(one(host, 'button', 'Retry Photo'), shown);
    equal([all(host, 'button', 'Retry Photo').length, all(host, 'button', 'Retry Story').length], [0, 0]);
    equal(images.asked.filter((uindex) => uindex === 0).length, 2);
  });

  it('an image that was fetched is not fetched again when it comes back', async () => {
    const images = noted((uindex) => flatImage(40, 30, 60 + (uindex % 100)));
    const shown = await show(new ImageInnotation(images, { name: 'image' }), null, { prefetch: 1 });
    one(shown.host, 'button', 'Next >').focus();
    for (const key of ['n', 'n', 'n', 'n', 'p', 'p', 'p', 'p']) await press(key, shown);
    equal(shown.view.index, 0);
    for (const uindex of [0, 1, 2, 3]) equal(images.asked.filter((other) => other === uindex).length, 1);
  });

  it('a search for a sample without an annotation leaves the page alive', async () => {
    const classes = new Uint8Array(2_000_000).fill(1);
    const shown = await show(null, new MultiClassInnotation(classes, { name: 'kind', classes: ['a', 'b'] }));
    one(shown.host, 'button', 'Next >').focus();
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    await press('u', shown);
    await waitFor(
      () => messages(shown.host, 'status').includes('Every other sample is annotated.'),
      'the end of the search',
      20_000,
    );
    clearInterval(ticking);
    isTrue(ticks > 5, `other tasks ran meanwhile: ${ticks}`);
  });
});
