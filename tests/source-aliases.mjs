import { fileURLToPath } from 'node:url';
import { entries } from '../src/entries.mjs';

/** The package by its name, resolved to the sources: what the demo and the tests import. */
export const sourceAliases = entries.map(({ path, source }) => ({
  find: new RegExp(`^innotater${path.slice(1)}$`),
  replacement: fileURLToPath(new URL(`../${source}`, import.meta.url)),
}));
