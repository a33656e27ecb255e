import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';

const root = new URL('../../', import.meta.url);
const files: Readonly<Record<string, readonly [string, URL]>> = {
  '/host.js': ['text/javascript', new URL('anywidget-host.js', import.meta.url)],
  '/anywidget.js': ['text/javascript', new URL('dist/anywidget.js', root)],
};

const html = `<!doctype html><meta charset="utf-8"><title>host</title><body></body>
<script type="module">import * as tools from '/host.js'; globalThis.tools = tools;</script>`;

let browser: Browser;
let server: Server;
let page: Page;
let problems: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = files[request.url!];
    response.writeHead(200, { 'content-type': file ? file[0] : 'text/html' });
    response.end(file ? readFileSync(file[1]) : html);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** What the tests reach from the page: the model, and what it is shown with. */
type Host = {
  model: {
    get(trait: string): never;
    saved: Record<string, never>[];
    sent: { type: string; id: number; uindexes: number[] }[];
    receive(traits: object): void;
    fire(event: string, ...facts: unknown[]): void;
    listenerCount: number;
  };
  destroy(): void;
  ends: (() => void)[];
  show(): HTMLElement;
  arrived(typed: ArrayBufferView): DataView;
  numbers(view: DataView, Type: unknown): number[];
};
declare const host: Host;
// biome-ignore lint/suspicious/noExplicitAny: a script of the page
declare const tools: any;

/** A page with one output of three grey images, boxes and classes on them. */
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(async () => {
    const { Model, arrived, numbers, importWidget } = tools;
    const widget = await importWidget('/anywidget.js');
    const model = new Model({
      pictures: arrived(new Uint8Array(3 * 200 * 300).fill(128)),
      boxes: arrived(Float32Array.of(0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0)),
      kinds: [0, 1, 0],
      index: 0,
      inputs: [
        {
          type: 'ImageInnotation',
          data: { trait: 'pictures', dtype: 'uint8', shape: [3, 200, 300] },
          desc: 'Scan',
        },
      ],
      targets: [
        { type: 'BoundingBoxInnotation', data: { trait: 'boxes', dtype: '<f4', shape: [3, 4] }, desc: 'Box' },
        { type: 'MultiClassInnotation', data: { trait: 'kinds' }, classes: ['cell', 'dust'], desc: 'Kind' },
        { type: 'ButtonInnotation', desc: 'Again', name: 'again' },
      ],
      options: { label: 'Cells', save: true },
    });
    const destroy = widget.initialize({ model });
    const ends: (() => void)[] = [];
    const show = () => {
      const el = document.body.appendChild(document.createElement('div'));
      ends.push(widget.render({ model, el }));
      return el;
    };
    show();
    Object.assign(globalThis, { host: { model, destroy, ends, show, arrived, numbers } });
  });
  await page.getByRole('group', { name: 'Scan' }).first().waitFor();
});

const draw = async (from: readonly [number, number], to: readonly [number, number]) => {
  const frame = (await page.getByRole('group', { name: 'Scan' }).first().boundingBox())!;
  await page.mouse.move(frame.x + from[0], frame.y + from[1]);
  await page.mouse.down();
  await page.mouse.move(frame.x + to[0], frame.y + to[1], { steps: 3 });
  await page.mouse.up();
};
const boxField = () => page.getByRole('textbox', { name: 'Box' }).first();
const sentBoxes = () =>
  page.evaluate(() => host.numbers(host.model.get('boxes'), Float32Array)) as Promise<number[]>;
const saved = (trait: string) =>
  page.waitForFunction((name) => host.model.saved.find((traits) => name in traits)?.[name], trait);

describe('in a notebook', () => {
  it('a box that is drawn is written back to its trait as bytes, with the change beside it in one message', async () => {
    await draw([20, 30], [120, 90]);
    await saved('boxes');
    expect((await sentBoxes()).slice(0, 8)).toEqual([20, 30, 100, 60, 1, 2, 3, 4]);
    expect(await page.evaluate(() => host.model.saved)).toEqual([
      {
        boxes: expect.anything(),
        changes: [{ uindex: 0, name: 'boxes', repeatIndex: -1, value: [20, 30, 100, 60] }],
      },
    ]);
    expect(problems).toEqual([]);
  });
  it('what the kernel sets is shown, at the same sample, and steps go both ways', async () => {
    await page.getByRole('button', { name: 'Next >' }).click();
    await saved('index');
    expect(await boxField().inputValue()).toBe('1, 2, 3, 4');
    await page.evaluate(() =>
      host.model.receive({ boxes: host.arrived(Float32Array.of(9, 9, 9, 9, 5, 6, 70, 80, 9, 9, 9, 9)) }),
    );
    await expect.poll(() => boxField().inputValue()).toBe('5, 6, 70, 80');
    await page.evaluate(() => host.model.receive({ index: 2 }));
    await expect.poll(() => boxField().inputValue()).toBe('9, 9, 9, 9');
    expect(problems).toEqual([]);
  });
  it('a list goes back as a list', async () => {
    await page.getByRole('option', { name: 'dust' }).click();
    await saved('kinds');
    expect(await page.evaluate(() => host.model.get('kinds'))).toEqual([1, 1, 0]);
  });
  it('two outputs of one model show the same data', async () => {
    await page.evaluate(() => void host.show());
    await expect.poll(() => boxField().count()).toBe(1);
    await draw([20, 30], [120, 90]);
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Box' }).nth(1).inputValue())
      .toBe('20, 30, 100, 60');
  });
  it('Save asks the kernel, which has the edits already, and counts as done when it says so', async () => {
    await draw([20, 30], [120, 90]);
    await page.getByRole('button', { name: 'Save' }).click();
    const asked = await page.waitForFunction(() => host.model.sent[0]);
    expect(await asked.jsonValue()).toEqual({ type: 'save', id: 1, uindexes: [0] });
    expect((await sentBoxes()).slice(0, 4)).toEqual([20, 30, 100, 60]);
    await page.evaluate(() => host.model.fire('msg:custom', { type: 'saved', id: 1, ok: true }, []));
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  });
  it('a button tells the kernel', async () => {
    await page.getByRole('button', { name: 'Again' }).click();
    const told = await page.waitForFunction(() => host.model.sent[0]);
    expect(await told.jsonValue()).toEqual({ type: 'click', name: 'again', uindex: 0, repeatIndex: -1 });
  });
  it('wrong traits show why, and the view once they are right', async () => {
    const targets = await page.evaluate(() => host.model.get('targets'));
    await page.evaluate(() =>
      host.model.receive({
        targets: [{ type: 'BoundingBoxInnotation', data: { trait: 'boxes', dtype: 'f8', shape: [3, 4] } }],
      }),
    );
    await expect
      .poll(() => page.getByRole('alert').allTextContents())
      .toEqual(['Trait boxes: its shape (3, 4) of f8 needs 96 bytes, it has 48']);
    await page.evaluate(() => host.model.receive({ targets: [{ type: 'Boxes' }] }));
    await expect
      .poll(() => page.getByRole('alert').allTextContents())
      .toEqual([expect.stringContaining("'Boxes' is not known")]);
    await page.evaluate((right) => host.model.receive({ targets: right }), targets);
    await boxField().waitFor({ state: 'attached' });
    expect(await page.getByRole('alert').allTextContents()).not.toContain(expect.stringContaining('Trait'));
    expect(problems).toEqual([]);
  });
  it('an output that goes away leaves nothing in its element, a model that is destroyed no listener; edits are sent before', async () => {
    await draw([20, 30], [120, 90]);
    await page.evaluate(() => host.ends[0]!());
    expect(await page.evaluate(() => document.querySelector('body > div')!.childNodes.length)).toBe(0);
    await page.evaluate(() => host.destroy());
    expect((await sentBoxes()).slice(0, 4)).toEqual([20, 30, 100, 60]);
    expect(await page.evaluate(() => host.model.listenerCount)).toBe(0);
  });
});
