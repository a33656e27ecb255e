import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, openDemo, startDemo } from './support.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

const smooth = new URL('../fixtures/images/smooth.jpg', import.meta.url);
const status = (page: Page) => page.locator('#status').textContent();
const start = (page: Page) => page.getByRole('button', { name: 'Start' });
const cancel = (page: Page) => page.getByRole('button', { name: 'Cancel' });

const choose = async (page: Page, ...titles: readonly RegExp[]) => {
  await page.getByRole('button', { name: 'None' }).click();
  for (const title of titles) await page.getByRole('checkbox', { name: title }).check();
  await page.getByLabel('Quick look').check();
};

const runToTheEnd = async (page: Page) => {
  await start(page).click();
  await page.getByRole('progressbar', { name: 'Progress' }).waitFor();
  await page.waitForFunction(() => document.querySelector('#status')!.textContent!.startsWith('Done'), null, {
    timeout: 110_000,
  });
};

const downloaded = async (page: Page) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('innotater-bench.json');
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as { axe: typeof import('axe-core') }
    ).axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
};

describe('the page of the benchmark', () => {
  it('runs two scenes to their end: progress, table, chart, targets and the same figures as JSON', async () => {
    const { page, problems } = await openDemo(demo, { viewport: { width: 1280, height: 900 } }, 'bench.html');
    await choose(page, /11,319 rows/, /1,944 × 27,136/);
    await runToTheEnd(page);
    expect(await status(page)).toBe('Done: 2 of 2 scenes.');
    const report = await downloaded(page);
    expect(report.quick).toBe(true);
    expect(report.machine.cores).toBeGreaterThan(0);
    expect(report.machine.browser).toMatch(/\d/);
    const rows: { scene: string; contestant: string; figures: Record<string, number>; note?: string }[] =
      report.results.scenes;
    expect([...new Set(rows.map(({ scene }) => scene))].sort()).toEqual(['list-11319', 'tall']);
    for (const { contestant, figures, note } of rows) {
      expect(note ?? '', contestant).not.toContain('failed');
      expect(figures.longestTaskMs, contestant).toBeGreaterThan(0);
    }
    const list = page.getByRole('table', { name: 'A list of 11,319 rows' });
    const ours = rows.find(({ scene, contestant }) => scene === 'list-11319' && contestant === 'Innotater')!;
    const shown =
      ours.figures.frameMs! >= 100 ? ours.figures.frameMs!.toFixed(0) : ours.figures.frameMs!.toPrecision(3);
    const row = list.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Innotater' }) });
    expect(await row.textContent()).toContain(`${shown} ms`);
    const chart = page.getByRole('img', { name: /^A list of 11,319 rows, frame, median\. Innotater: / });
    expect(await chart.count()).toBe(1);
    expect(await page.locator('#view').innerHTML()).toBe('');
    expect(problems).toEqual([]);
    for (const theme of ['dark', 'light']) {
      await page.getByLabel('Theme').selectOption(theme);
      expect(await violations(page), theme).toEqual([]);
    }
    await page.close();
  });

  it('is cancelled in the middle, says so, leaves nothing behind and starts again', async () => {
    const { page } = await openDemo(demo, { viewport: { width: 1280, height: 900 } }, 'bench.html');
    await choose(page, /walk over 1,000 images of 1,920/, /11,319 rows/);
    await start(page).click();
    await expect.poll(() => status(page), { timeout: 60_000 }).toContain('picture 1 of');
    expect(await start(page).isDisabled()).toBe(true);
    await cancel(page).click();
    await expect.poll(() => status(page), { timeout: 30_000 }).toBe('Cancelled; 0 of 2 scenes are done.');
    expect(await page.locator('#view').innerHTML()).toBe('');
    expect(await cancel(page).isDisabled()).toBe(true);
    await choose(page, /11,319 rows/);
    await runToTheEnd(page);
    expect(await page.getByRole('table', { name: 'A list of 11,319 rows' }).count()).toBe(1);
    await page.close();
  });

  it("runs on a person's own picture, array and CSV; what cannot be read is told and the others go on", async () => {
    const { page } = await openDemo(demo, { viewport: { width: 1280, height: 900 } }, 'bench.html');
    expect(await page.getByRole('checkbox', { name: 'Your own files' }).isDisabled()).toBe(true);
    await page.locator('#files').setInputFiles([
      { name: 'smooth.jpg', mimeType: 'image/jpeg', buffer: readFileSync(smooth) },
      { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
      {
        name: 'boxes.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('file,x,y,w,h\nsmooth.jpg,2,2,10,8\n'),
      },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
    ]);
    expect(await page.locator('#chosen-files').textContent()).toContain('1 of another kind left out');
    await choose(page, /Your own files/);
    await runToTheEnd(page);
    const table = page.getByRole('table', { name: 'Your own files' });
    const text = await table.textContent();
    for (const name of ['Innotater on smooth.jpg', 'OpenSeadragon on smooth.jpg', 'canvas 2D', 'Konva']) {
      expect(text).toContain(name);
    }
    expect(await table.getByRole('row').filter({ hasText: 'broken.png' }).textContent()).toContain('failed');
    await page.close();
  });
});
