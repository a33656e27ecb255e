import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { build, createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { entries, workerEntries } from '../../src/entries.mjs';
import { chromiumArguments, findChromium } from '../chromium.mjs';
import { installPackage, type Project } from './installed.js';
import { serveFolder } from './static-server.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What a page with images and boxes may load, worker and wasm with it, gzipped. 89.9 kB were
 * reached; what grows beyond is to be loaded where it is used.
 */
const mostBytes = 90_000;

const page = (script: string) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>waiting</title><div id="here"></div>${script}`;
const main = (from: string) => `
import { BoundingBoxInnotation, ImageInnotation, Innotater } from '${from}';
const view = new Innotater(
  new ImageInnotation(['picture.png'], { name: 'photo' }),
  new BoundingBoxInnotation([[10, 20, 30, 40]], { name: 'box' }),
);
view.mount(document.querySelector('#here'));
view.ready.then(() => { document.title = view.stats.backend; });
`;
const orange = [230, 120, 20, 255];
const picture = (): Buffer => {
  const png = new PNG({ width: 300, height: 200 });
  for (let i = 0; i < png.data.length; i += 4) png.data.set(orange, i);
  return PNG.sync.write(png);
};

let project: Project;
let browser: Browser;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  project = installPackage();
  const file = (name: string, content: string | Buffer) => writeFileSync(join(project.folder, name), content);
  file('main.js', main('innotater'));
  file('index.html', page('<script type="module" src="/main.js"></script>'));
  mkdirSync(join(project.folder, 'public'));
  file('public/picture.png', picture());
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
});
afterAll(async () => {
  await browser?.close();
  for (const close of closing) await close();
  project?.remove();
});

/** A folder of the project for what a bundler makes, with the page that shows it. */
const outputFolder = (name: string, script: string): string => {
  const folder = join(project.folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), page(script));
  cpSync(join(project.folder, 'public/picture.png'), join(folder, 'picture.png'));
  return folder;
};
const served = async (folder: string, headers = {}) => {
  const server = await serveFolder(folder, headers);
  closing.push(server.close);
  return server.url;
};

/** Opens a page and waits until its picture is drawn; `bytes`: of all scripts that it loaded, gzipped. */
const open = async (url: string) => {
  const tab = await browser.newPage({ viewport: { width: 500, height: 500 } });
  const problems: string[] = [];
  const bodies: Promise<number>[] = [];
  tab.on('pageerror', (error) => problems.push(error.message));
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  tab.on('response', (response) => {
    const isScript = /javascript|wasm/.test(response.headers()['content-type'] ?? '');
    if (isScript && response.url().startsWith('http'))
      bodies.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await tab.goto(url);
  await tab.waitForFunction(() => document.title !== 'waiting', undefined, { timeout: 20_000 });
  const frame = (await tab.getByRole('group', { name: 'photo' }).boundingBox())!;
  const shot = PNG.sync.read(await tab.screenshot());
  const at =
    (Math.round(frame.y + frame.height - 20) * shot.width + Math.round(frame.x + frame.width / 2)) * 4;
  const [backend, box] = [await tab.title(), await tab.getByRole('textbox', { name: 'box' }).inputValue()];
  const bytes = (await Promise.all(bodies)).reduce((sum, n) => sum + n, 0);
  await tab.close();
  return { shown: { backend, box, pixel: [...shot.data.subarray(at, at + 4)], problems }, bytes };
};
const works = { backend: 'worker+simd', box: '10, 20, 30, 40', pixel: orange, problems: [] };

describe('a project that installs the package and configures nothing', () => {
  it('Vite: the development server', async () => {
    const server = await createServer({
      root: project.folder,
      configFile: false,
      logLevel: 'silent',
      server: { port: 0, host: 'localhost', watch: null },
    });
    closing.push(() => server.close());
    await server.listen();
    expect((await open(server.resolvedUrls!.local[0]!)).shown).toEqual(works);
  });
  it(`Vite: the build; all that its page loads is at most ${mostBytes / 1000} kB gzipped`, async () => {
    await build({ root: project.folder, configFile: false, logLevel: 'error', build: { outDir: 'vite' } });
    const { shown, bytes } = await open(await served(join(project.folder, 'vite')));
    expect(shown).toEqual(works);
    console.log(`a page with images and boxes loads ${(bytes / 1000).toFixed(1)} kB gzipped (Vite build)`);
    expect(bytes).toBeLessThanOrEqual(mostBytes);
  });
  it('webpack', async () => {
    const folder = outputFolder('webpack', '<script src="main.js" defer></script>');
    const problems = await new Promise<string>((resolve, reject) => {
      const compiler = webpack({
        mode: 'production',
        context: project.folder,
        entry: './main.js',
        output: { path: folder },
        performance: false,
      })!;
      compiler.run((error, stats) => {
        compiler.close(() => {});
        if (error) reject(error);
        else resolve(stats!.toString({ all: false, errors: true, warnings: true }));
      });
    });
    expect(problems).toBe('');
    expect((await open(await served(folder))).shown).toEqual(works);
  });
  for (const [title, options, script] of [
    ['esbuild: one file', {}, '<script src="main.js" defer></script>'],
    [
      'esbuild: a module with chunks',
      { splitting: true, format: 'esm', minify: true },
      '<script type="module" src="main.js"></script>',
    ],
  ] as const) {
    it(title, async () => {
      const folder = outputFolder(`esbuild ${title.length}`, script);
      const { warnings } = await esbuild.build({
        absWorkingDir: project.folder,
        entryPoints: ['main.js'],
        bundle: true,
        outdir: folder,
        logLevel: 'silent',
        ...options,
      });
      expect(warnings).toEqual([]);
      expect((await open(await served(folder))).shown).toEqual(works);
    });
  }
  it('no bundler: a module script from another origin', async () => {
    const other = await served(join(project.folder, 'node_modules/innotater'));
    const folder = outputFolder('plain', '<script type="module" src="main.js"></script>');
    writeFileSync(join(folder, 'main.js'), main(`${other}dist/innotater.js`));
    const { shown, bytes } = await open(await served(folder));
    expect(shown).toEqual(works);
    console.log(`a page with images and boxes loads ${(bytes / 1000).toFixed(1)} kB gzipped (no bundler)`);
  });
});

describe('the packed package', () => {
  const manifest = () =>
    JSON.parse(readFileSync(join(project.folder, 'node_modules/innotater/package.json'), 'utf8'));

  it('exports what the table of entries says, and every file is there', () => {
    const expected = Object.fromEntries(
      [...entries, ...workerEntries].map(({ path, source, file }) => [
        path,
        { types: `./dist/types/${source.replace(/\.ts$/, '.d.ts')}`, default: `./dist/${file}.js` },
      ]),
    );
    const { exports } = manifest();
    const files = { './custom-elements.json': './custom-elements.json', './package.json': './package.json' };
    expect(exports).toEqual({ ...expected, ...files });
    for (const target of Object.values<string | { types: string; default: string }>(exports)) {
      const files = typeof target === 'string' ? [target] : Object.values(target);
      for (const file of files) readFileSync(join(project.folder, 'node_modules/innotater', file));
    }
  });
  it('publint finds nothing', async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(project.folder, 'node_modules/innotater'),
      strict: true,
      pack: false,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });
  it('attw finds nothing', () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const options = ['--profile', 'esm-only', '--no-definitely-typed', '--no-color', '--format', 'ascii'];
    const { status, stdout } = spawnSync(process.execPath, [attw, project.tarball, ...options], {
      encoding: 'utf8',
    });
    expect(status, stdout).toBe(0);
  });
  it('the types of every entry need no other package, libraries looked at as well', () => {
    const own = [...entries, ...workerEntries].filter(({ typesOnly }) => !typesOnly);
    const lines = own.map(
      ({ path }, i) => `import * as m${i} from 'innotater${path.slice(1)}';\nvoid m${i};\n`,
    );
    const file = join(project.folder, 'all-entries.ts');
    writeFileSync(file, lines.join(''));
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    });
    const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const path = file?.fileName.split('node_modules/').at(-1) ?? '';
      return `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(program.getSourceFile(file)).toBeDefined();
    expect(faults).toEqual([]);
  });
  it('in Node, importing every entry does nothing and fails nothing', () => {
    const names = entries.map(({ path }) => `await import('innotater${path.slice(1)}');`);
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', names.join('')], {
      cwd: project.folder,
      stdio: 'pipe',
    });
    expect(printed.toString()).toBe('');
  });
});
