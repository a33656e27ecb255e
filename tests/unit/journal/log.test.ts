import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DirtySet } from '../../../src/dataset/index.js';
import { Editing } from '../../../src/innotater/editing.js';
import {
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ImageInnotation,
  type Innotation,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { columnsOf, pastOf } from '../../../src/innotater/journal-places.js';
import { loggedOp } from '../../../src/innotater/journal-refs.js';
import { register } from '../../../src/innotater/registration.js';
import { restore } from '../../../src/innotater/restore.js';
import { isEditTarget } from '../../../src/innotations/index.js';
import { applyDelta, deltaOf } from '../../../src/journal/cells-delta.js';
import { cellKinds, misfitOf } from '../../../src/journal/fingerprint.js';
import { baseOps, Log, type LogEntry, mergeLogs } from '../../../src/journal/log.js';
import { WriteQueue } from '../../../src/journal/write-queue.js';

/** The last one is never edited. */
const samples = 4;

/** What the caller's data is at first. */
const freshData = () => ({
  texts: ['alpha', 'beta', 'x'.repeat(400), ''],
  boxes: new Int32Array(samples * 4),
  classes: [0, -1, 1, 0],
  rows: [[[1, 2, 3, 4]], [], [[5, 6, 7, 8]], Array.from({ length: 9 }, () => [1, 1, 2, 2])] as number[][][],
});
type Data = ReturnType<typeof freshData>;
const copyOf = (data: Data): Data => structuredClone(data);

/** A session over the data, whose journal is written in batches that end where `flush` is called. */
const session = (data: Data, firstSeq = 1) => {
  const tensor = { data: data.boxes, shape: [samples, 4] };
  const registry = register(
    new ImageInnotation(Array(samples).fill('a.png') as string[], { name: 'image' }),
    [
      new TextInnotation(data.texts, { name: 'text' }),
      new BoundingBoxInnotation(tensor, { name: 'box' }),
      new MultiClassInnotation(data.classes, { name: 'class', classes: ['a', 'b', 'c'] }),
      new RepeatInnotation([BoundingBoxInnotation, data.rows, { name: 'rows' }]),
    ],
  );
  const queue = new WriteQueue();
  const written: LogEntry[] = [];
  const live = new Log();
  let seq = firstSeq;
  const note = (op: Parameters<WriteQueue['push']>[0]['op']) => {
    const entry = { seq: seq++, timeMs: seq, op };
    queue.push(entry);
    const logged: LogEntry =
      op.tag === 'grow'
        ? { ...entry, op: { tag: 'grow', delta: { tag: 'whole', state: op.after } } }
        : { ...entry, op };
    live.apply(logged);
  };
  const editing = new Editing({
    dirty: new DirtySet(),
    emit: () => {},
    redraw: () => {},
    note: (op) => note(loggedOp(op)),
  });
  const targets = registry.all.filter(isEditTarget);
  return {
    registry,
    editing,
    written,
    live,
    note,
    position: () => seq - 1,
    edit: (at: number, uindex: number, value: unknown, merge?: string) => {
      const target = targets[at % targets.length]!;
      editing.edit([{ target, uindex, value, ...(merge ? { merge } : {}) }]);
    },
    flush: (fails: boolean) => {
      const entries = queue.take();
      if (fails) {
        // While it was being written, something else was done.
        editing.edit([{ target: targets[0]!, uindex: 0, value: `meanwhile ${seq}` }]);
        queue.putBack();
      } else {
        written.push(...structuredClone(entries));
        queue.written();
      }
    },
  };
};

const valueFor = (innotation: Innotation, n: number): unknown => {
  if (innotation instanceof TextInnotation) return 'word '.repeat(n * 11).slice(0, n * 47);
  if (innotation instanceof MultiClassInnotation) return n % 3;
  return [n, n + 1, n + 2, n + 3];
};

type Action =
  | {
      readonly tag: 'edit';
      readonly at: number;
      readonly uindex: number;
      readonly n: number;
      readonly merge: boolean;
    }
  | { readonly tag: 'undo' | 'redo' | 'endMerge' | 'save' | 'saved' | 'flush' | 'failedFlush' };

const actions = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        tag: fc.constant('edit' as const),
        at: fc.nat(3),
        uindex: fc.nat(samples - 2),
        n: fc.nat(9),
        merge: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        tag: fc.constantFrom('undo' as const, 'redo', 'endMerge', 'save', 'saved', 'flush', 'failedFlush'),
      }),
    },
  ),
  { minLength: 1, maxLength: 40 },
);

/** What must be there after a crash: the data at each flush, and all that undo and redo would show from there. */
const walk = (editing: Editing, data: Data): readonly Data[] => {
  const seen = [copyOf(data)];
  let undone = 0;
  while (editing.undo()) {
    undone += 1;
    seen.push(copyOf(data));
  }
  for (; undone > 0; undone--) editing.redo();
  while (editing.redo()) seen.push(copyOf(data));
  return seen;
};

/** A new session over what the caller has on disk, with what the log comes to. */
const reopened = async (disk: Data, log: readonly Log[]) => {
  const data = copyOf(disk);
  const next = session(data);
  const past = await pastOf(mergeLogs(log), next.registry.all, new AbortController().signal);
  const { refused } = restore(next.editing, past.values, past);
  return { ...next, data, past, refused };
};

const logOf = (entries: readonly LogEntry[]): Log => {
  const log = new Log();
  for (const entry of entries) log.apply(entry);
  return log;
};

const seed = 20261126;

describe('the journal of edits', () => {
  test(`random edits, undo, redo, saves and a crash at any point come back as in a naive model [seed ${seed}]`, async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const data = freshData();
        let disk = freshData();
        let saving: { readonly disk: Data; readonly upTo: number } | null = null;
        const one = session(data);
        // The naive model: at each flush a copy of everything, and of what the caller's disk held then.
        const flushed: { data: Data; disk: Data; entries: number; editing: readonly Data[] }[] = [];
        for (const action of [...list, { tag: 'flush' } as const] as readonly Action[]) {
          if (action.tag === 'edit') {
            const targets = one.registry.all.filter(isEditTarget);
            const target = targets[action.at % targets.length]!;
            one.edit(
              action.at,
              action.uindex,
              valueFor(target, action.n),
              action.merge ? 'typing' : undefined,
            );
          } else if (action.tag === 'undo') one.editing.undo();
          else if (action.tag === 'redo') one.editing.redo();
          else if (action.tag === 'endMerge') one.editing.endMerge();
          else if (action.tag === 'save') {
            // The hook is given what is there now; it answers later, or never.
            saving = { disk: copyOf(data), upTo: one.position() };
          } else if (action.tag === 'saved') {
            if (!saving) continue;
            disk = saving.disk;
            one.note({ tag: 'saved', uindexes: [0, 1, 2], upTo: saving.upTo });
            // What the hook wrote is on disk whether or not the journal got to know of it.
            one.flush(false);
            saving = null;
          } else if (action.tag === 'failedFlush') one.flush(true);
          else {
            one.flush(false);
            flushed.push({
              data: copyOf(data),
              disk: copyOf(disk),
              entries: one.written.length,
              editing: [],
            });
          }
        }
        for (const at of flushed) {
          const log = logOf(one.written.slice(0, at.entries));
          const again = await reopened(at.disk, [log]);
          expect(again.refused).toEqual([]);
          expect(again.past.unplaced).toBe(0);
          expect(again.data).toEqual(at.data);
          // Drawn together it comes to the same.
          const drawn = [...baseOps(log.content)].map((op, seq) => ({ seq, timeMs: 0, op }));
          expect((await reopened(at.disk, [logOf(drawn)])).data).toEqual(at.data);
        }
        // The history is the same too, beyond the reload.
        const again = await reopened(disk, [logOf(one.written)]);
        expect(walk(again.editing, again.data)).toEqual(walk(one.editing, data));
      }),
      { seed, numRuns: 150 },
    );
  });

  test(`a log cut off after any entry comes to what was there after that entry [seed ${seed}]`, async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const data = freshData();
        const one = session(data);
        const states = [copyOf(data)];
        for (const action of list) {
          if (action.tag === 'edit') {
            const targets = one.registry.all.filter(isEditTarget);
            one.edit(
              action.at,
              action.uindex,
              valueFor(targets[action.at % targets.length]!, action.n),
              action.merge ? 'm' : undefined,
            );
          } else if (action.tag === 'undo' || action.tag === 'redo') one.editing[action.tag]();
          const before = one.written.length;
          one.flush(false);
          if (one.written.length > before) states.push(copyOf(data));
        }
        for (let entries = 0; entries <= one.written.length; entries++) {
          const again = await reopened(freshData(), [logOf(one.written.slice(0, entries))]);
          expect(again.data).toEqual(states[entries]);
        }
      }),
      { seed, numRuns: 60 },
    );
  });

  test('of two sessions the later value holds, is told as a conflict, and undo brings the earlier back', async () => {
    const [left, right] = [session(freshData(), 1), session(freshData(), 100)];
    left.edit(0, 0, 'from the left');
    left.edit(0, 1, 'alone');
    right.edit(0, 0, 'from the right');
    const again = await reopened(freshData(), [left.live, right.live]);
    expect(again.data.texts.slice(0, 2)).toEqual(['from the right', 'alone']);
    expect(mergeLogs([left.live, right.live]).conflicts).toBe(1);
    again.editing.undo();
    expect(again.data.texts[0]).toBe('from the left');
    again.editing.undo();
    again.editing.undo();
    expect(again.data).toEqual(freshData());
  });

  test('edits made while earlier ones are still being read stay above them', async () => {
    const one = session(freshData());
    one.edit(0, 0, 'earlier');
    const data = freshData();
    const next = session(data);
    next.edit(0, 1, 'now');
    const past = await pastOf(mergeLogs([one.live]), next.registry.all, new AbortController().signal);
    restore(next.editing, past.values, past);
    expect(data.texts.slice(0, 2)).toEqual(['earlier', 'now']);
    next.editing.undo();
    expect(data.texts.slice(0, 2)).toEqual(['earlier', 'beta']);
    next.editing.undo();
    expect(data).toEqual(freshData());
  });

  test('boxes of a layer are put back into samples that are fetched for the purpose, and undone there', async () => {
    const over = async (boxes: number[][][], past: Parameters<typeof pastOf>[0] | null) => {
      const asked: number[] = [];
      const source = {
        length: samples,
        get: async (uindex: number) => {
          asked.push(uindex);
          return boxes[uindex]!;
        },
      };
      const images = new ImageInnotation(Array(samples).fill('a.png') as string[], { name: 'image' });
      const layer = new BoxLayerInnotation(source, { name: 'layer' });
      const registry = register(images, layer);
      const live = new Log();
      let seq = 1;
      const editing = new Editing({
        dirty: new DirtySet(),
        emit: () => {},
        redraw: () => {},
        note: (op) => live.apply({ seq: seq++, timeMs: seq, op: loggedOp(op) as LogEntry['op'] }),
      });
      const found = past && (await pastOf(past, registry.all, new AbortController().signal));
      const restored = found && restore(editing, found.values, found);
      return { editing, layer, live, asked, restored };
    };
    const fresh = () =>
      Array.from({ length: samples }, () => [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ]);
    const one = await over(fresh(), null);
    await one.layer.hold(2, new AbortController().signal);
    const target = one.layer.editTarget('layer', 1, false)!;
    one.editing.edit([{ target, uindex: 2, value: [9, 9, 9, 9] }]);
    const boxes = fresh();
    const again = await over(boxes, mergeLogs([one.live]));
    expect(again.asked).toEqual([2]);
    expect(again.restored?.refused).toEqual([]);
    expect(again.restored?.changes).toHaveLength(1);
    expect(boxes[2]).toEqual([
      [1, 2, 3, 4],
      [9, 9, 9, 9],
    ]);
    again.editing.undo();
    expect(boxes).toEqual(fresh());
  });

  test('a value that the memory cannot hold is refused and changes nothing', async () => {
    const one = session(freshData());
    one.edit(1, 0, [70_000, 1, 2, 3]);
    const boxes = new Uint8Array(samples * 4);
    const registry = register(new ImageInnotation(['a', 'b', 'c', 'd'], { name: 'image' }), [
      new BoundingBoxInnotation({ data: boxes, shape: [samples, 4] }, { name: 'box' }),
    ]);
    const editing = new Editing({ dirty: new DirtySet(), emit: () => {}, redraw: () => {} });
    const past = await pastOf(mergeLogs([one.live]), registry.all, new AbortController().signal);
    expect(restore(editing, past.values, past).refused).toHaveLength(1);
    expect([...boxes]).toEqual(Array(16).fill(0));
  });

  test(`a long text is written as what differs from the one before [seed ${seed}]`, () => {
    const text = fc.string({ maxLength: 40, unit: fc.constantFrom('a', 'b', '😀', 'é') });
    fc.assert(
      fc.property(text, text, text, text, (head, middle, tail, other) => {
        const long = 'q'.repeat(300);
        const [before, after] = [[head + long + middle + tail], [head + long + other + tail]];
        expect(applyDelta(before, deltaOf(before, after))).toEqual(after);
      }),
      { seed },
    );
    const megabyte = 'x'.repeat(1 << 20);
    expect(JSON.stringify(deltaOf([megabyte], [`${megabyte}y`])).length).toBeLessThan(100);
  });

  test('data of another length, other names, classes or kinds is told apart', () => {
    const print = { length: 4, columns: columnsOf(session(freshData()).registry.all, cellKinds) };
    expect(print.columns.map(({ name, cells }) => `${name}: ${cells}`)).toEqual([
      'text: string',
      'box: number number number number',
      'class: number',
      'rows_0: ',
    ]);
    expect(misfitOf(print, print)).toBeNull();
    expect(misfitOf({ ...print, length: 5 }, print)).toBe('it had 5 samples then and has 4 now');
    const without = { ...print, columns: print.columns.slice(1) };
    expect(misfitOf(print, without)).toBe('TextInnotation text is not there any more');
    expect(misfitOf(without, print)).toBeNull();
    const other = { ...print, columns: [{ name: 'text', kind: 'TextInnotation', cells: 'number' }] };
    expect(misfitOf(other, print)).toBe('rows of text were (number) and are (string)');
    const absent = { ...print, columns: [{ name: 'text', kind: 'TextInnotation', cells: '?' }] };
    expect(misfitOf(absent, print)).toBeNull();
  });

  test('what cannot be written is left out, and the steps after it keep their count', () => {
    const queue = new WriteQueue();
    const place = { uindex: 0, name: 'a', row: -1, ofView: false };
    const step = (after: unknown) =>
      ({ tag: 'step', diffs: [{ place, before: [0], after: [after] }] }) as const;
    queue.push({ seq: 1, timeMs: 1, op: step(1) });
    queue.push({ seq: 2, timeMs: 2, op: step(() => {}) });
    queue.push({ seq: 3, timeMs: 3, op: { tag: 'undo' } });
    queue.leaveOut((op) => op.tag === 'step' && typeof (op.diffs[0]!.after as unknown[])[0] === 'function');
    const { done, unsaved } = logOf(queue.take()).content;
    expect(done).toHaveLength(1);
    expect(unsaved.map(({ value }) => value)).toEqual([[1]]);
  });
});
