import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('..', import.meta.url);
const rows = [...readFileSync(new URL('parity.md', folder), 'utf8').matchAll(/^\| ([A-Z]\d+) \|/gm)].map(
  ([, id]) => id!,
);

/** Titles of all tests and their suites, as they are written. */
const titles = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) => [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(
      /\b(?:describe|it|test|sweep)\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g,
    ),
  ])
  .map(([, , title]) => title!);

describe('rows of parity', () => {
  it('the table is read', () => expect(rows.length).toBeGreaterThan(80));
  for (const id of rows) {
    it(`a test has ${id} in its name`, () => {
      expect(titles.filter((title) => new RegExp(`\\b${id}\\b`).test(title))).not.toEqual([]);
    });
  }
});
