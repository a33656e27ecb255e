import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';

/** A Python with jupyterlab, anywidget and numpy; without one there is no notebook to test in. */
const python = process.env.PYTHON ?? 'python3';
const hasJupyter = (() => {
  try {
    execFileSync(python, ['-c', 'import jupyterlab, anywidget, numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const root = new URL('../../', import.meta.url);
const port = '8899';
const address = `http://localhost:${port}`;
let folder: string;
let server: ChildProcess;
let browser: Browser;

const isServing = async () => {
  try {
    return (await fetch(`${address}/api`)).ok;
  } catch {
    return false;
  }
};

beforeAll(async () => {
  if (!hasJupyter) return;
  execFileSync(process.execPath, ['src/build.mjs'], { cwd: root, stdio: 'ignore' });
  folder = mkdtempSync(`${tmpdir()}/notebook-`);
  server = spawn(python, ['tests/long/jupyterlab.py', 'dist', folder], {
    cwd: root,
    env: { ...process.env, PORT: port },
    stdio: 'ignore',
  });
  for (let tries = 0; tries < 120 && !(await isServing()); tries++)
    await new Promise((done) => setTimeout(done, 500));
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(async () => {
  await browser?.close();
  server?.kill();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const runCell = async (page: Page, number: number) => {
  await page.locator('.jp-Notebook .jp-CodeCell').nth(number).locator('.cm-content').click();
  await page.keyboard.press('Control+Enter');
};
const output = (page: Page, number: number) =>
  page.locator('.jp-Notebook .jp-CodeCell').nth(number).locator('.jp-OutputArea').innerText();

it.skipIf(!hasJupyter)(
  'in a real JupyterLab: draw a box, read it in Python; set it in Python, see it',
  async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
    await page.goto(`${address}/lab/tree/boxes.ipynb`);
    await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor({ timeout: 60_000 });
    await expect
      .poll(() => page.locator('.jp-Notebook-ExecutionIndicator').first().getAttribute('data-status'), {
        timeout: 60_000,
      })
      .toBe('idle');
    await runCell(page, 0);
    const scan = page.getByRole('group', { name: 'Scan' });
    await scan.waitFor({ timeout: 60_000 });
    await scan.scrollIntoViewIfNeeded();
    const frame = (await scan.boundingBox())!;
    await page.mouse.move(frame.x + 20, frame.y + 30);
    await page.mouse.down();
    await page.mouse.move(frame.x + 120, frame.y + 90, { steps: 4 });
    await page.mouse.up();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    const box = page.getByRole('textbox', { name: 'Box' });
    await expect.poll(() => box.inputValue()).toBe('20, 30, 100, 60');
    await save.click();
    await expect.poll(() => save.isDisabled()).toBe(true);
    await runCell(page, 1);
    await expect
      .poll(() => output(page, 1), { timeout: 30_000 })
      .toContain(
        "read [[20.0, 30.0, 100.0, 60.0], [0.0, 0.0, 0.0, 0.0]] [{'uindex': 0, 'name': 'boxes', 'repeatIndex': -1, 'value': [20, 30, 100, 60]}]",
      );
    await runCell(page, 2);
    await expect.poll(() => box.inputValue(), { timeout: 30_000 }).toBe('1, 2, 3, 4');
  },
);
