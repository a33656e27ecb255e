/**
 * The scenes of the page `demo/bench`, run by the page itself: the demo is built and served isolated, a real Chromium opens it anew for
 * each scene, works its controls, chooses the large `.npy` files, and takes the report that the page would download.
 */
import { Buffer } from 'node:buffer';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { chromiumArguments, findChromium } from '../chromium.mjs';

const configFile = fileURLToPath(new URL('../../demo/vite.config.mjs', import.meta.url));

/** Isolated pages may measure their memory, and get a clock of 5 µs. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Asked for the memory of a page, the browser answers at once instead of within a minute. */
const launchArguments = [...chromiumArguments, '--enable-blink-features=ForceEagerMeasureMemory'];

const hour = 3_600_000;

const openPage = async (browser, url) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  page.on('pageerror', (error) => console.error(`  ${error.message}`));
  await page.goto(url);
  await page.waitForFunction(() => globalThis.innotaterBench);
  return page;
};

/** Writes the array that the scene would make in memory to a file of the disk; null where it makes none. */
const writeNpy = async (page, folder, scene, quick) => {
  const npy = await page.evaluate((given) => globalThis.innotaterBench.npy(...given), [scene, quick]);
  if (!npy) return null;
  const beginning = Buffer.from(npy.beginning.slice(npy.beginning.indexOf(',') + 1), 'base64');
  const block = beginning.subarray(npy.headerBytes);
  const path = join(folder, npy.name);
  const file = openSync(path, 'w');
  writeSync(file, beginning, 0, npy.headerBytes);
  for (let left = npy.bytes - npy.headerBytes; left > 0; left -= block.length) {
    writeSync(file, block, 0, Math.min(left, block.length));
  }
  closeSync(file);
  return path;
};

const runOnPage = async (page, scene, quick, path) => {
  if (path) await page.locator('#files').setInputFiles(path);
  await page.getByRole('button', { name: 'None' }).click();
  await page.locator(`input[name="scene"][value="${scene}"]`).check();
  await page.locator('#quick').setChecked(quick);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForFunction(() => document.querySelector('#status').textContent.startsWith('Done'), null, {
    timeout: hour,
  });
  return page.evaluate(() => globalThis.innotaterBench.report());
};

/** One scene on a page of its own; a page that dies takes nothing else with it. */
const runScene = async (browser, url, scene, quick) => {
  const folder = mkdtempSync(join(tmpdir(), 'innotater-bench-'));
  const page = await openPage(browser, url);
  const crashed = new Promise((_, reject) => {
    page.on('crash', () => reject(new Error('the page crashed')));
  });
  crashed.catch(() => {});
  try {
    const path = await writeNpy(page, folder, scene, quick);
    return await Promise.race([runOnPage(page, scene, quick, path), crashed]);
  } catch (error) {
    const row = { scene, contestant: 'the scene', figures: {}, rounds: 0, note: `failed: ${error.message}` };
    return { results: { scenes: [row] } };
  } finally {
    await page.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Gives {all, rows, page, verdicts} of these scenes, all of them without names; `onScene` gets the rows of each as it is done. */
export const runScenes = async ({ names, quick, onScene }) => {
  await build({ configFile, logLevel: 'error' });
  const server = await preview({ configFile, preview: { port: 0, strictPort: false, headers } });
  const browser = await chromium.launch({ executablePath: findChromium(), args: launchArguments });
  const url = `${server.resolvedUrls.local[0]}bench.html`;
  try {
    const page = await openPage(browser, url);
    const all = await page.evaluate(() => globalThis.innotaterBench.scenes);
    const rows = [];
    let machine = {};
    for (const scene of all.filter((name) => !names || names.includes(name))) {
      const report = await runScene(browser, url, scene, quick);
      machine = report.machine ?? machine;
      rows.push(...report.results.scenes);
      onScene(scene, report.results.scenes);
    }
    const verdicts = await page.evaluate((given) => globalThis.innotaterBench.verdicts(given), rows);
    return { all, rows, page: machine, verdicts };
  } finally {
    await browser.close();
    await server.close();
  }
};
