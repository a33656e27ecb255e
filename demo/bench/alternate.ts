import { median, p95 } from './figures.js';
import type { FigureName, Row, SceneContext } from './model.js';

export type Measured = { readonly [name in FigureName]?: number };
export type Turn = { readonly name: string; run(round: number): Promise<Measured>; readonly note?: string };

const p95Of: { readonly [name in FigureName]?: FigureName } = {
  frameMs: 'frameP95Ms',
  beatMs: 'beatP95Ms',
  firstMs: 'firstP95Ms',
  sharpMs: 'sharpP95Ms',
  readMs: 'readP95Ms',
};
/** Figures of which the worst counts, not the middle. */
const worst: readonly FigureName[] = ['longestTaskMs', 'heldMB', 'texturesMB', 'decodedMB', 'heapGrowthMB'];

/** Medians with their p95 beside, the worst where that is what counts; what was never measured is absent. */
export const summary = (all: readonly Measured[]): Measured => {
  const names = [...new Set(all.flatMap((one) => Object.keys(one) as FigureName[]))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = all.flatMap((one) => {
        const value = one[name];
        return value === undefined || Number.isNaN(value) ? [] : [value];
      });
      if (values.length === 0) return [];
      if (worst.includes(name)) return [[name, Math.max(...values)]];
      const spread = p95Of[name];
      return [[name, median(values)], ...(spread ? [[spread, p95(values)]] : [])];
    }),
  );
};

/** How often each figure was measured. */
const countsOf = (all: readonly Measured[]): readonly number[] => {
  const counts = new Map<string, number>();
  for (const name of all.flatMap(Object.keys)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.values()];
};

export const row = (
  scene: string,
  { name, note }: Pick<Turn, 'name' | 'note'>,
  all: readonly Measured[],
): Row => ({
  scene,
  contestant: name,
  figures: summary(all),
  rounds: Math.max(0, ...countsOf(all)),
  ...(note ? { note } : {}),
});

export const leftOut = (scene: string, contestant: string, why: string): Row => ({
  scene,
  contestant,
  figures: {},
  rounds: 0,
  note: why,
});

/** Takes turns, so that a slow second of the machine hits all; each order is the last one turned about. Who fails is out, with the reason. */
export const alternate = async (
  scene: string,
  turns: readonly Turn[],
  rounds: number,
  { signal, say }: SceneContext,
): Promise<Row[]> => {
  const measured = new Map<Turn, Measured[]>(turns.map((turn) => [turn, []]));
  const failed = new Map<Turn, string>();
  const steps = rounds * turns.length;
  for (let step = 0; step < steps; step++) {
    const round = Math.floor(step / turns.length);
    const order = round % 2 === 0 ? turns : turns.toReversed();
    const turn = order[step % turns.length]!;
    if (failed.has(turn)) continue;
    say(step / steps, `${turn.name}, round ${round + 1} of ${rounds}`);
    try {
      measured.get(turn)!.push(await turn.run(round));
    } catch (error) {
      failed.set(turn, `failed: ${(error as Error).message}`);
    }
    signal.throwIfAborted();
  }
  return turns.map((turn) => {
    const note = [turn.note, failed.get(turn)].filter(Boolean).join('; ');
    return row(scene, { name: turn.name, note }, measured.get(turn)!);
  });
};
