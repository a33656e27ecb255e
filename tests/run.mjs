/**
 * The whole check, in order: formatting and lint, wasm, types, unit tests, browser tests with scenes, the built demo driven as a
 * person would. Goes on after a failed step, and ends with what failed, by name, and "N passed, N failed".
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}build/test-results`;
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const bin = (name) => `${root}node_modules/.bin/${name}`;

const run = (command, args) => {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CI: 'true' },
    shell: process.platform === 'win32',
  });
  return status === 0;
};

/** A step without tests of its own counts as one. */
const check = (title, command, args) => {
  console.log(`\n── ${title}`);
  const ok = run(command, args);
  return { title, passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: ok ? [] : [`${title}: see above`] };
};

/** The failed tests of a report by vitest, as lines to read. */
const failuresOf = ({ testResults }) =>
  testResults.flatMap(({ name, message, assertionResults }) => {
    const file = name.replace(root, '');
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && message) return [`${file}: ${message}`];
    return failed.map(
      (test) => `${file} > ${test.fullName}: ${test.failureMessages[0]?.split('\n    at ')[0]}`,
    );
  });

/** A step that writes {passed, failed, failures}, or vitest's report, to a file; one that dies without a result counts as a failure. */
const suite = (title, file, command, args) => {
  console.log(`\n── ${title}`);
  const ok = run(command, args);
  let counts = { passed: 0, failed: 0, failures: [] };
  try {
    const json = JSON.parse(readFileSync(`${results}/${file}`, 'utf8'));
    counts = {
      passed: json.numPassedTests ?? json.passed,
      failed: json.numFailedTests ?? json.failed,
      failures: json.failures ?? failuresOf(json),
    };
  } catch (error) {
    counts.failures.push(`${title}: no report of it: ${error.message}`);
  }
  if (!ok && counts.failed === 0) {
    counts.failed = 1;
    if (counts.failures.length === 0) counts.failures.push(`${title}: ended with an error outside a test`);
  }
  return { title, ...counts };
};

const vitest = (title, name, config) =>
  suite(title, `${name}.json`, bin('vitest'), [
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}/${name}.json`,
  ]);

const steps = [
  check('formatting and lint', bin('biome'), ['ci', '--error-on-warnings', '.']),
  check('wasm', process.execPath, ['src/wasm.mjs']),
  check('types', bin('tsc'), ['-b']),
  vitest('unit tests', 'unit', 'tests/vitest.config.mjs'),
  suite('browser tests and scenes', 'browser.json', bin('wtr'), ['--config', 'tests/browser.config.mjs']),
  vitest('the built demo, as a person would use it', 'demo', 'tests/demo/vitest.config.mjs'),
];

const sum = (key) => steps.reduce((total, step) => total + step[key], 0);
console.log('');
for (const failure of steps.flatMap(({ failures }) => failures)) console.log(`failed: ${failure}`);
for (const { title, passed, failed } of steps) console.log(`${title}: ${passed} passed, ${failed} failed`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
