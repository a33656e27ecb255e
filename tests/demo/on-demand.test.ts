import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { address, holdBack, openBuilt, probed } from './built-page.js';

/** A page that is taller than its window, so that keys and wheel could scroll it. */
const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>waiting</title>
<body style="height: 3000px"><div id="here"></div><script type="module">
import { BoundingBoxInnotation, ImageInnotation, Innotater } from '${address}dist/innotater.js';
const boxes = [[0, 0, 0, 0]];
const problems = [];
const view = new Innotater(
  new ImageInnotation([{ data: new Uint8Array(120_000).fill(120), shape: [300, 400] }], { name: 'photo' }),
  new BoundingBoxInnotation(boxes, { name: 'box' }),
);
view.addEventListener('error', ({ detail }) => problems.push(detail.error.code + ': ' + detail.error.message));
view.mount(document.querySelector('#here'));
window.probe = { boxes, problems };
view.ready.then(() => { document.title = 'ready'; });
</script>`;

type Probe = { readonly boxes: readonly (readonly number[])[]; readonly problems: readonly string[] };
const probe = (page: Page) => probed<Probe>(page);

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(() => browser.close());

const open = async (): Promise<{ page: Page; at(x: number, y: number): [number, number] }> => {
  const page = await openBuilt(browser, html);
  const image = (await page.getByRole('group', { name: 'photo' }).boundingBox())!;
  return { page, at: (x, y) => [image.x + x, image.y + y] };
};

const drag = async (page: Page, from: [number, number], to: [number, number]): Promise<void> => {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 3 });
  await page.mouse.up();
};

const editorCode = '**/chunks/image-editor*.js';

describe('the code that edits boxes, loaded when a pointer comes over the image', () => {
  it('what is done before it is there is done when it is, in order, and by nobody else', async () => {
    const { page, at } = await open();
    const { isAsked, release, asked } = await holdBack(page, editorCode);
    await drag(page, at(50, 40), at(150, 100));
    await isAsked;
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.mouse.wheel(0, 200);
    await page.keyboard.press('+');
    expect((await probe(page)).boxes).toEqual([[0, 0, 0, 0]]);
    release();
    await page.waitForFunction(() => (window as unknown as { probe: Probe }).probe.boxes[0]![2] === 100);
    await page.getByText('zoom 150 %').waitFor({ state: 'attached' });
    expect(await probe(page)).toEqual({ boxes: [[60, 41, 100, 60]], problems: [] });
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    expect(asked()).toBe(1);
    // The pointer is free again: a press elsewhere is not the image's.
    await page.getByRole('textbox', { name: 'box' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type('0');
    expect(await page.getByRole('textbox', { name: 'box' }).inputValue()).toBe('60, 41, 100, 600');
    await page.close();
  });

  it('where its server is gone, one message says so, the rest goes on, and the next press tries again', async () => {
    const { page, at } = await open();
    let asked = 0;
    await page.route(editorCode, (route) => {
      asked++;
      return route.abort();
    });
    await page.mouse.move(...at(20, 20));
    const alert = page.getByText('the code that zooms it and edits its boxes could not be loaded');
    await alert.waitFor({ state: 'attached' });
    await page.mouse.move(...at(60, 60), { steps: 10 });
    expect(asked).toBe(1);
    await drag(page, at(50, 40), at(150, 100));
    await expect.poll(() => asked).toBe(2);
    await page.getByRole('textbox', { name: 'box' }).fill('1, 2, 3, 4');
    await expect.poll(async () => (await probe(page)).boxes).toEqual([[1, 2, 3, 4]]);
    const { problems } = await probe(page);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^fetch: photo: /);

    await page.unroute(editorCode);
    await drag(page, at(50, 40), at(150, 100));
    await expect.poll(async () => (await probe(page)).boxes).toEqual([[50, 40, 100, 60]]);
    await alert.waitFor({ state: 'detached' });
    expect((await probe(page)).problems).toHaveLength(1);
    await page.close();
  });
});

/** A page without workers, whose pixels the page itself computes; it is shown when `show` is called. */
const withoutWorkers = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>ready</title>
<div id="here"></div><script type="module">
import { ImageInnotation, Innotater } from '${address}dist/innotater.js';
const warnings = [];
console.warn = (text) => void warnings.push(text);
globalThis.Worker = class { constructor() { throw new Error('workers are not allowed'); } };
const show = async () => {
  const view = new Innotater(new ImageInnotation([{ data: new Uint8Array(48).fill(120), shape: [6, 8] }], { name: 'photo' }));
  view.mount(document.querySelector('#here'));
  await view.ready;
  return { backend: view.stats.backend, warnings };
};
window.probe = { show };
</script>`;

describe('the words of the warning that no worker started, loaded when none does', () => {
  const what =
    /^innotater: the built-in worker did not start \(workers are not allowed\)\. Pixels are computed by the main thread instead\./;
  for (const [title, isGone, end] of [
    ['tell how to fix it', false, /call configure\(\{ workerUrl/],
    ['where they cannot be loaded, what failed is told without them', true, /instead\.$/],
  ] as const) {
    it(title, async () => {
      const page = await openBuilt(browser, withoutWorkers);
      if (isGone) await page.route('**/chunks/start-warning*.js', (route) => route.abort());
      await page.waitForFunction(() => 'probe' in window);
      const shown = await page.evaluate(() =>
        (
          window as unknown as { probe: { show(): Promise<{ backend: string; warnings: string[] }> } }
        ).probe.show(),
      );
      expect(shown.backend).toBe('main');
      expect(shown.warnings).toHaveLength(1);
      expect(shown.warnings[0]).toMatch(what);
      expect(shown.warnings[0]).toMatch(end);
      await page.close();
    });
  }
});

/** A page with an entry that is no image, shown when `show` is called. */
const withoutImage = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>ready</title>
<div id="here"></div><script type="module">
import { ImageInnotation, Innotater } from '${address}dist/innotater.js';
const show = () => new Promise((told) => {
  const view = new Innotater(new ImageInnotation([{ width: 3 }], { name: 'photo' }));
  view.addEventListener('error', ({ detail }) => told(detail.error.code + ': ' + detail.error.message));
  view.mount(document.querySelector('#here'));
});
window.probe = { show };
</script>`;

describe('the words for an entry that is no image, loaded with the first', () => {
  for (const [title, isGone, expected] of [
    [
      'say what it is and what images are',
      false,
      /^data: photo, sample 0, object \{width\}: an image must be a/,
    ],
    ['where they cannot be loaded, shorter ones do', true, /^data: photo, sample 0, Object: it is no image$/],
  ] as const) {
    it(title, async () => {
      const page = await openBuilt(browser, withoutImage);
      if (isGone) await page.route('**/chunks/entry-words*.js', (route) => route.abort());
      await page.waitForFunction(() => 'probe' in window);
      const told = await page.evaluate(() =>
        (window as unknown as { probe: { show(): Promise<string> } }).probe.show(),
      );
      expect(told).toMatch(expected);
      await page.close();
    });
  }
});

describe('the name that was meant by an unknown option, loaded when there is one', () => {
  const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>ready</title><script type="module">
import { TextInnotation } from '${address}dist/innotater.js';
const warnings = [];
console.warn = (text) => void warnings.push(text);
const make = () => void new TextInnotation(['a'], { name: 'text', multiLine: true });
window.probe = { warnings };
window.make = make;
</script>`;
  for (const [title, isGone, end] of [
    ['is told', false, 'did you mean "multiline"?'],
    [
      'where it cannot be loaded, all names are',
      true,
      'there are data, name, desc, layout, disabled, multiline',
    ],
  ] as const) {
    it(title, async () => {
      const page = await openBuilt(browser, html);
      if (isGone) await page.route('**/chunks/nearest-name*.js', (route) => route.abort());
      await page.waitForFunction(() => 'probe' in window);
      await page.evaluate('make()');
      const warnings = async () => (await probed<{ warnings: string[] }>(page)).warnings;
      await expect.poll(warnings).toEqual([`TextInnotation text: Unknown option "multiLine"; ${end}`]);
      await page.close();
    });
  }
});
