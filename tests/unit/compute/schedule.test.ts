import { describe, expect, it } from 'vitest';
import {
  emptySchedule,
  type Job,
  type Schedule,
  type ScheduleEffect,
  type ScheduleEvent,
  stepSchedule,
} from '../../../src/compute/schedule.js';

const job = (id: number, rest: Partial<Job> = {}): Job => ({
  id,
  kind: 'compute',
  priority: 0,
  image: null,
  repeatable: true,
  crashes: 0,
  wanted: true,
  ...rest,
});
const submit = (id: number, rest: Partial<Job> = {}): ScheduleEvent => ({
  tag: 'submitted',
  job: job(id, rest),
});
const started = (worker: number, limit = 1): ScheduleEvent => ({ tag: 'started', worker, limit });
const finished = (worker: number, id: number, ok = true): ScheduleEvent => ({
  tag: 'finished',
  worker,
  job: id,
  ok,
});

const play = (events: readonly ScheduleEvent[], from: Schedule = emptySchedule) => {
  let schedule = from;
  const effects: ScheduleEffect[] = [];
  for (const event of events) {
    const [next, made] = stepSchedule(schedule, event);
    schedule = next;
    effects.push(...made);
  }
  return { schedule, effects };
};
const runs = (effects: readonly ScheduleEffect[]) =>
  effects.flatMap((effect) => (effect.tag === 'run' ? [[effect.job, effect.worker]] : []));
const tags = (effects: readonly ScheduleEffect[]) => effects.map((effect) => effect.tag);

describe('schedule', () => {
  it('is warmed: workers are started before there are jobs, the second when the first has answered; none again after a crash', () => {
    const warmed: ScheduleEvent = { tag: 'warmed', workers: 2 };
    const first = play([warmed, warmed]);
    expect(first.effects).toEqual([{ tag: 'start', worker: 1 }]);
    const second = play([started(1, 4)], first.schedule);
    expect(second.effects).toEqual([{ tag: 'start', worker: 2 }]);
    const both = play([started(2, 4), submit(1), submit(2)], second.schedule);
    expect(tags(both.effects)).toEqual(['run', 'run']);
    const idle = play([finished(1, 1), finished(2, 2)], both.schedule);
    expect(play([{ tag: 'crashed', worker: 2 }], idle.schedule).effects).toEqual([]);
    const fewer = play([warmed, { tag: 'warmed', workers: 1 }, started(1, 4)]);
    expect(fewer.effects.at(-1)).toEqual({ tag: 'start', worker: 2 });
    const alone = play([warmed, started(1, 1)]);
    expect(alone.effects).toEqual([{ tag: 'start', worker: 1 }]);
  });

  it('starts one worker for the first job and no more until it answered', () => {
    const { effects, schedule } = play([submit(1), submit(2), submit(3)]);
    expect(effects).toEqual([{ tag: 'start', worker: 1 }]);
    const [, more] = stepSchedule(schedule, started(1, 8));
    expect(more).toEqual([
      { tag: 'run', worker: 1, job: 1 },
      { tag: 'start', worker: 2 },
      { tag: 'start', worker: 3 },
    ]);
  });

  it('starts no more workers than the limit, and none for a job that waits for its holder', () => {
    const open = { kind: 'decode', image: 'a' } as const;
    const { effects } = play([
      submit(1, open),
      started(1, 4),
      finished(1, 1),
      submit(2, { image: 'a' }),
      submit(3, { image: 'a' }),
      submit(4, { image: 'a' }),
    ]);
    expect(effects.filter(({ tag }) => tag === 'start')).toHaveLength(1);
    expect(runs(effects)).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('runs by priority, and equal priorities in the order they came', () => {
    const { effects } = play([
      submit(1, { priority: 5 }),
      submit(2, { priority: 1 }),
      submit(3, { priority: 5 }),
      submit(4, { priority: 1 }),
      started(1),
      finished(1, 2),
      finished(1, 4),
      finished(1, 1),
    ]);
    expect(runs(effects).map(([id]) => id)).toEqual([2, 4, 1, 3]);
  });

  it('lets other jobs pass one whose holder is busy', () => {
    const base = play([
      submit(1, { image: 'a' }),
      started(1, 2),
      submit(2),
      started(2, 2),
      finished(2, 2),
    ]).schedule;
    const { effects } = play([submit(3, { image: 'a' }), submit(4)], base);
    expect(runs(effects)).toEqual([[4, 2]]);
  });

  it('reads on a worker while it decodes', () => {
    const { effects } = play([
      submit(1, { kind: 'decode', image: 'a' }),
      started(1),
      finished(1, 1),
      submit(2, { kind: 'decode', image: 'b' }),
      submit(3, { image: 'a' }),
    ]);
    expect(runs(effects)).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it('never starts an aborted job', () => {
    const { effects } = play([submit(1), submit(2), { tag: 'aborted', job: 1 }, started(1), finished(1, 2)]);
    expect(runs(effects)).toEqual([[2, 1]]);
  });

  it('repeats a crashed job once on another worker, before its equals, then fails it', () => {
    const first = play([submit(1), started(1), submit(2), { tag: 'crashed', worker: 1 }, started(2)]);
    expect(runs(first.effects)).toEqual([
      [1, 1],
      [1, 2],
    ]);
    const second = play([{ tag: 'crashed', worker: 2 }, started(3)], first.schedule);
    expect(second.effects).toContainEqual({ tag: 'fail', job: 1, reason: 'crashed' });
    expect(runs(second.effects)).toEqual([[2, 3]]);
  });

  it('does not repeat an aborted job after a crash', () => {
    const { effects } = play([
      submit(1),
      started(1),
      { tag: 'aborted', job: 1 },
      { tag: 'crashed', worker: 1 },
    ]);
    expect(tags(effects)).toEqual(['start', 'run']);
  });

  it('fails reads of an adopted bitmap that was lost, until it is adopted again', () => {
    const adopt = { kind: 'decode', image: 'svg', repeatable: false } as const;
    const lost = play([
      submit(1, adopt),
      started(1),
      finished(1, 1),
      submit(2, { image: 'svg' }),
      { tag: 'crashed', worker: 1 },
    ]);
    expect(lost.effects).toContainEqual({ tag: 'fail', job: 2, reason: 'lost' });
    const again = play(
      [submit(3, adopt), started(2), finished(2, 3), submit(4, { image: 'svg' })],
      lost.schedule,
    );
    expect(runs(again.effects).map(([id]) => id)).toEqual([3, 4]);
  });

  it('opens an encoded image again elsewhere after a crash', () => {
    const { effects } = play([
      submit(1, { kind: 'decode', image: 'a' }),
      started(1),
      finished(1, 1),
      { tag: 'crashed', worker: 1 },
      submit(2, { image: 'a' }),
      started(2),
    ]);
    expect(runs(effects).at(-1)).toEqual([2, 2]);
  });

  it('releases in the worker that holds, and fails what still waits for the image', () => {
    const { effects, schedule } = play([
      submit(1, { image: 'a' }),
      started(1),
      submit(2, { image: 'a' }),
      { tag: 'released', image: 'a' },
    ]);
    expect(effects).toContainEqual({ tag: 'release', worker: 1, image: 'a' });
    expect(effects).toContainEqual({ tag: 'fail', job: 2, reason: 'released' });
    expect(schedule.images.size).toBe(0);
  });

  it.each([
    ['failed', [finished(1, 1, false)]],
    ['was aborted', [{ tag: 'aborted', job: 1 } as const, finished(1, 1)]],
  ])('frees what an opening that %s left behind', (_, events) => {
    const { effects, schedule } = play([submit(1, { kind: 'decode', image: 'a' }), started(1), ...events]);
    expect(effects).toContainEqual({ tag: 'release', worker: 1, image: 'a' });
    expect(schedule.images.size).toBe(0);
  });

  it('keeps an image whose opening was aborted when another job wants it', () => {
    const open = { kind: 'decode', image: 'a' } as const;
    const { effects } = play([
      submit(1, open),
      started(1),
      { tag: 'aborted', job: 1 },
      submit(2, open),
      finished(1, 1),
    ]);
    expect(tags(effects)).not.toContain('release');
    expect(runs(effects).at(-1)).toEqual([2, 1]);
  });

  it('fails every waiting job when nothing can be started, and tries again with the next', () => {
    const { effects } = play([submit(1), submit(2), { tag: 'startFailed', worker: 1 }, submit(3)]);
    expect(tags(effects)).toEqual(['start', 'fail', 'fail', 'start']);
  });

  it('goes on with the workers there are when one more cannot be started', () => {
    const { effects, schedule } = play([
      submit(1),
      submit(2),
      started(1, 4),
      { tag: 'startFailed', worker: 2 },
      finished(1, 1),
    ]);
    expect(runs(effects)).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(schedule.limit).toBe(1);
  });
});
