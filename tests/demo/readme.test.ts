import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

/** The code of a section, as it stands there. */
const codeOf = (heading: string): string => {
  const text = readFileSync(new URL('README.md', root), 'utf8');
  const section = text.slice(text.indexOf(`## ${heading}`));
  return /```ts\n([\s\S]*?)```/.exec(section)![1]!;
};

describe('README', () => {
  it('the code of "Where images may come from" compiles against the package', () => {
    const name = new URL('tests/demo/readme-code.ts', root).pathname;
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
        'innotater/sources': [new URL('src/sources/index.ts', root).pathname],
      },
    };
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    const has = host.fileExists.bind(host);
    host.fileExists = (file) => file === name || has(file);
    host.getSourceFile = (file, ...rest) =>
      file === name
        ? ts.createSourceFile(file, codeOf('Where images may come from'), ts.ScriptTarget.ES2022)
        : read(file, ...rest);
    const program = ts.createProgram([name], options, host);
    const own = program.getSourceFile(name)!;
    const faults = [...program.getSemanticDiagnostics(own), ...program.getSyntacticDiagnostics(own)];
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});
