import { mkdirSync, writeFileSync } from 'node:fs';

/** Every test of a suite and those in it, with the names around it. */
const testsOf = (suite, names = []) => [
  ...(suite?.tests ?? []).map((test) => ({ ...test, name: [...names, test.name].join(' > ') })),
  ...(suite?.suites ?? []).flatMap((inner) => testsOf(inner, [...names, inner.name])),
];

/**
 * Writes {passed, failed, failures} of a run to build/test-results/browser.json, `failures` as lines to read; a file that fails outside
 * a test counts as a failure.
 */
export const countReporter = (root) => ({
  stop({ sessions }) {
    const counts = { passed: 0, failed: 0, failures: [] };
    for (const session of sessions) {
      const file = session.testFile.replace(root, '');
      const tests = testsOf(session.testResults).filter(({ skipped }) => !skipped);
      const failed = tests.filter(({ passed }) => !passed);
      counts.passed += tests.length - failed.length;
      const failures = failed.map(({ name, error }) => `${file} > ${name}: ${error?.message ?? 'failed'}`);
      if (!session.passed && failed.length === 0) {
        const reasons = session.errors.map(({ message }) => message);
        failures.push(`${file}: ${reasons.join('; ') || 'failed outside a test'}`);
      }
      counts.failures.push(...failures);
    }
    counts.failed = counts.failures.length;
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    mkdirSync(`${root}build/test-results`, { recursive: true });
    writeFileSync(`${root}build/test-results/browser.json`, JSON.stringify(counts));
  },
});
