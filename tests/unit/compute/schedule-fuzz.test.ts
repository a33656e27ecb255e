import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptySchedule,
  type Job,
  type Schedule,
  type ScheduleEvent,
  stepSchedule,
} from '../../../src/compute/schedule.js';

const seed = 20_261;
const limit = 3;

type Move =
  | { readonly tag: 'submit'; readonly image: number; readonly priority: number; readonly kind: Job['kind'] }
  | { readonly tag: 'adopt'; readonly image: number }
  | { readonly tag: 'abort' | 'start' | 'startFailed' | 'crash'; readonly pick: number }
  | { readonly tag: 'finish'; readonly pick: number; readonly ok: boolean }
  | { readonly tag: 'release'; readonly image: number };

const pick = fc.nat(20);
const image = fc.integer({ min: -1, max: 3 });
const some = <Tag extends Move['tag'], Rest extends object>(
  weight: number,
  tag: Tag,
  rest: fc.Arbitrary<Rest>,
) => ({
  weight,
  arbitrary: rest.map((fields) => ({ tag, ...fields })),
});
const picked = fc.record({ pick });
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    some(
      8,
      'submit',
      fc.record({ image, priority: fc.nat(2), kind: fc.constantFrom<Job['kind']>('decode', 'compute') }),
    ),
    some(4, 'adopt', fc.record({ image: fc.nat(3) })),
    some(2, 'abort', picked),
    some(4, 'start', picked),
    some(1, 'startFailed', picked),
    some(3, 'crash', picked),
    some(8, 'finish', fc.record({ pick, ok: fc.boolean() })),
    some(1, 'release', fc.record({ image: fc.nat(3) })),
  ),
  { maxLength: 60, size: 'max' },
);

type Place = { worker: number; job: number; kind: Job['kind'] };

/** An independent account of what the effects amount to: where each job is, and what each worker holds. */
class Ledger {
  schedule: Schedule = emptySchedule;
  readonly jobs = new Map<number, Job>();
  readonly open = new Set<number>();
  readonly aborted = new Set<number>();
  readonly starting = new Set<number>();
  readonly alive = new Set<number>();
  running: Place[] = [];
  readonly held = new Map<number, Set<string>>();
  readonly timesRun = new Map<number, number>();
  lastJob = 0;

  send(event: ScheduleEvent): void {
    const [next, effects] = stepSchedule(this.schedule, event);
    this.schedule = next;
    for (const effect of effects) {
      if (effect.tag === 'start') {
        expect(this.alive.size + this.starting.size).toBeLessThan(limit);
        this.starting.add(effect.worker);
      } else if (effect.tag === 'run') this.run(effect.worker, effect.job);
      else if (effect.tag === 'release') this.held.get(effect.worker)?.delete(effect.image);
      else {
        expect(this.open.delete(effect.job)).toBe(true);
        expect(this.running.some(({ job }) => job === effect.job)).toBe(false);
      }
    }
  }

  private run(worker: number, id: number): void {
    const job = this.jobs.get(id)!;
    expect(this.alive.has(worker)).toBe(true);
    expect(this.open.has(id)).toBe(true);
    expect(this.aborted.has(id)).toBe(false);
    expect(this.running.some((place) => place.worker === worker && place.kind === job.kind)).toBe(false);
    const times = (this.timesRun.get(id) ?? 0) + 1;
    expect(times).toBeLessThanOrEqual(job.repeatable ? 2 : 1);
    this.timesRun.set(id, times);
    this.running.push({ worker, job: id, kind: job.kind });
    if (job.image === null) return;
    for (const [other, images] of this.held) if (other !== worker) expect(images.has(job.image)).toBe(false);
    this.held.get(worker)!.add(job.image);
  }

  submit(rest: Partial<Job>): void {
    const id = ++this.lastJob;
    const job: Job = {
      id,
      kind: 'compute',
      priority: 0,
      image: null,
      repeatable: true,
      crashes: 0,
      wanted: true,
      ...rest,
    };
    this.jobs.set(id, job);
    this.open.add(id);
    this.send({ tag: 'submitted', job });
  }

  start(worker: number | undefined): void {
    if (worker === undefined) return;
    this.starting.delete(worker);
    this.alive.add(worker);
    this.held.set(worker, new Set());
    this.send({ tag: 'started', worker, limit });
  }

  startFailed(worker: number | undefined): void {
    if (worker === undefined) return;
    this.starting.delete(worker);
    this.send({ tag: 'startFailed', worker });
  }

  finish(place: Place | undefined, ok: boolean): void {
    if (!place) return;
    this.running = this.running.filter((other) => other !== place);
    this.open.delete(place.job);
    this.send({ tag: 'finished', worker: place.worker, job: place.job, ok });
  }

  crash(worker: number | undefined): void {
    if (worker === undefined) return;
    this.alive.delete(worker);
    this.held.delete(worker);
    this.running = this.running.filter((place) => place.worker !== worker);
    this.send({ tag: 'crashed', worker });
  }

  abort(job: number | undefined): void {
    if (job === undefined) return;
    this.open.delete(job);
    this.aborted.add(job);
    this.send({ tag: 'aborted', job });
  }
}

const at = <T>(set: Iterable<T>, index: number): T | undefined => {
  const all = [...set];
  return all[index % Math.max(1, all.length)];
};

const nameOf = (index: number): string | null => (index < 0 ? null : `image ${index}`);

const apply = (ledger: Ledger, move: Move): void => {
  switch (move.tag) {
    case 'submit':
      ledger.submit({ image: nameOf(move.image), priority: move.priority, kind: move.kind });
      break;
    case 'adopt':
      ledger.submit({ image: nameOf(move.image), kind: 'decode', repeatable: false });
      break;
    case 'abort':
      ledger.abort(at(ledger.open, move.pick));
      break;
    case 'start':
      ledger.start(at(ledger.starting, move.pick));
      break;
    case 'startFailed':
      ledger.startFailed(at(ledger.starting, move.pick));
      break;
    case 'crash':
      ledger.crash(at(ledger.alive, move.pick));
      break;
    case 'finish':
      ledger.finish(at(ledger.running, move.pick), move.ok);
      break;
    case 'release':
      ledger.send({ tag: 'released', image: nameOf(move.image)! });
      break;
  }
};

const settleAll = (ledger: Ledger): void => {
  for (let turn = 0; turn < 1000 && (ledger.running.length > 0 || ledger.starting.size > 0); turn++) {
    ledger.start(at(ledger.starting, 0));
    ledger.finish(ledger.running[0], true);
  }
};

describe(`schedule under random events (seed ${seed})`, () => {
  it('runs each job at most once and once more after a crash, on living workers, one of a kind at a time, and ends every job', () => {
    fc.assert(
      fc.property(moves, (played) => {
        const ledger = new Ledger();
        for (const move of played) apply(ledger, move);
        settleAll(ledger);
        expect([...ledger.open]).toEqual([]);
        expect(ledger.schedule.queue).toEqual([]);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('leaves nothing held once every image is released', () => {
    fc.assert(
      fc.property(moves, (played) => {
        const ledger = new Ledger();
        for (const move of played) apply(ledger, move);
        settleAll(ledger);
        for (let index = 0; index <= 3; index++) ledger.send({ tag: 'released', image: nameOf(index)! });
        expect([...ledger.held.values()].flatMap((images) => [...images])).toEqual([]);
        expect(ledger.schedule.images.size).toBe(0);
      }),
      { seed, numRuns: 2000 },
    );
  });
});
