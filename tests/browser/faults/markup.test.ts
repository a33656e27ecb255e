import { sendMouse } from '@web/test-runner-commands';
import { Gallery } from '../../../src/gallery/index.js';
import {
  BoundingBoxInnotation,
  ImageInnotation,
  MultiClassInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, waitFor } from '../expect.js';
import { all, clear, click, messages, nameOf, one, rootOf, show } from '../innotater/support.js';

const page = globalThis as { pwned?: string };
const evil = (where: string) =>
  `<script>pwned='${where}'</script><img src=x onerror="globalThis.pwned='${where}'"><b>${where}</b>`;
const picture = () => ({ data: new Uint8Array(60 * 80).fill(90), shape: [60, 80] });

const harmless = async (host: HTMLElement) => {
  await new Promise((done) => setTimeout(done, 50));
  equal(rootOf(host).querySelectorAll('img, b, script').length, 0, 'elements made of markup');
  equal(page.pwned, undefined);
};

describe('markup', () => {
  afterEach(clear);

  it('markup in tooltips, notices, failed files and what is spoken is text', async () => {
    const long = evil('two').repeat(3);
    const source = { length: 2, get: () => Promise.reject(new Error(evil('source'))) };
    const mounted = await show(
      [
        new ImageInnotation([new File([evil('bytes')], evil('file')), picture()], { desc: evil('image') }),
        new TextInnotation(source, { desc: evil('words') }),
      ],
      [
        new BoundingBoxInnotation(
          [
            [0, 0, 0, 0],
            [1, 2, 30, 20],
          ],
          { desc: evil('box') },
        ),
        new MultiClassInnotation([0, 1], { desc: evil('list'), classes: [evil('one'), long] }),
      ],
      { saveHook: () => Promise.reject(new Error(evil('hook'))) },
    );
    const { host, view } = mounted;
    equal(all(host, 'button', `Retry ${evil('image')}`).length, 1);
    const errors: string[] = [];
    view.addEventListener('error', ({ detail }) => errors.push(detail.error.message));
    const shown = () => messages(host, 'alert').join('\n');
    view.index = 1;
    await waitFor(() => shown().includes(evil('source')), 'the message of a source');
    const cut = one(host, 'option', long);
    await view.ready;
    cut.scrollIntoView({ block: 'center' });
    const { x, y } = cut.getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(x) + 20, Math.round(y) + 8] });
    const tip = await waitFor(() => all(host, 'tooltip')[0], 'the tooltip of a name that is cut');
    equal(tip!.textContent, long);
    await harmless(host);
    await click(one(host, 'option', evil('one')), mounted);
    await click(one(host, 'button', 'Save'), mounted);
    await waitFor(() => shown().includes(evil('hook')), 'the message of the hook');
    equal(
      errors.some((message) => message.includes(evil('hook'))),
      true,
    );
    await harmless(host);
  });

  it('markup in captions, labels and failures of a gallery is text', async () => {
    const host = document.body.appendChild(document.createElement('div'));
    host.style.width = '600px';
    const gallery = new Gallery(
      new ImageInnotation([picture(), new Blob([evil('bytes')])], { desc: evil('image') }),
      [
        new TextInnotation([evil('caption'), ''], { desc: evil('words') }),
        new MultiClassInnotation([0, 0], { desc: evil('kind'), classes: [evil('class')] }),
      ],
      { thumbnailSize: 64, height: 320, label: evil('label') },
    );
    try {
      gallery.mount(host);
      await waitFor(() => messages(host, 'alert').length > 0, 'a failure is told');
      const list = one(host, 'listbox', evil('label'));
      const names = all(host, 'option').map(nameOf);
      equal(
        [list !== null, names.length, names.every((name) => name.includes(evil('class')))],
        [true, 2, true],
      );
      gallery.filter = () => {
        throw new Error(evil('filter'));
      };
      await waitFor(
        () => messages(host, 'alert').join().includes(evil('filter')),
        'the message of the filter',
      );
      await harmless(host);
    } finally {
      gallery.dispose();
      host.remove();
    }
  });
});
