import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

const root = new URL('../../', import.meta.url);

/** Where pages find the built package: `${address}dist/innotater.js`. */
export const address = 'http://page.test/';

/** Opens a page of this source beside the built package; resolves when its title is “ready”. */
export const openBuilt = async (browser: Browser, html: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 700, height: 600 } });
  await page.route(`${address}**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: html });
    const body = readFileSync(new URL(`.${path}`, root));
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto(address);
  await page.waitForFunction(() => document.title === 'ready');
  return page;
};

/** What the page's script put into `window.probe`. */
export const probed = <T>(page: Page): Promise<T> =>
  page.evaluate(() => (window as unknown as { probe: T }).probe);

const signal = () => {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give: () => give(), given };
};

/** Lets requests for these addresses wait for `release`. */
export const holdBack = async (page: Page, addresses: string) => {
  const [isFree, isAsked] = [signal(), signal()];
  let asked = 0;
  await page.route(addresses, async (route) => {
    asked++;
    isAsked.give();
    await isFree.given;
    await route.fallback();
  });
  return { isAsked: isAsked.given, release: isFree.give, asked: () => asked };
};
