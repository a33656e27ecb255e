import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('demo/docs/pages/13-promises.md', root), 'utf8');

/** Rows of the table: what is promised, and the test by its file and (the beginning of) its title. */
const promises = [...page.matchAll(/^\| (.+) \| (.+) \| `(tests\/[^`]+)`: (.+) \|$/gm)].map(
  ([, when, what, file, title]) => ({ when, what, file: file!, title: title! }),
);

it('the table of promises is read whole', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ')).length;
  expect(promises.length).toBe(rows - 1);
  expect(promises.length).toBeGreaterThan(15);
});

it.each(promises)('$when: $what', ({ file, title }) => {
  const url = new URL(file, root);
  expect(existsSync(url), file).toBe(true);
  const titles = [
    ...readFileSync(url, 'utf8').matchAll(/\b(?:it|test)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])([\s\S]*?)\1/g),
  ];
  expect(titles.map(([, , text]) => text!).filter((text) => text.includes(title))).not.toEqual([]);
});
