import { expect, it } from 'vitest';
import { subjects as everyone, mutated, runCase } from '../unit/formats/fuzz.js';
import { randomOf } from './random.js';

const seconds = Number(process.env.FUZZ_SECONDS ?? 60);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 32);
const only = process.env.FUZZ_ONLY;
const subjects = everyone.filter(({ name }) => only === undefined || name === only);

it(`readers of files stand ${seconds} s of mutated files (FUZZ_SEED=${seed})`, async () => {
  const random = randomOf(seed);
  const counts = new Map(subjects.map(({ name }) => [name, 0]));
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    for (const subject of subjects) {
      for (let i = 0; i < 20; i++) await runCase(subject, mutated(subject, random));
      counts.set(subject.name, counts.get(subject.name)! + 20);
    }
  }
  console.log(`FUZZ_SEED=${seed}: ${[...counts].map(([name, n]) => `${name} ${n}`).join(', ')}`);
  expect(Math.min(...counts.values())).toBeGreaterThan(100);
});
