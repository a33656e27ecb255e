import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, openDemo, startDemo, violations } from './support.js';

const root = new URL('../../', import.meta.url);
const guide = new URL('demo/docs/pages/', root);
const texts: Readonly<Record<string, string>> = Object.fromEntries(
  [new URL('README.md', root), ...readdirSync(guide).map((file) => new URL(file, guide))].map((url) => [
    url.pathname.slice(root.pathname.length),
    readFileSync(url, 'utf8'),
  ]),
);

const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code!);

/** The code of a page is one module: a later block goes on from those before. */
const modules = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [
    new URL(`tests/demo/code-of-${path.replace(/\W+/g, '-')}.ts`, root).pathname,
    `${blocks(text, 'ts').join('\n')}\nexport {};\n`,
  ]),
);

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: ['vite/client'],
  paths: {
    innotater: [new URL('src/innotater/index.ts', root).pathname],
    'innotater/kernels': [new URL('workers/kernels.ts', root).pathname],
    'innotater/*': [new URL('src/*/index.ts', root).pathname],
  },
};

describe('the code in README and guide', () => {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file in modules || fileExists.call(host, file);
  host.getSourceFile = (file, ...rest) =>
    file in modules
      ? ts.createSourceFile(file, modules[file]!, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...rest);
  let program: ts.Program;
  beforeAll(() => {
    program = ts.createProgram(Object.keys(modules), options, host);
  });
  for (const name of Object.keys(modules)) {
    it(`compiles against the package: ${name.split('code-of-')[1]}`, () => {
      const own = program.getSourceFile(name)!;
      const faults = [...program.getSemanticDiagnostics(own), ...program.getSyntacticDiagnostics(own)];
      expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
    });
  }

  it('the commands are those of the package', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    const used = Object.values(texts).flatMap((text) =>
      blocks(text, 'sh').flatMap((code) => [...code.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!)),
    );
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('Python is Python, where there is one', () => {
    const folder = mkdtempSync(`${tmpdir()}/guide-`);
    try {
      const code = Object.values(texts).flatMap((text) => blocks(text, 'py'));
      writeFileSync(`${folder}/code.py`, code.join('\n'));
      execFileSync('python3', ['-m', 'py_compile', `${folder}/code.py`], { stdio: 'pipe' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the guide, built', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.close());

  const files = () => readdirSync(new URL('demo/docs/site/', root)).filter((file) => file.endsWith('.html'));

  it('axe-core finds nothing on any page, wide and light, narrow and dark; every link leads somewhere', async () => {
    expect(files().length).toBeGreaterThan(10);
    expect((await fetch(`${demo.url}docs/site/nowhere.html`)).status).toBe(404);
    for (const file of files()) {
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [380, 'dark'],
      ] as const) {
        const page = await demo.browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        await page.goto(`${demo.url}docs/site/${file}`);
        await page.getByRole('contentinfo').waitFor();
        expect(await violations(page), `${file} ${width}`).toEqual([]);
        if (width === 1280) {
          const links = await page.$$eval('main a', (all) =>
            all.map((link) => (link as HTMLAnchorElement).href),
          );
          for (const link of new Set(links)) {
            if (!link.startsWith(demo.url)) continue;
            const [address, fragment] = link.split('#');
            const answer = await fetch(address!);
            expect(answer.ok, `${file}: ${link}`).toBe(true);
            if (fragment) expect(await answer.text(), link).toContain(`id="${fragment}"`);
          }
        }
        await page.close();
      }
    }
  });

  it('addresses have the names of their pages, without what orders them', () => {
    expect(files()).toEqual(
      expect.arrayContaining(['large-tables.html', 'annotation-files.html', 'many-samples-at-once.html']),
    );
    expect(files().filter((file) => /^\d/.test(file))).toEqual([]);
  });

  it('the reference has a word for every option, event and figure, and no internals', () => {
    const text = readFileSync(new URL('demo/docs/site/reference.html', root), 'utf8');
    const sections = [...text.matchAll(/<section><h3 id="(\w+)">.*?<\/section>/gs)].map(([html, name]) => ({
      html,
      name: name!,
    }));
    const codeOf = (html: string) => /<code data-language="ts">(.*?)<\/code>/s.exec(html)![1]!;
    const tables = sections.filter(({ name }) => /(Options|Configuration|Events|Stats)$/.test(name));
    expect(tables.length).toBeGreaterThan(15);
    const untold = tables.flatMap(({ html, name }) => {
      const told = new Set([...html.matchAll(/<dt><code>(.*?)<\/code>/g)].map(([, one]) => one));
      const own = [...codeOf(html).matchAll(/^ {4}(?:readonly )?(\w+)\??:/gm)].map(([, one]) => one!);
      return own.filter((one) => !told.has(one)).map((one) => `${name}.${one}`);
    });
    expect(untold).toEqual([]);
    const names = sections.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Innotation', 'Stage', 'Ui', 'MultiClassOptions']));
    expect(names).not.toContain('BoxHost');
    expect(text).not.toMatch(/attachBox|labelWith|texturesLost\(\)[^<]*pick\(|wrote\(/);
  });

  it('is reached from the menu of every page', async () => {
    const { page } = await openDemo(demo);
    await page.getByRole('link', { name: 'Guide' }).click();
    await page.getByRole('heading', { name: 'Getting started', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Guide' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('link', { name: 'Reference' }).click();
    await page.getByRole('heading', { name: 'BoundingBoxInnotation' }).waitFor();
    await page.getByRole('link', { name: 'Boxes on photos' }).click();
    await page.getByRole('heading', { name: /boxes/i, level: 1 }).waitFor();
  });
});
