import type { Machine } from './machine.js';
import type { Row } from './model.js';
import { type Verdict, verdicts } from './targets.js';

/** What is downloaded, and what `npm run bench -- --json FILE` writes (with more results beside `scenes`). */
export type Report = {
  readonly machine: Machine;
  readonly quick: boolean;
  readonly results: { readonly scenes: readonly Row[] };
  readonly targets: readonly Verdict[];
};

export const reportOf = (machine: Machine, quick: boolean, scenes: readonly Row[]): Report => ({
  machine,
  quick,
  results: { scenes },
  targets: verdicts(scenes),
});
