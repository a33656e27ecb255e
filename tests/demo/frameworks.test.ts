import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { installPackage, type Project } from './installed.js';
import { serveFolder } from './static-server.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the projects of `demo/frameworks/` install beside Innotater. */
const packages = [
  'react',
  'react-dom',
  '@types/react',
  '@types/react-dom',
  'vue',
  '@vitejs/plugin-vue',
  'svelte',
  '@sveltejs/vite-plugin-svelte',
];

let project: Project;
let browser: Browser;
const closing: (() => void)[] = [];

beforeAll(async () => {
  project = installPackage();
  cpSync(join(root, 'demo/frameworks'), project.folder, { recursive: true });
  for (const name of packages) {
    const place = join(project.folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), place, 'junction');
  }
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(async () => {
  await browser?.close();
  for (const close of closing) close();
  project?.remove();
});

const built = async (framework: string): Promise<{ page: Page; problems: string[] }> => {
  const folder = join(project.folder, framework);
  const config = framework === 'react' ? false : join(folder, 'vite.config.mjs');
  await build({ root: folder, configFile: config, logLevel: 'error', base: './' });
  const server = await serveFolder(join(folder, 'dist'));
  closing.push(server.close);
  const page = await browser.newPage({ viewport: { width: 700, height: 600 } });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  await page.goto(server.url);
  await page.evaluate(
    () => document.querySelector<HTMLElement & { ready: Promise<void> }>('innotater-view')!.ready,
  );
  return { page, problems };
};

const checkers: Readonly<Record<string, readonly string[]>> = {
  react: ['typescript/bin/tsc', '-p'],
  vue: ['vue-tsc/bin/vue-tsc.js', '-p'],
  svelte: ['svelte-check/bin/svelte-check', '--output', 'human', '--tsconfig'],
};

/** Whether a printed file has pixels of a colour side by side: its pictures are deflated RGB. */
const isPrinted = (pdf: Buffer, color: readonly number[]): boolean => {
  const run = Buffer.from(Array.from({ length: 32 }, () => color).flat());
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    const start = at + (pdf[at + 6] === 13 ? 8 : 7);
    try {
      if (inflateSync(pdf.subarray(start)).includes(run)) return true;
    } catch {
      // Not a deflated stream.
    }
  }
  return false;
};

describe('the element in a framework, as its users build it', () => {
  for (const [framework, [checker, ...options]] of Object.entries(checkers)) {
    it(`${framework}: shows its data, an edit reaches the page's handler`, async () => {
      const { page, problems } = await built(framework);
      const field = page.getByRole('textbox', { name: 'box' });
      expect(await field.inputValue()).toBe('10, 20, 30, 40');
      await field.fill('5, 6, 70, 80');
      await page.getByText('[5,6,70,80]').waitFor();
      expect(problems).toEqual([]);
      await page.close();
    });
    it(`${framework}: its types are right`, () => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [join(root, 'node_modules', checker!), ...options, join(project.folder, framework, 'tsconfig.json')],
        { cwd: join(project.folder, framework), encoding: 'utf8' },
      );
      expect(status, stdout).toBe(0);
    });
  }

  it('printed, it shows what it shows on screen, and goes on after it', async () => {
    const { page } = await built('react');
    expect(isPrinted(await page.pdf({ printBackground: true }), [230, 120, 20])).toBe(true);
    await page.getByRole('textbox', { name: 'box' }).fill('5, 6, 70, 80');
    await page.getByText('[5,6,70,80]').waitFor();
    await page.close();
  });
});
