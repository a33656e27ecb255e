import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { NaiveModel, samples } from './naive-model.js';
import { randomOf } from './random.js';

const root = new URL('../../', import.meta.url);
const actions = Number(process.env.ACTIONS ?? 20_000);
/** How often the data are compared; 1 finds the action that went wrong. */
const every = Number(process.env.EVERY ?? 20);
const seed = Number(process.env.SEED ?? 20261126);

type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Soak = {
  start(): Promise<void>;
  end(): void;
  rect(selector: string): Rect | null;
  state(): { data: unknown; index: number; dirty: number[]; errors: string[] };
  loseContext(msAway: number): void;
  held(): object;
  settled(): Promise<void>;
  view: { index: number; ready: Promise<void> };
};
declare const soak: Soak;

let browser: Browser;
let server: Server;
let page: Page;
let devtools: CDPSession;
const problems: string[] = [];

beforeAll(async () => {
  execFileSync(process.execPath, ['src/build.mjs'], { cwd: root, stdio: 'ignore' });
  server = createServer((request, response) => {
    const path = request.url!;
    const isScript = path.endsWith('.js');
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    const file = path === '/soak-page.js' ? 'tests/long/soak-page.js' : `.${path}`;
    response.end(
      isScript
        ? readFileSync(new URL(file, root))
        : '<!doctype html><title>soak</title><div id="here"></div><script type="module" src="/soak-page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArguments, '--js-flags=--expose-gc'],
  });
  page = await browser.newPage({ viewport: { width: 900, height: 800 } });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  devtools = await page.context().newCDPSession(page);
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => 'soak' in globalThis);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const rectOf = (selector: string) => page.evaluate((wanted) => soak.rect(wanted), selector);

/** Presses the middle of a control; false where it is not there or disabled. */
const press = async (selector: string): Promise<boolean> => {
  const rect = await rectOf(selector);
  if (!rect) return false;
  await page.mouse.click(rect.x + rect.width / 2, rect.y + rect.height / 2);
  return true;
};
const button = (name: string) => `button[aria-label="${name}"]`;

const heapBytes = async (): Promise<number> => {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize;
};
/** Bytes of pixels at the first sample, everything there. */
const heldAtRest = async () => {
  await page.setViewportSize({ width: 900, height: 800 });
  await page.evaluate(async () => {
    // What is read ahead hangs on the direction in which one came.
    soak.view.index = 1;
    await soak.view.ready;
    soak.view.index = 0;
    await soak.view.ready;
  });
  await page.waitForTimeout(500);
  return page.evaluate(() => soak.held());
};

it(`${actions} actions of a random user end with the data of the naive model, no error and no growth (seed ${seed})`, async () => {
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  const model = new NaiveModel();
  const log: string[] = [];
  // What the code itself takes, once it has run, is no growth.
  await page.evaluate(() => soak.start());
  await page.evaluate(() => soak.end());
  const heapBefore = await heapBytes();
  await page.evaluate(() => soak.start());

  const draw = async () => {
    // Nobody draws on an image that is not there yet.
    await page.evaluate(() => soak.view.ready);
    const frame = await rectOf('[aria-label="Picture"]');
    if (frame?.width !== 240) return;
    const gesture = model.drawing(below);
    if (!gesture) return;
    const { from, to } = gesture;
    await page.mouse.move(frame.x + from[0], frame.y + from[1]);
    await page.mouse.down();
    await page.mouse.move(frame.x + (from[0] + to[0]) / 2, frame.y + (from[1] + to[1]) / 2);
    await page.mouse.move(frame.x + to[0], frame.y + to[1]);
    await page.mouse.up();
    gesture.done();
  };
  const type = async (selector: string, text: string, taken: () => void) => {
    if (!(await press(selector))) throw new Error(`${selector} is not there`);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
    taken();
  };
  const words = ['ä', 'word', 'two words', '日本', '🐜 ant', '<b>', ''];
  const kinds: readonly (readonly [string, number, () => Promise<unknown>])[] = [
    ['next', 8, async () => (await press(button('Next >'))) && model.go(model.index + 1)],
    ['previous', 7, async () => (await press(button('< Previous'))) && model.go(model.index - 1)],
    [
      'jump',
      2,
      async () => {
        const index = below(samples);
        await page.evaluate((to) => {
          soak.view.index = to;
          return soak.settled();
        }, index);
        model.go(index);
      },
    ],
    ['draw', 10, draw],
    [
      'type a box',
      3,
      async () => {
        const box = [below(100), below(100), 1 + below(100), 1 + below(60)];
        await type('input[aria-label="box"]', box.join(', '), () => model.set('boxes', box));
      },
    ],
    [
      'type a text',
      5,
      async () => {
        const text = words[below(words.length)]! + (below(3) ? below(1000) : '');
        await type('input[aria-label="text"]', text, () => model.set('texts', text));
      },
    ],
    [
      'class',
      6,
      async () => {
        const kind = below(3);
        if (
          await press(`[role="option"][aria-posinset="${kind + 1}"], [role="option"]:nth-child(${kind + 1})`)
        )
          model.set('kinds', kind);
      },
    ],
    ['flag', 4, async () => (await press('input[type="checkbox"][aria-label="flag"]')) && model.toggleFlag()],
    [
      'mark',
      4,
      async () => {
        const row = below(3);
        if (await press(`input[aria-label="mark_${row}"]`)) model.toggleMark(row);
      },
    ],
    ['undo', 7, async () => (await press(button('Undo'))) && model.undo()],
    ['redo', 4, async () => (await press(button('Redo'))) && model.redo()],
    ['save', 2, async () => (await press(button('Save'))) && model.save()],
    [
      'resize',
      1,
      async () => {
        await page.setViewportSize({ width: 420 + below(700), height: 500 + below(500) });
        await page.evaluate(() => soak.settled());
      },
    ],
    ['lose the context', 1, () => page.evaluate((ms) => soak.loseContext(ms), below(60))],
  ];
  const changing = ['class', 'draw', 'flag', 'mark', 'redo', 'type a box', 'type a text', 'undo'];
  const lots = kinds.flatMap((kind) => Array.from({ length: kind[1] }, () => kind));
  const check = async (after: number) => {
    const { data, index, dirty, errors } = await page.evaluate(() => soak.state());
    expect({ after, data, index, dirty, errors, log: [] }, log.slice(-25).join(' · ')).toEqual({
      after,
      ...model.state,
      errors: [],
      log: [],
    });
  };

  /** Actions that changed something, by their kind: each must have happened. */
  const took = new Map<string, number>();
  let atRest: object | undefined;
  for (let i = 1; i <= actions; i++) {
    const [name, , act] = lots[below(lots.length)]!;
    log.push(`${i} ${name}`);
    const steps = model.steps;
    await act();
    if (model.steps > steps) took.set(name, (took.get(name) ?? 0) + 1);
    if (i % every === 0) await check(i);
    if (i % 2000 === 0) {
      model.go(0);
      const held = await heldAtRest();
      atRest ??= held;
      expect(held).toEqual(atRest);
      console.log(`${i} actions, ${(await heapBytes()) - heapBefore} bytes of heap more than before`, held);
    }
  }
  await check(actions);
  console.log('changed something:', Object.fromEntries(took));
  expect([...took.keys()].sort()).toEqual(changing);
  expect(problems.filter((text) => !/CONTEXT_LOST/.test(text))).toEqual([]);
  await page.evaluate(() => soak.end());
  await page.waitForTimeout(1000);
  expect((await heapBytes()) - heapBefore).toBeLessThan(5e6);
});
