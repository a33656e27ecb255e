import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';
// @ts-expect-error plain JavaScript without types
import { sourceAliases } from '../source-aliases.mjs';

const root = new URL('../..', import.meta.url).pathname;
let server: PreviewServer;
let browser: Browser;
let context: BrowserContext;
let url: string;

beforeAll(async () => {
  const outDir = `${root}build/journal-page`;
  const common = { configFile: false, logLevel: 'error', root: `${root}tests/demo` } as const;
  await build({
    ...common,
    resolve: { alias: sourceAliases },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: `${root}tests/demo/journal-page.html` },
    },
    worker: { format: 'es' },
  });
  server = await preview({ ...common, build: { outDir }, preview: { port: 0, strictPort: false } });
  url = `${server.resolvedUrls!.local[0]!}journal-page.html`;
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 800, height: 700 } });
});
afterEach(() => context.close());

type Probe = {
  readonly view: {
    readonly saveState: string;
    readonly isDirty: boolean;
    readonly dirtyUindexes: readonly number[];
    index: number;
    undo(): boolean;
    redo(): boolean;
    save(): Promise<boolean>;
    dispose(): void;
    exportJournal(): Promise<Blob>;
  };
  readonly data: { readonly texts: string[]; readonly classes: number[]; readonly rows: string[][] };
  readonly states: string[];
  again(): void;
  beside(): void;
  readonly errors: string[];
  readonly restored: readonly { readonly changes: number; readonly conflicts: number }[];
};
declare const journalPage: Probe;

const open = async (query = '', before: (page: Page) => Promise<unknown> = async () => {}): Promise<Page> => {
  const page = await context.newPage();
  await before(page);
  await page.goto(`${url}?${query}`);
  await page.waitForFunction(() => (globalThis as { journalPage?: unknown }).journalPage !== undefined);
  await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor({ state: 'attached' });
  return page;
};
const reopened = async (page: Page): Promise<Page> => {
  await page.close();
  return open();
};
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
const texts = (page: Page) => page.evaluate(() => journalPage.data.texts);
const state = (page: Page) => page.evaluate(() => journalPage.view.saveState);
const durable = (page: Page, wanted = 'saved') => expect.poll(() => state(page)).toBe(wanted);
const asked = (page: Page) => page.getByRole('status').filter({ hasText: 'restored' });
/** Types over what is there, by real keys. */
const write = async (page: Page, words: string) => {
  await text(page).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(words);
};
const undoKey = (page: Page) => page.evaluate(() => journalPage.view.undo());

/** Writes abort as the browser aborts them where the quota is used up; DevTools' own override of quotas changes nothing in Chromium 156. */
const fullDisk = `
  globalThis.diskIsFull = false;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...values) {
    const request = put.apply(this, values);
    if (!diskIsFull) return request;
    const error = new DOMException('Encountered full disk', 'QuotaExceededError');
    Object.defineProperty(this.transaction, 'error', { value: error, configurable: true });
    queueMicrotask(() => { try { this.transaction.abort(); } catch {} });
    return request;
  };`;

/** The processes that show pages of this browser. */
const rendererIds = async (): Promise<readonly number[]> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
};

describe('the journal: no work is lost', () => {
  it('what was typed comes back after the tab crashed, with a message, and undo goes back beyond it', async () => {
    const page = await open();
    await write(page, 'a first text');
    await durable(page);
    await page.evaluate(() => {
      journalPage.view.index = 1;
    });
    await write(page, 'a second');
    await durable(page);
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => {});
    await crashed;
    const again = await open();
    await asked(again).waitFor();
    expect(await asked(again).textContent()).toMatch(/^2 changes from \d{1,2}:\d\d.* restored\.$/);
    expect((await texts(again)).slice(0, 2)).toEqual(['a first text', 'a second']);
    expect(await again.evaluate(() => journalPage.view.dirtyUindexes)).toEqual([0, 1]);
    await undoKey(again);
    expect((await texts(again)).slice(0, 2)).toEqual(['a first text', 'two']);
    await undoKey(again);
    expect((await texts(again)).slice(0, 2)).toEqual(['one', 'two']);
    await again.evaluate(() => journalPage.view.redo());
    expect((await texts(again)).slice(0, 2)).toEqual(['a first text', 'two']);
    await again.addScriptTag({ path: `${root}node_modules/axe-core/axe.min.js` });
    const found = (await again.evaluate(
      "axe.run('#view').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)]))",
    )) as unknown[];
    expect(found).toEqual([]);
    await again.getByRole('button', { name: 'Keep' }).focus();
    await again.keyboard.press('Enter');
    await expect.poll(() => asked(again).count()).toBe(0);
    await durable(again);
    const third = await reopened(again);
    await asked(third).waitFor();
    expect((await texts(third)).slice(0, 2)).toEqual(['a first text', 'two']);
    await third.evaluate(() => journalPage.view.redo());
    expect((await texts(third)).slice(0, 2)).toEqual(['a first text', 'a second']);
  });

  it('killed in the middle of writing, what was durable and whatever was typed a second earlier is there, and nothing is torn [seed 5]', async () => {
    let random = 5;
    const letters = 'abcdefghijklmnopqrstuvwxyz'.repeat(40);
    for (let round = 0; round < 3; round++) {
      random = (random * 1103515245 + 12345) & 0x7fffffff;
      const key = `kill-${round}`;
      const page = await open(`key=${key}`);
      await page.evaluate(() => {
        journalPage.view.index = 0;
      });
      await text(page).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(letters.slice(0, 9));
      await durable(page);
      const typed: { readonly length: number; readonly timeMs: number }[] = [];
      const renderers = await rendererIds();
      let killedMs = 0;
      const crashed = page.waitForEvent('crash');
      setTimeout(
        () => {
          killedMs = performance.now();
          for (const id of renderers) process.kill(id, 'SIGKILL');
        },
        1050 + (random % 300),
      );
      try {
        for (const letter of letters.slice(9)) {
          await page.keyboard.press(letter);
          typed.push({ length: typed.length + 1, timeMs: performance.now() });
        }
      } catch {
        // The page is gone.
      }
      await crashed;
      // A page that opens before the browser knows of all that were killed may be given one of them.
      await expect
        .poll(async () => (await rendererIds()).filter((id) => renderers.includes(id)), { timeout: 15_000 })
        .toEqual([]);
      const again = await open(`key=${key}`);
      const surely = typed.filter(({ timeMs }) => timeMs < killedMs - 1000).length;
      await asked(again).waitFor();
      const [found] = await texts(again);
      expect(letters.startsWith(found!)).toBe(true);
      expect(found!.length).toBeGreaterThanOrEqual(9 + surely);
      await undoKey(again);
      expect((await texts(again))[0]).toBe('one');
      await again.close();
    }
  });

  it('Discard puts back what the data held, for good, and is undone like all else', async () => {
    const page = await open();
    await write(page, 'unwanted');
    await durable(page);
    await page.close();
    const again = await open();
    await again.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => texts(again)).toEqual(['one', 'two', 'three', 'four']);
    expect(await again.evaluate(() => journalPage.view.isDirty)).toBe(false);
    await durable(again);
    const third = await reopened(again);
    await third.waitForTimeout(400);
    expect(await asked(third).count()).toBe(0);
    expect(await texts(third)).toEqual(['one', 'two', 'three', 'four']);
    await undoKey(third);
    expect((await texts(third))[0]).toBe('unwanted');
  });

  it('what the hook saved is not restored again, and undo goes back beyond save and reload', async () => {
    const page = await open('hook');
    const said = page.getByRole('status').filter({ hasText: /^(Saved|Unsaved)$/ });
    expect(await said.textContent()).toBe('Saved');
    await write(page, 'kept by the server');
    await expect.poll(() => said.textContent()).toBe('Unsaved');
    expect(await page.evaluate(() => journalPage.view.save())).toBe(true);
    await expect.poll(() => said.textContent()).toBe('Saved');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('textbox', { name: 'Row', exact: false }).last().fill('a row');
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => journalPage.states)).toEqual(['unsaved', 'saving', 'saved', 'unsaved']);
    await page.close();
    const again = await open('hook');
    await asked(again).waitFor();
    expect(await asked(again).textContent()).toMatch(/^1 change /);
    const rows = await again.evaluate(() => journalPage.data.rows[0]);
    expect(rows).toContain('a row');
    while (await undoKey(again));
    expect((await texts(again))[0]).toBe('one');
    expect(await again.evaluate(() => journalPage.view.isDirty)).toBe(true);
  });

  it('a full disk is told once and stops nothing; what was typed meanwhile is kept as soon as there is room', async () => {
    const page = await open('', (before) => before.addInitScript(fullDisk));
    await write(page, 'before');
    await durable(page);
    await page.evaluate('diskIsFull = true');
    await write(page, 'too much');
    await durable(page, 'failed');
    await expect
      .poll(() => page.getByRole('alert').textContent())
      .toMatch(/not kept in this browser: the disk.*is full/);
    await write(page, 'while the disk was full');
    expect((await texts(page))[0]).toBe('while the disk was full');
    await page.waitForTimeout(1500);
    expect(await page.evaluate(() => journalPage.errors)).toHaveLength(1);
    let warned = 0;
    page.on('dialog', (dialog) => {
      warned += dialog.type() === 'beforeunload' ? 1 : 0;
      void dialog.dismiss();
    });
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => warned).toBe(1);
    await page.evaluate('diskIsFull = false');
    await expect.poll(() => state(page), { timeout: 15_000 }).toBe('saved');
    expect(await page.evaluate(() => journalPage.states)).toEqual(
      expect.arrayContaining(['failed', 'saved']),
    );
    await page.close();
    const again = await open();
    await asked(again).waitFor();
    expect((await texts(again))[0]).toBe('while the disk was full');
  });

  it.each([
    [
      'no store at all',
      'Object.defineProperty(globalThis, "indexedDB", { value: undefined })',
      /no IndexedDB here/,
    ],
    [
      'a store that is refused',
      'IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }',
      /storing is blocked/,
    ],
  ])('%s is told once and stops nothing', async (_, script, message) => {
    const page = await open('', (before) => before.addInitScript(script));
    await write(page, 'all the same');
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(message);
    expect(await texts(page)).toEqual(['all the same', 'two', 'three', 'four']);
    expect(await state(page)).toBe('failed');
    await undoKey(page);
    expect((await texts(page))[0]).toBe('one');
    await page.waitForTimeout(1300);
    expect(await page.evaluate(() => journalPage.errors)).toHaveLength(1);
  });

  it('a store of a newer version is told, and left as it is', async () => {
    const page = await open('', (before) =>
      before.addInitScript(
        'if (!sessionStorage.x) { sessionStorage.x = 1; indexedDB.open("innotater-journal", 7); }',
      ),
    );
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/newer version of this page/);
  });

  it('a second tab and the first are told, it writes a log of its own, and both come together: the later holds, undo brings the earlier', async () => {
    const left = await open();
    await write(left, 'from the left');
    const right = await open();
    for (const tab of [left, right]) {
      await tab.getByRole('status').filter({ hasText: 'open in another tab' }).waitFor();
    }
    await write(right, 'from the right');
    await Promise.all([durable(left), durable(right)]);
    await Promise.all([left.close(), right.close()]);
    const both = await open();
    await asked(both).waitFor();
    expect(await asked(both).textContent()).toMatch(/1 of them was made in two tabs/);
    expect((await texts(both))[0]).toBe('from the right');
    expect(await both.evaluate(() => journalPage.restored)).toEqual([
      { uindexes: [0], changes: 1, conflicts: 1 },
    ]);
    await undoKey(both);
    expect((await texts(both))[0]).toBe('from the left');
    await undoKey(both);
    expect((await texts(both))[0]).toBe('one');
  });

  it('two views on one page are told so, each once, and of no tab', async () => {
    const page = await open();
    await page.evaluate(() => {
      journalPage.beside();
      journalPage.beside();
    });
    const told = page.getByRole('status').filter({ hasText: 'open in another view on this page' });
    await expect.poll(() => told.count()).toBe(3);
    await page.waitForTimeout(300);
    expect(await page.getByRole('button', { name: 'OK' }).count()).toBe(3);
    for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'OK' }).first().click();
    await expect.poll(() => page.getByRole('button', { name: 'OK' }).count()).toBe(0);
    expect(await page.getByRole('status').filter({ hasText: 'another tab' }).count()).toBe(0);
  });

  it('of data that changed nothing is restored: it says why, gives the journal as a file, and keeps it for the right data', async () => {
    const page = await open('samples=4');
    await write(page, 'for four samples');
    await durable(page);
    await page.close();
    const other = await open('samples=3');
    const said = other.getByRole('status').filter({ hasText: 'does not fit' });
    await said.waitFor();
    expect(await said.textContent()).toMatch(
      /1 change from .* is kept for “test” and does not fit this data: .*it had 4 samples then and has 3 now\. Nothing was changed/,
    );
    expect(await texts(other)).toEqual(['one', 'two', 'three']);
    const [download] = await Promise.all([
      other.waitForEvent('download'),
      other.getByRole('button', { name: 'Download' }).click(),
    ]);
    const file = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(download.suggestedFilename()).toBe('test-journal.json');
    expect(file.sessions[0].unsaved).toMatchObject([
      { uindex: 0, name: 'text', value: ['for four samples'] },
    ]);
    await other.close();
    const right = await open('samples=4');
    await asked(right).waitFor();
    expect((await texts(right))[0]).toBe('for four samples');
  });

  it('views that are made anew on the same page, however fast, go on where the one before was', async () => {
    const page = await open();
    await write(page, 'then another view');
    await page.evaluate(async () => {
      for (let i = 0; i < 6; i++) {
        journalPage.again();
        await new Promise((resolve) => setTimeout(resolve, 7 * i));
      }
    });
    await durable(page);
    await page.waitForTimeout(600);
    expect(await page.getByRole('status').filter({ hasText: 'kept apart' }).count()).toBe(0);
    expect(await page.evaluate(() => journalPage.errors)).toEqual([]);
    expect((await texts(page))[0]).toBe('then another view');
    await undoKey(page);
    expect((await texts(page))[0]).toBe('one');
    await page.evaluate(() => journalPage.view.redo());
    await durable(page);
    await page.close();
    const next = await open();
    await asked(next).waitFor();
    expect((await texts(next))[0]).toBe('then another view');
    expect(await next.getByRole('status').filter({ hasText: 'kept apart' }).count()).toBe(0);
  });
});
