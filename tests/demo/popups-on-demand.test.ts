import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { address, holdBack, openBuilt, probed } from './built-page.js';

const popupCode = '**/chunks/popups*.js';

const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>waiting</title>
<div id="here"></div><script type="module">
import { Innotater, MultiClassInnotation, TextInnotation } from '${address}dist/innotater.js';
const classes = [0, 0];
const problems = [];
const view = new Innotater(
  new TextInnotation(['a', 'b'], { name: 'text' }),
  new MultiClassInnotation(classes, { name: 'kind', classes: ['cat', 'dog', 'owl'], dropdown: true }),
);
view.addEventListener('error', ({ detail }) => problems.push(detail.error.code + ': ' + detail.error.message));
view.mount(document.querySelector('#here'));
window.probe = { classes, problems };
window.whenReady = () => view.ready.then(() => document.title = 'ready again');
view.ready.then(() => { document.title = 'ready'; });
</script>`;

type Probe = { readonly classes: readonly number[]; readonly problems: readonly string[] };
const probe = (page: Page) => probed<Probe>(page);

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(() => browser.close());

const open = (): Promise<Page> => openBuilt(browser, html);

describe('the code of popups and tooltips, loaded when a pointer or the focus comes into the view', () => {
  it('what is opened, typed and rested on before it is there is shown and counts when it is', async () => {
    const page = await open();
    const { isAsked, release, asked } = await holdBack(page, popupCode);
    const box = page.getByRole('combobox', { name: 'kind' });
    await box.click();
    await isAsked;
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => box.getAttribute('aria-expanded')).toBe('true');
    expect(await page.getByRole('option').count()).toBe(0);
    await page.evaluate('void whenReady()');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    expect(await page.title(), 'it is not ready before the list is shown').toBe('ready');
    release();
    await page.waitForFunction(() => document.title === 'ready again');
    expect(await page.getByRole('option').count()).toBe(3);
    await page.getByRole('option', { name: 'dog', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await probe(page)).classes).toEqual([1, 0]);
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Next >' }).hover();
    await page.getByRole('tooltip').waitFor();
    expect(asked()).toBe(1);
    expect((await probe(page)).problems).toEqual([]);
    await page.close();
  });

  it('a tooltip whose control was rested on before comes when it is there', async () => {
    const page = await open();
    const { isAsked, release } = await holdBack(page, popupCode);
    await page.getByRole('button', { name: 'Next >' }).hover();
    await isAsked;
    release();
    await page.getByRole('tooltip').waitFor();
    await page.close();
  });

  it('where its server is gone, one message says so, the rest goes on, the next use tries again, and with it the message goes', async () => {
    const page = await open();
    await page.route(popupCode, (route) => route.abort());
    const box = page.getByRole('combobox', { name: 'kind' });
    await box.click();
    const alert = page.getByText('Lists, tooltips and the list of keys could not be loaded');
    await alert.waitFor({ state: 'attached' });
    const again = page.waitForRequest(popupCode);
    await page.keyboard.press('ArrowDown');
    await again;
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await probe(page)).classes).toEqual([1, 0]);
    const { problems } = await probe(page);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^fetch: /);

    await page.unroute(popupCode);
    await box.click();
    await page.getByRole('option', { name: 'owl' }).click();
    await expect.poll(async () => (await probe(page)).classes).toEqual([2, 0]);
    expect((await probe(page)).problems).toHaveLength(1);
    await alert.waitFor({ state: 'detached' });
    await page.close();
  });
});
