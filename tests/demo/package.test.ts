import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';

const root = new URL('../../', import.meta.url);
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";

/** A page as one would write it by hand: one picture, one box, no bundler. The script is a file, so that a strict policy allows it. */
const script = (origin: string, settings: string) => `
import { BoundingBoxInnotation, configure, ImageInnotation, Innotater } from '${origin}/dist/innotater.js';
configure(${settings});
const boxes = [[10, 20, 30, 40]];
const view = new Innotater(
  new ImageInnotation([{ data: new Uint8Array(60000).fill(120), shape: [200, 300] }]),
  new BoundingBoxInnotation(boxes, { name: 'box' }),
);
view.mount(document.querySelector('#here'));
view.ready.then(() => { document.title = view.stats.backend; });
`;
const html =
  '<!doctype html><meta charset="utf-8"><title>waiting</title><div id="here"></div><script type="module" src="/page.js"></script>';

let other: string;
const serve = async (settings: string, headers: Record<string, string>, from = ''): Promise<Server> => {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    const send = (type: string, body: string | Buffer) => {
      response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', ...headers });
      response.end(body);
    };
    if (path === '/') send('text/html', html);
    else if (path === '/page.js') send('text/javascript', script(from, settings));
    else if (path.startsWith('/dist/')) send('text/javascript', readFileSync(new URL(`.${path}`, root)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  servers.push(server);
  return server;
};
const addressOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;

let browser: Browser;
const servers: Server[] = [];
beforeAll(async () => {
  execFileSync(process.execPath, ['src/build.mjs'], { cwd: root, stdio: 'ignore' });
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
  other = addressOf(await serve('{}', {}));
});
afterAll(async () => {
  await browser.close();
  for (const server of servers) server.close();
});

const open = async (server: Server) => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('favicon'))
      problems.push(message.text());
  });
  await page.goto(addressOf(server));
  await page.waitForFunction(() => document.title !== 'waiting');
  const backend = await page.title();
  const box = await page.getByRole('textbox', { name: 'box' }).inputValue();
  await page.close();
  return { backend, box, problems: problems.filter((text) => !text.includes('404')) };
};

const works = { backend: 'worker+simd', box: '10, 20, 30, 40', problems: [] };

describe('the package as built, without a bundler', () => {
  it('in a plain page with a module script', async () => {
    expect(await open(await serve('{}', {}))).toEqual(works);
  });
  it('from another origin', async () => {
    expect(await open(await serve('{}', {}, other))).toEqual(works);
  });
  it('under a strict policy, with the option that names the worker', async () => {
    const server = await serve("{ workerUrl: '/dist/worker.js' }", { 'content-security-policy': policy });
    expect(await open(server)).toEqual(works);
  });
  it('in Node: importing every entry point does nothing and fails nothing', () => {
    const entries = ['innotater', 'element', 'formats', 'kernels', 'sources'].map(
      (name) => `await import('./dist/${name}.js');`,
    );
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', entries.join('')], {
      cwd: root,
    });
    expect(printed.toString()).toBe('');
  });
  it('the workers are one file each, without imports', () => {
    for (const name of ['worker', 'sources-worker']) {
      const text = readFileSync(new URL(`dist/${name}.js`, root), 'utf8');
      expect(text).not.toMatch(/^\s*import[\s{]/m);
      expect(text).not.toMatch(/\bimport\(/);
    }
  });
});
