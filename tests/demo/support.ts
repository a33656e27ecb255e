import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { build, type PreviewServer, preview } from 'vite';
import { chromiumArguments, findChromium } from '../chromium.mjs';

/** The built demo on a port of its own, and a real Chromium. */
export type Demo = { readonly url: string; readonly browser: Browser; close(): Promise<void> };

const configFile = new URL('../../demo/vite.config.mjs', import.meta.url).pathname;

export const startDemo = async (): Promise<Demo> => {
  await build({ configFile, logLevel: 'error' });
  const server: PreviewServer = await preview({ configFile, preview: { port: 0, strictPort: false } });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
  return {
    url: server.resolvedUrls!.local[0]!,
    browser,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};

export type OpenPage = { readonly page: Page; readonly problems: string[] };

/** A page of the demo (the first, unless `file` names another) with all that it shows at first; errors of the page are collected. */
export const openDemo = async (
  { url, browser }: Demo,
  options: Parameters<Browser['newPage']>[0] = { viewport: { width: 1280, height: 900 } },
  file = '',
): Promise<OpenPage> => {
  const page = await browser.newPage(options);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  await page.goto(`${url}${file}`);
  await shown(page);
  return { page, problems };
};

export const picture = (page: Page): Locator => page.getByRole('group', { name: 'Picture', exact: true });
export const boxField = (page: Page): Locator => page.getByRole('textbox', { name: 'Box' });

/** Resolves when no picture is busy any more and the pixels had time to be drawn. */
export const shown = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const all = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]));
    const images = all(document).filter((e) => e.getAttribute('aria-roledescription') === 'image');
    const isThere =
      images.length > 0 || document.querySelector('#view')?.getAttribute('aria-busy') === 'false';
    return isThere && images.every((image) => image.getAttribute('aria-busy') !== 'true');
  });
  await settled(page);
};

/** Resolves when the view's frames have stopped growing. */
export const settled = async (page: Page): Promise<void> => {
  for (let quiet = 0; quiet < 2; ) {
    const before = await page.screenshot();
    await page.waitForTimeout(120);
    quiet = before.equals(await page.screenshot()) ? quiet + 1 : 0;
  }
};

/** Drags the mouse between two points given as fractions of the picture's element. */
export const dragOnPicture = async (
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> => {
  const frame = (await picture(page).boundingBox())!;
  const at = ([x, y]: readonly [number, number]) =>
    [frame.x + x * frame.width, frame.y + y * frame.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
  await page.mouse.move(...at(to));
  await page.mouse.up();
};

/** Reads pixels of the page as a person's screen shows them, at CSS px. */
export const screenPixels = async (page: Page) => {
  const png = PNG.sync.read(await page.screenshot());
  const ratio = png.width / page.viewportSize()!.width;
  return (x: number, y: number): number[] => {
    const i = (Math.floor(y * ratio) * png.width + Math.floor(x * ratio)) * 4;
    return [...png.data.subarray(i, i + 3)];
  };
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe-core finds on a page. */
export const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as { axe: typeof import('axe-core') }
    ).axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
};
