import { mkdirSync, writeFileSync } from 'node:fs';

const countTests = (suite, counts) => {
  for (const test of suite?.tests ?? []) if (!test.skipped) counts[test.passed ? 'passed' : 'failed'] += 1;
  for (const inner of suite?.suites ?? []) countTests(inner, counts);
};

/** Writes {passed, failed} of a run to build/test-results/browser.json; a file that fails outside a test counts as a failure. */
export const countReporter = (root) => ({
  stop({ sessions }) {
    const counts = { passed: 0, failed: 0 };
    for (const session of sessions) {
      const before = counts.failed;
      countTests(session.testResults, counts);
      if (!session.passed && counts.failed === before) counts.failed += 1;
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    mkdirSync(`${root}build/test-results`, { recursive: true });
    writeFileSync(`${root}build/test-results/browser.json`, JSON.stringify(counts));
  },
});
