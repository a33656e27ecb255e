import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { address, holdBack, openBuilt, probed } from './built-page.js';

const crowdCode = '**/chunks/crowd*.js';

/** Six views in sight, which are mounted by `mountAll`. */
const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>waiting</title>
<script type="module">
import { Innotater, TextInnotation } from '${address}dist/innotater.js';
const probe = { ready: [], problems: [] };
window.probe = probe;
window.addEventListener('error', ({ message }) => probe.problems.push(message));
let count = 0;
const mountOne = () => {
  const number = count++;
  const host = document.body.appendChild(document.createElement('div'));
  const text = new TextInnotation(['text ' + number], { name: 'text', multiline: false });
  const view = new Innotater(text, null, { label: 'view ' + number });
  view.mount(host);
  view.ready.then(() => probe.ready.push(number));
};
window.mountOne = mountOne;
window.mountAll = () => { for (let i = 0; i < 6; i++) mountOne(); };
document.title = 'ready';
</script>`;

type Probe = { readonly ready: readonly number[]; readonly problems: readonly string[] };
const readyViews = async (page: Page) => (await probed<Probe>(page)).ready.toSorted((a, b) => a - b);

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(() => browser.close());

describe('the code for pages of many views, loaded with the fifth', () => {
  it('until it is there the first four are drawn and the others asleep with their names, and then those are drawn, too', async () => {
    const page = await openBuilt(browser, html);
    const { isAsked, release, asked } = await holdBack(page, crowdCode);
    await page.evaluate('mountAll()');
    await isAsked;
    await expect.poll(() => readyViews(page)).toEqual([0, 1, 2, 3]);
    for (const number of [4, 5]) {
      const view = page.getByRole('group', { name: `view ${number}` });
      await view.waitFor();
      expect(await view.locator('canvas').count()).toBe(0);
    }
    release();
    await expect.poll(() => readyViews(page)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(asked()).toBe(1);
    expect((await probed<Probe>(page)).problems).toEqual([]);
    await page.close();
  });

  it('where its server is gone, it is said once, all are awake, and the next view tries again', async () => {
    const page = await openBuilt(browser, html);
    await page.route(crowdCode, (route) => route.abort());
    await page.evaluate('mountAll()');
    await expect.poll(() => readyViews(page)).toEqual([0, 1, 2, 3, 4, 5]);
    const again = page.waitForRequest(crowdCode);
    await page.evaluate('mountOne()');
    await again;
    await expect.poll(() => readyViews(page)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const { problems } = await probed<Probe>(page);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('Many views: the code');
    await page.close();
  });
});
