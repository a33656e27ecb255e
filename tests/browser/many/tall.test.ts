import { Innotater, RepeatInnotation, TextInnotation } from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';

const rows = 150;

describe('a view of some 9,000 px among six', () => {
  it('that sleeps is whole on paper, and nothing is left of it after', async () => {
    const scroller = document.body.appendChild(document.createElement('div'));
    scroller.style.cssText = 'height: 400px; overflow: auto';
    const texts = Array.from({ length: rows }, (_, i) => `text ${i}`);
    const form = new RepeatInnotation([TextInnotation, [texts], { name: 'text', multiline: false }], {
      maxRepeats: rows,
    });
    const small = () => new TextInnotation(['short'], { name: 'text', multiline: false });
    const views = [
      new Innotater(null, form),
      ...Array.from({ length: 5 }, () => new Innotater(null, small())),
    ];
    const hosts = views.map((view) => {
      const host = scroller.appendChild(document.createElement('div'));
      view.mount(host);
      return host;
    });
    const [tall, host] = [views[0]!, hosts[0]!];
    await waitFor(() => tall.stats.frames > 0 && host.offsetHeight > 5000, 'the tall view');
    const height = host.offsetHeight;
    hosts[1]!.style.marginTop = '5000px';
    scroller.scrollTop = height + 5000;
    await waitFor(() => tall.stats.contexts === 0, 'it to sleep');
    equal(host.offsetHeight, height, 'its height while it sleeps');
    dispatchEvent(new Event('beforeprint'));
    const canvas = host.querySelector('canvas')!;
    equal(canvas.height, Math.round(height * devicePixelRatio), 'rows on paper');
    const { data } = canvas.getContext('2d')!.getImageData(0, canvas.height - 300, canvas.width, 300);
    isTrue(new Set(new Uint32Array(data.buffer)).size > 5, 'its last rows are drawn');
    dispatchEvent(new Event('afterprint'));
    equal(host.querySelector('canvas'), null, 'after it');
    for (const view of views) view.dispose();
    scroller.remove();
  });
});
