import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { address, holdBack, openBuilt, probed } from './built-page.js';

const tallCode = '**/chunks/tall-view*.js';
const rows = 150;

/** A form of 150 rows, some 9,000 px. */
const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>waiting</title>
<script type="module">
import { Innotater, RepeatInnotation, TextInnotation } from '${address}dist/innotater.js';
const probe = { isReady: false, problems: [] };
window.probe = probe;
window.addEventListener('error', ({ message }) => probe.problems.push(message));
window.mountForm = () => {
  const host = document.body.appendChild(document.createElement('div'));
  const texts = Array.from({ length: ${rows} }, (_, i) => 'text ' + i);
  const form = new RepeatInnotation([TextInnotation, [texts], { name: 'text', multiline: false }], { maxRepeats: ${rows} });
  const view = new Innotater(null, form);
  view.mount(host);
  window.view = view;
  view.ready.then(() => { probe.isReady = true; });
};
document.title = 'ready';
</script>`;

type Probe = { readonly isReady: boolean; readonly problems: readonly string[] };
type Shown = { readonly rows: number; readonly viewPx: number; readonly frames: number };
const shown = (page: Page) =>
  page.evaluate<Shown>(
    '({ rows: view.canvas.height, viewPx: view.canvas.parentElement.offsetHeight, frames: view.stats.frames })',
  );

/** A snapshot's height, and how many colours its last 300 rows have: one, were nothing drawn. */
const snapshotLook = `view.snapshot().then(async (blob) => {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, 300).getContext('2d');
  context.drawImage(bitmap, 0, 300 - bitmap.height);
  const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, 300).data.buffer);
  return { height: bitmap.height, colors: new Set(pixels).size };
})`;

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(() => browser.close());

describe('the code of views taller than a canvas can be, loaded with the first', () => {
  it('is awaited before anything is drawn', async () => {
    const page = await openBuilt(browser, html);
    const { isAsked, release, asked } = await holdBack(page, tallCode);
    await page.evaluate('mountForm()');
    await isAsked;
    await page
      .getByRole('textbox')
      .nth(rows - 1)
      .waitFor({ state: 'attached' });
    expect((await shown(page)).frames).toBe(0);
    expect((await probed<Probe>(page)).isReady).toBe(false);
    const snapshot = page.evaluate<{ height: number; colors: number }>(snapshotLook);
    release();
    const { height, colors } = await snapshot;
    await expect.poll(async () => (await probed<Probe>(page)).isReady).toBe(true);
    const { rows: ofCanvas, viewPx } = await shown(page);
    expect(viewPx).toBeGreaterThan(5000);
    expect(ofCanvas).toBe(4096);
    expect(height).toBe(viewPx);
    expect(colors).toBeGreaterThan(5);
    expect(asked()).toBe(1);
    expect((await probed<Probe>(page)).problems).toEqual([]);
    await page.close();
  });

  it('where its server is gone, it is said once and the view is drawn; at another size it is tried again', async () => {
    const page = await openBuilt(browser, html);
    await page.route(tallCode, (route) => route.abort());
    await page.evaluate('mountForm()');
    await expect.poll(async () => (await probed<Probe>(page)).isReady).toBe(true);
    const blurred = await shown(page);
    expect(blurred.frames).toBeGreaterThan(0);
    expect(blurred.rows).toBe(blurred.viewPx);
    const { problems } = await probed<Probe>(page);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('The view is tall and drawn blurred');
    await page.unroute(tallCode);
    await page.setViewportSize({ width: 500, height: 600 });
    await expect.poll(async () => (await shown(page)).rows).toBe(4096);
    expect((await probed<Probe>(page)).problems).toHaveLength(1);
    await page.close();
  });
});
