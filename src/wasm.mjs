/**
 * Compiles `assembly/` to `build/kernels.wasm`, and writes the same deflated, as text: what workers carry (a third less than base64 of the
 * module is when it is gzipped on its way).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
execFileSync(
  process.execPath,
  [`${root}node_modules/assemblyscript/bin/asc.js`, 'assembly/index.ts', '--target', 'release'],
  { cwd: root, stdio: 'inherit' },
);
const wasm = readFileSync(`${root}build/kernels.wasm`);
writeFileSync(`${root}build/kernels.deflated.txt`, deflateRawSync(wasm, { level: 9 }).toString('base64'));
