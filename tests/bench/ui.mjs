/**
 * Frames of a form of 200 and 500 controls, beside Dear ImGui and the browser's own elements, lists of a million options and texts of a
 * megabyte: time in one page of a real Chromium, contestants in turn. The page is in `ui/`.
 */
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { sourceAliases } from '../source-aliases.mjs';

const root = fileURLToPath(new URL('./ui', import.meta.url));
const outDir = fileURLToPath(new URL('../../build/bench-ui', import.meta.url));

/** Isolated pages get a clock of 5 µs. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves the page and gives what `use` makes of it. */
const withPage = async (use) => {
  const config = { root, configFile: false, logLevel: 'error', resolve: { alias: sourceAliases } };
  await build({
    ...config,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 5000,
      // Dear ImGui's package names a loader that it does not hold.
      rolldownOptions: { external: [/loader-freetype-extensions/] },
    },
  });
  const server = await preview({
    ...config,
    build: { outDir },
    preview: { port: 0, strictPort: false, host: 'localhost', headers },
  });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => console.error(error));
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForFunction(() => globalThis.bench);
    return await use(page);
  } finally {
    await browser.close();
    await server.close();
  }
};

const stepNames = {
  change: 'one value changed',
  rest: 'a frame without change',
  hover: 'the pointer moves over controls',
};
const others = ['Innotater', 'Dear ImGui', 'plain DOM'];

/** One table of a step: ours with its parts, each other one with what it takes of ours. */
const stepRow = (controls, step, spreads) => {
  const ours = spreads[`ui layer: ${step}`];
  const part = (name) => spreads[`ui layer: ${step}: ${name}`].p50;
  const row = {
    scene: `${controls} controls, ${stepNames[step]}`,
    'ui layer': ours.p50,
    'ui layer, p95': ours.p95,
    'of that building and layout': part('ui'),
    'of that the mirror': part('mirror'),
    'of that drawing': part('draw'),
    'draw calls': part('draw calls'),
  };
  for (const name of others) {
    const spread = spreads[`${name}: ${step}`];
    if (!spread) continue;
    row[name] = spread.p50;
    row[`${name}, p95`] = spread.p95;
    row[`${name} by ui layer`] = spread.p50 / ours.p50;
  }
  return row;
};

const formRows = async (page, controls, rounds) => {
  const spreads = await page.evaluate((given) => globalThis.bench.form(...given), [controls, rounds]);
  return Object.keys(stepNames).map((step) => stepRow(controls, step, spreads));
};

const firstBuildRow = async (page) => {
  const spreads = await page.evaluate(() => globalThis.bench.firstBuild(200, 9));
  const row = { scene: '200 controls, first build with its WebGL context' };
  for (const name of ['ui layer', 'Innotater', 'plain DOM']) {
    const { p50, p95 } = spreads[`${name}: first build`];
    Object.assign(row, { [name]: p50, [`${name}, p95`]: p95 });
  }
  return row;
};

const [few, many] = [100, 1_000_000];

const listRows = async (page) => {
  const spreads = await page.evaluate((counts) => globalThis.bench.lists(counts, 60), [few, many]);
  return ['wheel', 'arrow', 'page', 'sample', 'open'].map((action) => {
    const [a, b] = [few, many].map((count) => spreads[`${count}: ${action}`]);
    return {
      scene: `list, ${action}`,
      [`${few} options`]: a.p50,
      [`${few} options, p95`]: a.p95,
      [`${many} options`]: b.p50,
      [`${many} options, p95`]: b.p95,
      ratio: b.p50 / a.p50,
    };
  });
};

const textRows = async (page) => {
  const spreads = await page.evaluate(() => globalThis.bench.longTexts(5));
  const names = Object.keys(spreads).flatMap((key) => (key.endsWith(': ours') ? [key.slice(0, -6)] : []));
  return names.map((name) => {
    const [ours, plain] = [spreads[`${name}: ours`], spreads[`${name}: plain`]];
    return {
      scene: `a text of a megabyte ${name}, until it is shown`,
      Innotater: ours.p50,
      'Innotater, p95': ours.p95,
      'a text area of the browser': plain.p50,
      'a text area of the browser, p95': plain.p95,
      ratio: ours.p50 / plain.p50,
    };
  });
};

/** Bytes of the heap after a collection. */
const heapBytes = async (session) => {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
};

const memoryRow = async (page) => {
  const session = await page.context().newCDPSession(page);
  const empty = await heapBytes(session);
  await page.evaluate((count) => globalThis.bench.hold.classes(count), many);
  const withClasses = await heapBytes(session);
  await page.evaluate(() => globalThis.bench.hold.view());
  const withView = await heapBytes(session);
  return {
    scene: `memory, ${many} options`,
    'MB of the words': (withClasses - empty) / 1e6,
    'MB of the view on them': (withView - withClasses) / 1e6,
  };
};

export const ui = () =>
  withPage(async (page) => [
    ...(await formRows(page, 200, 60)),
    ...(await formRows(page, 500, 30)),
    await firstBuildRow(page),
    { scene: 'idle', 'frames in 5 s': await page.evaluate(() => globalThis.bench.idle(200, 5000)) },
    ...(await listRows(page)),
    ...(await textRows(page)),
    await memoryRow(page),
  ]);
