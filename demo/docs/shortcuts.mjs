/** The tables of keys that the guide shows, read from where they are listed. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const shortcutsFile = new URL('../../src/innotations/keymap.ts', import.meta.url);
const sheetFile = new URL('../../src/innotater/shortcut-sheet.ts', import.meta.url);

const parsed = (url) =>
  ts.createSourceFile(url.pathname, readFileSync(url, 'utf8'), ts.ScriptTarget.ES2022, true);

/** The value of a constant that is written out as a literal. */
const literal = (file, name) => {
  let found;
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText(file) === name) found = node.initializer;
    ts.forEachChild(node, visit);
  };
  visit(file);
  while (ts.isSatisfiesExpression(found) || ts.isAsExpression(found)) found = found.expression;
  return new Function(`return ${found.getText(file)}`)();
};

const cell = (text) => text.replaceAll('|', '\\|');
const table = (title, rows) =>
  [
    `## ${title}`,
    '',
    '| keys | what they do |',
    '|---|---|',
    ...rows.map(([keys, does]) => `| ${cell(keys)} | ${cell(does)} |`),
  ].join('\n');
const keysOf = (keys) =>
  keys.map((key) => (key === '`' ? '`` ` ``' : `\`${key.replace('Mod', 'Ctrl/⌘')}\``)).join(' ');

/** Markdown: a table for each place where keys work. */
export const shortcutTables = () => {
  const shortcuts = Object.entries(literal(parsed(shortcutsFile), 'shortcutTable'));
  const inScope = (scope) =>
    shortcuts
      .filter(([, one]) => one.scope === scope)
      .map(([name, { keys, does }]) => [keysOf(keys), `${does} (\`${name}\`)`]);
  const fixed = Object.entries(literal(parsed(sheetFile), 'fixedKeys')).map(([title, rows]) =>
    table(
      title,
      rows.map(({ keys, does }) => [keys, does]),
    ),
  );
  return [
    table('Everywhere in a view', inScope('view')),
    table('On a focused image', inScope('image')),
    ...fixed,
  ].join('\n\n');
};
