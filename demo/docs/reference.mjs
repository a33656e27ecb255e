/** The reference: what each entry point exports, its declaration, and its docstring, read from the sources. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { entries } from './entries.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noLib: true,
  types: [],
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** A source as its declarations alone, by its path: made from its own text, without looking at what it imports. */
const declared = new Map();
const declarationsOf = (source) => {
  const { fileName } = source;
  if (!declared.has(fileName)) {
    const { outputText } = ts.transpileDeclaration(source.text, {
      fileName,
      compilerOptions: { target: options.target },
    });
    declared.set(fileName, ts.createSourceFile(fileName, outputText, options.target, true));
  }
  return declared.get(fileName);
};

/** The statement of a file that declares a name. */
const statementOf = (file, name) =>
  file.statements.find((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.some((one) => one.name.getText(file) === name)
      : statement.name?.getText(file) === name,
  );

/** Marked as what only the package itself calls. */
const isInternal = (node) => ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');

const isShown = (node) =>
  !isInternal(node) &&
  (node.name === undefined ||
    (!ts.isPrivateIdentifier(node.name) &&
      (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) === 0));

/** Rows of the parity table that docstrings name: of use to those who work on the sources. */
const parityIds = / \([A-Z]\d+(?:, [A-Z]\d+)*\)/g;

const docOf = (node) => {
  const comment = node.jsDoc?.at(-1)?.comment;
  const text = typeof comment === 'string' ? comment : (ts.getTextOfJSDocComment(comment) ?? '');
  return text.replace(parityIds, '');
};

/** Members of a class, an interface, or the objects of a type. */
const allMembers = (node) => {
  if (node.members) return [...node.members];
  if (ts.isTypeAliasDeclaration(node)) return allMembers(node.type);
  return ts.isIntersectionTypeNode(node) ? node.types.flatMap(allMembers) : [];
};

/** Of the Innotations that come with the package what the base has is told there; the rest is shown where it has a word. */
const isOurInnotation = (node) =>
  ts.isClassDeclaration(node) && node.name.text.endsWith('Innotation') && !isAbstract(node);
const isAbstract = (node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;

const shownMembers = (node) => {
  const all = allMembers(node).filter(isShown);
  if (!isOurInnotation(node)) return all;
  const told = new Set(all.filter((one) => docOf(one) !== '').map((one) => one.name?.getText()));
  return all.filter((one) => ts.isConstructorDeclaration(one) || told.has(one.name?.getText()));
};

/** The text of a declaration without comments and without what is not shown. */
const printed = (node, file) => {
  const start = node.getStart(file);
  const shown = new Set(shownMembers(node));
  const text = allMembers(node)
    .filter((member) => !shown.has(member))
    .reverse()
    .reduce((rest, { pos, end }) => rest.slice(0, pos - start) + rest.slice(end - start), node.getText(file));
  return text
    .replace(/\/\*\*[\s\S]*?\*\/\s*/g, '')
    .replace(/^\s*#private;\n/m, '')
    .replace(/^(export )?(declare )?/, '')
    .replace(isOurInnotation(node) ? / implements [^{]+/ : '', ' ')
    .replace(/^\s*private [^\n]*\n/gm, '')
    .trim();
};

/** Members that have a docstring of their own. */
const members = (node) => shownMembers(node).filter((member) => docOf(member) !== '');

const memberName = (member, file) =>
  ts.isConstructorDeclaration(member) ? 'constructor' : (member.name?.getText(file) ?? '');

const entryHtml = ({ name, node, file }, markdown, escaped) => {
  const details = members(node)
    .map(
      (member) =>
        `<dt><code>${escaped(memberName(member, file))}</code></dt><dd>${markdown.parseInline(docOf(member))}</dd>`,
    )
    .join('\n');
  return `<section><h3 id="${name}">${name}</h3>
${markdown.parse(docOf(node))}
<pre tabindex="0"><code data-language="ts">${escaped(printed(node, file))}</code></pre>
${details && `<dl>${details}</dl>`}</section>`;
};

/** A class that is exported under its base's name is told of as that. */
const named = (checker, symbol, name) => {
  const base = symbol.declarations?.[0]?.heritageClauses?.[0]?.types[0]?.expression;
  if (symbol.name === name || base?.text !== name) return symbol;
  const found = checker.getSymbolAtLocation(base);
  return found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
};

/** What a module exports, each with the declaration it leads to. */
const exportsOf = (checker, module) =>
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(module))
    .flatMap((symbol) => {
      const real = named(
        checker,
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
        symbol.name,
      );
      const source = real.declarations?.[0]?.getSourceFile();
      if (!source || symbol.name === 'default') return [];
      const file = declarationsOf(source);
      const node = statementOf(file, real.name);
      return node && isShown(node) ? [{ name: symbol.name, node, file }] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name));

export const reference = (markdown, escaped) => {
  const paths = entries.map(({ source }) => root + source);
  const program = ts.createProgram(paths, options);
  const checker = program.getTypeChecker();
  const parts = entries.map(({ name, about }, i) => {
    const found = exportsOf(checker, program.getSourceFile(paths[i]));
    const links = found.map((one) => `<a href="#${one.name}">${one.name}</a>`).join(', ');
    return `<h2 id="${name.replace('/', '-')}"><code>${name}</code></h2><p>${about}</p><p>${links}</p>
${found.map((one) => entryHtml(one, markdown, escaped)).join('\n')}`;
  });
  return `<h1>Reference</h1>
<p>Made from the docstrings of the sources: everything that the package exports, by entry point.</p>
${parts.join('\n')}`;
};
