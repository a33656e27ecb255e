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
/** The same with a TIFF, which is decoded by code that is loaded for it. */
const tiffScript = (origin: string, settings: string) => `
import { BoundingBoxInnotation, configure, ImageInnotation, Innotater } from '${origin}/dist/innotater.js';
import { openTiff } from '${origin}/dist/sources.js';
configure(${settings});
const bytes = await (await fetch('/picture.tif')).arrayBuffer();
const file = new File([bytes], 'picture.tif');
const tiles = await openTiff(file);
const tile = await tiles.getTile(0, 0, 0, { signal: new AbortController().signal });
tiles.close();
const view = new Innotater(new ImageInnotation([file]), new BoundingBoxInnotation([[10, 20, 30, 40]], { name: 'box' }));
view.addEventListener('error', (event) => { document.title = event.detail.error.message; });
view.mount(document.querySelector('#here'));
view.ready.then(() => { document.title = [tiles.width, tiles.levels.length, tile.shape].join(); });
`;
const html =
  '<!doctype html><meta charset="utf-8"><title>waiting</title><div id="here"></div><script type="module" src="/page.js"></script>';

let other: string;
const serve = async (
  settings: string,
  headers: Record<string, string>,
  from = '',
  pageScript = script,
): Promise<Server> => {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    const send = (type: string, body: string | Buffer) => {
      response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', ...headers });
      response.end(body);
    };
    if (path === '/') send('text/html', html);
    else if (path === '/page.js') send('text/javascript', pageScript(from, settings));
    else if (path === '/picture.tif')
      send('image/tiff', readFileSync(new URL('tests/fixtures/tiff/vips-jpeg.tif', root)));
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
  it('the one page of the guide that needs no build, beside a copy of dist/', async () => {
    const text = readFileSync(new URL('demo/docs/pages/01-getting-started.md', root), 'utf8');
    const body = /^```html\n([\s\S]*?)^```/m.exec(text)![1]!;
    const page = await browser.newPage();
    const copied = 'http://page.test/innotater/';
    await page.route(`${copied}**`, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: readFileSync(new URL(`dist/${route.request().url().slice(copied.length)}`, root)),
      }),
    );
    await page.route('http://page.test/', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto('http://page.test/');
    expect(await page.getByRole('textbox', { name: 'Animal' }).inputValue()).toBe('10, 20, 30, 40');
    await page.close();
  });
  const tiff = { backend: '403,4,64,64,3', box: '10, 20, 30, 40', problems: [] };
  it('a TIFF in a plain page, and from another origin', async () => {
    expect(await open(await serve('{}', {}, '', tiffScript))).toEqual(tiff);
    expect(await open(await serve('{}', {}, other, tiffScript))).toEqual(tiff);
  });
  it('a TIFF under a strict policy: in the worker that an option names, else on the page, which is told once', async () => {
    const strict = { 'content-security-policy': policy };
    const named = "{ workerUrl: '/dist/worker.js', sourcesWorkerUrl: '/dist/sources-worker.js' }";
    expect(await open(await serve(named, strict, '', tiffScript))).toEqual(tiff);
    const { problems, ...rest } = await open(
      await serve("{ workerUrl: '/dist/worker.js' }", strict, '', tiffScript),
    );
    expect(rest).toEqual({ backend: tiff.backend, box: tiff.box });
    expect(
      problems.filter((text) => text.startsWith('innotater: the worker that decodes TIFF did not start')),
    ).toHaveLength(1);
    expect(problems.join()).toContain('sourcesWorkerUrl');
  });
  it('the workers are one file each, without imports', () => {
    for (const name of ['worker', 'sources-worker']) {
      const text = readFileSync(new URL(`dist/${name}.js`, root), 'utf8');
      expect(text).not.toMatch(/^\s*import[\s{]/m);
      expect(text).not.toMatch(/\bimport\(/);
    }
  });
});
