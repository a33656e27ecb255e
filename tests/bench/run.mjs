/**
 * `npm run bench [-- --only NAME[,NAME…]] [-- --quick] [-- --json FILE]`: prints a table a benchmark, and what is asked with what was
 * measured. NAME is a benchmark, or one of the scenes.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kernelTargets } from './kernel-targets.mjs';
import { kernels } from './kernels.mjs';
import { runScenes } from './scenes.mjs';
import { sceneTable, targetTable } from './tables.mjs';
import { ui } from './ui.mjs';

const options = { only: { type: 'string' }, json: { type: 'string' }, quick: { type: 'boolean' } };
const { values } = parseArgs({ options });
const only = values.only?.split(',');
const quick = values.quick ?? false;

const root = fileURLToPath(new URL('../..', import.meta.url));
execFileSync(process.execPath, ['src/wasm.mjs'], { cwd: root, stdio: 'inherit' });

const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
console.log(Object.values(machine).join(', '));

const shown = (value) => (typeof value === 'number' ? Number(value.toFixed(2)) : value);

/** Benchmarks of Node and of frames: rows with figures under names of their own. */
const measureRows = async (name, run) => {
  console.log(`\n${name}: medians in ms, ratios of medians, paired`);
  const rows = await run();
  for (const row of rows) {
    console.log(
      `${Object.entries(row)
        .map(([key, value]) => `  ${key}: ${shown(value)}`)
        .join('\n')}\n`,
    );
  }
  return rows;
};

const results = {};
const targets = [];
const others = { kernels, ui };
for (const [name, run] of Object.entries(others)) {
  if (only && !only.includes(name)) continue;
  results[name] = await measureRows(name, run);
  if (name === 'kernels') targets.push(...kernelTargets(results.kernels));
}

const sceneNames = only?.filter((name) => !Object.hasOwn(others, name));
if (!only || sceneNames.length > 0) {
  const names = sceneNames?.includes('scenes') ? undefined : sceneNames;
  console.log('\nscenes, in a page of Chromium each: medians, contestants in turn');
  const { all, rows, page, verdicts } = await runScenes({
    names,
    quick,
    onScene: (scene, done) => console.log(sceneTable(scene, done)),
  });
  const unknown = names?.filter((name) => !all.includes(name)) ?? [];
  if (unknown.length > 0) {
    console.error(
      `There is no ${unknown.join(', ')}; there are: ${['kernels', 'ui', 'scenes', ...all].join(', ')}`,
    );
    process.exitCode = 2;
  }
  Object.assign(machine, page);
  results.scenes = rows;
  targets.push(...verdicts);
}

if (targets.length > 0) console.log(targetTable(targets));
if (quick) console.log('A quick run shows that everything runs, not how fast.');
if (values.json) {
  writeFileSync(values.json, `${JSON.stringify({ machine, quick, results, targets }, null, 2)}\n`);
}
