/** `npm run bench [-- --only NAME] [-- --json FILE]`: prints a table a benchmark, with the machine it ran on. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kernels } from './kernels.mjs';
import { ui } from './ui.mjs';

const benchmarks = { kernels, ui };

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
if (values.only && !benchmarks[values.only]) {
  console.error(`There is no benchmark ${values.only}; there are: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}

const root = fileURLToPath(new URL('../..', import.meta.url));
execFileSync(`${root}node_modules/.bin/asc`, ['assembly/index.ts', '--target', 'release'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});

const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
console.log(Object.values(machine).join(', '));

const shown = (value) => (typeof value === 'number' ? Number(value.toFixed(2)) : value);
const results = {};
for (const [name, run] of Object.entries(benchmarks)) {
  if (values.only && values.only !== name) continue;
  console.log(`\n${name}: medians in ms, ratios of medians, paired in one process`);
  results[name] = await run();
  for (const row of results[name]) {
    console.log(
      Object.entries(row)
        .map(([key, value]) => `  ${key}: ${shown(value)}`)
        .join('\n'),
      '\n',
    );
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
