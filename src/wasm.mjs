/**
 * Compiles `assembly/` to `build/kernels.wasm`, and the part that decoded pictures need to `build/picture-kernels.wasm`; writes both
 * deflated, too, as text: what workers carry (a third less than base64 of the modules is when it is gzipped on its way).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const asc = `${root}node_modules/assemblyscript/bin/asc.js`;
for (const [source, name] of [
  ['index', 'kernels'],
  ['pictures', 'picture-kernels'],
]) {
  const file = `build/${name}`;
  execFileSync(
    process.execPath,
    [asc, `assembly/${source}.ts`, '--target', 'release', '--outFile', `${file}.wasm`],
    { cwd: root, stdio: 'inherit' },
  );
  const wasm = readFileSync(`${root}${file}.wasm`);
  writeFileSync(`${root}${file}.deflated.txt`, deflateRawSync(wasm, { level: 9 }).toString('base64'));
}
