import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentEntries } from '../../../src/dataset/index.js';

const seed = 20261127;

test(`recent entries are those of a naive list, within count and weight [seed ${seed}]`, () => {
  const action = fc.record({
    tag: fc.constantFrom('get' as const, 'set', 'forget'),
    uindex: fc.nat(7),
    weight: fc.nat(12),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const recent = new RecentEntries<string>({ count: 4, weight: 20 });
      let naive: { uindex: number; value: string; weight: number }[] = [];
      for (const [at, { tag, uindex, weight }] of actions.entries()) {
        const there = naive.find((entry) => entry.uindex === uindex);
        if (tag === 'get') {
          expect(recent.get(uindex)).toBe(there?.value);
          if (there) naive = [...naive.filter((entry) => entry !== there), there];
        } else {
          naive = naive.filter((entry) => entry !== there);
          if (tag === 'forget') recent.forget(uindex);
          else {
            recent.set(uindex, `${at}`, weight);
            naive.push({ uindex, value: `${at}`, weight });
            const total = () => naive.reduce((sum, entry) => sum + entry.weight, 0);
            while (naive.length > 4 || total() > 20) naive.shift();
          }
        }
        expect(recent.weight).toBe(naive.reduce((sum, entry) => sum + entry.weight, 0));
        for (let u = 0; u < 8; u++) expect(recent.has(u)).toBe(naive.some((entry) => entry.uindex === u));
      }
    }),
    { seed },
  );
});
