import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const runNpm = (cwd: URL | string, ...args: string[]): string =>
  execFileSync(npm, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

/** Somebody's project, outside of ours, with the packed package installed in it. */
export type Project = { readonly folder: string; readonly tarball: string; remove(): void };

export const installPackage = (): Project => {
  const folder = mkdtempSync(join(tmpdir(), 'innotater-'));
  runNpm(root, 'pack', '--silent', '--pack-destination', folder);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz'))!);
  writeFileSync(join(folder, 'package.json'), '{ "name": "project", "private": true, "type": "module" }');
  runNpm(folder, 'install', '--offline', '--silent', '--no-audit', '--no-fund', tarball);
  return { folder, tarball, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
