import { describe, expect, it } from 'vitest';
import { randomOf } from '../../long/random.js';
import { mutated, runCase, subjects } from './fuzz.js';

const cases = 300;
const seed = 20_261;

describe('broken files: read as far as they go, or refused with an InnotaterError; what was read is written back', () => {
  for (const subject of subjects) {
    it(`${subject.name}: ${cases} mutated files (seed ${seed})`, async () => {
      expect(subject.seeds.length).toBeGreaterThan(0);
      const random = randomOf(seed);
      for (const bytes of subject.seeds) await runCase(subject, bytes);
      for (let i = 0; i < cases; i++) await runCase(subject, mutated(subject, random));
    });
  }
});
