/**
 * The guide: each page of `pages/` as HTML beside this file, and the reference made of the sources' docstrings. Written before the demo is
 * served or built, which then treats them as pages of its own.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import { reference } from './reference.mjs';
import { shortcutTables } from './shortcuts.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = `${here}site/`;

const escaped = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
const slug = (text) =>
  text
    .toLowerCase()
    .replace(/<[^>]*>|&\w+;/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** Headings can be linked to, tables scroll by themselves, code says what it is. */
const markdown = new Marked({
  renderer: {
    heading({ tokens, depth }) {
      const text = this.parser.parseInline(tokens);
      return `<h${depth} id="${slug(text)}">${text}</h${depth}>\n`;
    },
    code({ text, lang }) {
      return `<pre tabindex="0"><code data-language="${escaped(lang ?? '')}">${escaped(text)}</code></pre>\n`;
    },
    table(token) {
      const cells = (row, tag) =>
        `<tr>${row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
      const body = token.rows.map((row) => cells(row, 'td')).join('\n');
      return `<div class="scrolls" tabindex="0" role="group" aria-label="Table"><table><thead>${cells(token.header, 'th')}</thead><tbody>${body}</tbody></table></div>\n`;
    },
  },
});

/** Pages in their order: the number, with a letter where one came between, that the file's name begins with; no address has it. */
const pages = () => [
  ...readdirSync(`${here}pages`)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => {
      const text = readFileSync(`${here}pages/${file}`, 'utf8');
      return {
        file: `${file.replace(/^\d+[a-z]?-/, '').replace(/\.md$/, '')}.html`,
        title: /^# (.*)$/m.exec(text)[1],
        html: markdown.parse(text.replace('{{shortcuts}}', shortcutTables)),
      };
    }),
  { file: 'reference.html', title: 'Reference', html: reference(markdown, escaped) },
];

const page = ({ file, title, html }, all) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)} · Innotater</title>
    <link rel="icon" href="../../icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="../../style.css" />
    <link rel="stylesheet" href="../guide.css" />
    <script type="module" src="../guide.ts"></script>
  </head>
  <body data-home="../../">
    <main id="content" class="guide">
      <nav class="chapters" aria-label="Guide"><ul>
${all.map((other) => `        <li><a href="./${other.file}"${other.file === file ? ' aria-current="page"' : ''}>${escaped(other.title)}</a></li>`).join('\n')}
      </ul></nav>
      <article>
${html}
      </article>
    </main>
  </body>
</html>
`;

/** Writes every page anew; gives their paths. */
export const writeGuide = () => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const all = pages();
  return all.map((one) => {
    const path = `${out}${one.file}`;
    writeFileSync(path, page(one, all));
    return path;
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${writeGuide().length} pages of the guide in demo/docs/site`);
}
