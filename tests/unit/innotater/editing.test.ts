import { describe, expect, test, vi } from 'vitest';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  GroupedInnotation,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { commandOf, isOffered } from '../../../src/innotater/shortcuts.js';
import { Keymap } from '../../../src/innotations/index.js';
import { deferred, modelOf, set, settled } from './support.js';

const scene = (options: object = {}) => {
  const flags = [false, false, false, false];
  const classes = [0, 1, 2, 0];
  const parts = modelOf(
    new TextInnotation(['a', 'b', 'c', 'd']),
    [
      new BinaryClassInnotation(flags, { name: 'flag' }),
      new MultiClassInnotation(classes, { name: 'class' }),
    ],
    options,
  );
  return { ...parts, flags, classes };
};

describe('position', () => {
  test('C6: starts at 0, stops at both ends', () => {
    const view = new Innotater(new TextInnotation(['a', 'b']), null);
    view.previous();
    expect(view.index).toBe(0);
    view.next();
    view.next();
    expect(view.index).toBe(1);
  });

  test('C13: index can be set from code, raises indexchange, refuses what is no position', () => {
    const view = new Innotater(new TextInnotation(['a', 'b', 'c']), null, { indexes: [2, 0] });
    const details: unknown[] = [];
    view.addEventListener('indexchange', (event) => details.push(event.detail));
    view.index = 1;
    view.index = 1;
    expect(details).toEqual([{ index: 1, uindex: 0 }]);
    for (const wrong of [2, -1, 0.5]) {
      expect(() => {
        view.index = wrong;
      }).toThrow(RangeError);
    }
    expect(view.index).toBe(1);
  });

  test('upcoming: on in the direction of the last step, and one back', () => {
    const { model } = scene({ prefetch: 2 });
    expect(model.position.upcoming).toEqual([1, 2]);
    model.go(1);
    expect(model.position.upcoming).toEqual([2, 0, 3]);
    model.go(3);
    model.go(2);
    expect(model.position.upcoming).toEqual([1, 3, 0]);
    expect(scene({ prefetch: 0 }).model.position.upcoming).toEqual([]);
  });
});

describe('ways through the samples', () => {
  test('undo goes to the nearest of the positions that show its sample', () => {
    const { model } = scene({ indexes: [1, 0, 2, 3, 1, 3] });
    set(model, 'flag', true);
    model.go(5);
    model.travel('undo');
    expect(model.position.index).toBe(4);
    set(model, 'flag', true);
    model.go(1);
    model.travel('undo');
    expect(model.position.index).toBe(0);
  });

  test('what cannot be edited does not make a sample annotated', async () => {
    const given = new BinaryClassInnotation([true, true, true], { name: 'given', disabled: true });
    const own = new BinaryClassInnotation([false, true, false], { name: 'own' });
    const { model } = modelOf(null, [given, own]);
    model.nextBlank();
    // Where the machine is busy, the search goes on in another task.
    await vi.waitFor(() => expect(model.isSearching).toBe(false));
    expect(model.position.index).toBe(2);
  });

  test('"Saved" goes when another sample is shown; what failed as a whole stays until it is dismissed', async () => {
    const { model } = scene({ saveHook: () => true });
    set(model, 'flag', true);
    await model.saving.save();
    expect(model.notices.current?.text).toBe('Saved 1 sample.');
    model.go(1);
    expect(model.notices.current).toBeNull();
    model.notices.show('alert', 'No');
    model.go(2);
    expect(model.notices.current?.text).toBe('No');
    model.notices.show('alert', 'Of sample 2', 2);
    model.go(1);
    expect(model.notices.current).toBeNull();
  });
});

test('dispose disposes every Innotation, at any depth, once', () => {
  const disposed: string[] = [];
  class Watched extends TextInnotation {
    override dispose(): void {
      disposed.push(this.name);
      super.dispose();
    }
  }
  const inner = new Watched(['a'], { name: 'inner' });
  const rows = new RepeatInnotation([Watched, [['b', 'c']], { name: 'row' }], { maxRepeats: 2 });
  const view = new Innotater(new Watched(['d'], { name: 'outer' }), [new GroupedInnotation(inner), rows]);
  view.dispose();
  view.dispose();
  expect(disposed.toSorted()).toEqual(['inner', 'outer', 'row_0', 'row_1']);
});

describe('dirty samples', () => {
  test('S1, S2, S9: a change is in the array, dirty and told, without a saveHook', () => {
    const { model, flags, details } = scene();
    expect(set(model, 'flag', true, 2)).toBe(true);
    expect(flags).toEqual([false, false, true, false]);
    expect(model.dirty.uindexes).toEqual([2]);
    expect(details('change')).toEqual([
      { uindex: 2, name: 'flag', repeatIndex: -1, value: true, previous: false },
    ]);
  });

  test('S3: setting the value it had, or one that is refused, is no change', () => {
    const { model, details } = scene();
    expect(set(model, 'flag', false)).toBe(false);
    const narrow = modelOf(
      new ImageInnotation(['a.png']),
      new BoundingBoxInnotation([Uint8Array.of(1, 2, 3, 4)], { name: 'box' }),
    );
    expect(() => set(narrow.model, 'box', [1, 2, 3, 999])).toThrow(/cannot hold 999/);
    expect(narrow.model.dirty.isEmpty && model.dirty.isEmpty).toBe(true);
    expect([...details('change'), ...narrow.events]).toEqual([]);
    expect(narrow.model.travel('undo')).toBe(false);
  });
});

describe('saving', () => {
  test('S4, C11: nothing to save at first; the hook is not called', async () => {
    const calls: unknown[] = [];
    const { model } = scene({ saveHook: (uindexes: unknown) => calls.push(uindexes) });
    expect(model.saving.canSave).toBe(false);
    expect(await model.saving.save()).toBe(false);
    expect(calls).toEqual([]);
    set(model, 'flag', true);
    expect(model.saving.canSave).toBe(true);
  });

  test('S5, X5: the hook gets uindexes ascending, the button rests while it runs, true clears', async () => {
    const answer = deferred<unknown>();
    const calls: unknown[] = [];
    const saveHook = (uindexes: unknown) => {
      calls.push(uindexes);
      return answer.promise;
    };
    const { model, details } = scene({ saveHook, indexes: [3, 2, 1] });
    for (const uindex of [3, 1]) set(model, 'flag', true, uindex);
    const saved = model.saving.save();
    expect([model.saving.canSave, model.saving.isRunning]).toEqual([false, true]);
    expect(model.saving.save()).toBe(saved);
    answer.resolve(true);
    expect(await saved).toBe(true);
    expect(calls).toEqual([[1, 3]]);
    expect(model.dirty.isEmpty).toBe(true);
    expect(details('save')).toEqual([{ uindexes: [1, 3] }]);
  });

  test('S5: anything but true keeps the samples dirty and says so', async () => {
    for (const answer of [false, undefined, 'yes', 1]) {
      const { model, details } = scene({ saveHook: () => answer });
      set(model, 'flag', true);
      expect(await model.saving.save()).toBe(false);
      expect([model.dirty.uindexes, model.saving.canSave]).toEqual([[0], true]);
      expect(details('save')).toEqual([]);
      expect(model.notices.current?.kind).toBe('alert');
    }
  });

  test('S6: a hook that throws or rejects keeps all, shows the message and raises error', async () => {
    const failures = [
      () => {
        throw new Error('disk full');
      },
      () => Promise.reject(new Error('disk full')),
    ];
    for (const saveHook of failures) {
      const { model, details } = scene({ saveHook });
      set(model, 'flag', true);
      expect(await model.saving.save()).toBe(false);
      expect([model.dirty.uindexes, model.saving.canSave]).toEqual([[0], true]);
      expect(model.notices.current).toMatchObject({ kind: 'alert', text: 'Saving failed: disk full' });
      expect(details('error')).toMatchObject([
        { error: { code: 'hook', message: 'Saving failed: disk full' } },
      ]);
    }
  });

  test('S10: samples changed while a save runs stay dirty', async () => {
    const answer = deferred<boolean>();
    const { model } = scene({ saveHook: () => answer.promise });
    set(model, 'flag', true, 0);
    set(model, 'flag', true, 1);
    const saved = model.saving.save();
    set(model, 'class', 2, 1);
    set(model, 'flag', true, 3);
    answer.resolve(true);
    await saved;
    expect(model.dirty.uindexes).toEqual([1, 3]);
  });

  test('the list a hook gets is its own', async () => {
    const { model } = scene({
      saveHook: (uindexes: number[]) => {
        uindexes.length = 0;
        return true;
      },
    });
    set(model, 'flag', true);
    await model.saving.save();
    expect(model.dirty.isEmpty).toBe(true);
  });
});

describe('undo and redo', () => {
  test('cross samples and show the one they change', async () => {
    const { model, flags, classes, details } = scene();
    set(model, 'flag', true, 0);
    model.go(2);
    set(model, 'class', 0, 2);
    model.go(3);
    expect(model.travel('undo')).toBe(true);
    expect([classes, model.position.index]).toEqual([[0, 1, 2, 0], 2]);
    expect(model.travel('undo')).toBe(true);
    expect([flags[0], model.position.index]).toEqual([false, 0]);
    expect(model.travel('undo')).toBe(false);
    model.travel('redo');
    model.travel('redo');
    expect([flags[0], classes[2], model.position.index]).toEqual([true, 0, 2]);
    await settled();
    expect(details('change')).toHaveLength(6);
  });

  test('restore one-hot rows exactly as they were', () => {
    const data = [
      [0.25, 0.5, 0.25],
      [0, 0, 0],
    ];
    const { model } = modelOf(null, new MultiClassInnotation(data, { name: 'c' }));
    set(model, 'c', 0, 0);
    set(model, 'c', 2, 1);
    expect(data).toEqual([
      [1, 0, 0.25],
      [0, 0, 1],
    ]);
    model.travel('undo');
    model.travel('undo');
    expect(data).toEqual([
      [0.25, 0.5, 0.25],
      [0, 0, 0],
    ]);
  });

  test('an undone change is a change: dirty', async () => {
    const { model } = scene({ saveHook: () => true });
    set(model, 'flag', true);
    await model.saving.save();
    model.travel('undo');
    expect(model.dirty.uindexes).toEqual([0]);
  });

  test('several edits of one step are all or nothing', () => {
    const { model, flags } = scene();
    const narrow = new BoundingBoxInnotation([Uint8Array.of(1, 2, 3, 4)], { name: 'box' });
    const flag = model.registry.targets[0] as BinaryClassInnotation;
    const edits = [
      { target: flag, uindex: 0, value: true },
      { target: narrow, uindex: 0, value: [0, 0, 0, 999] },
    ];
    expect(() => model.editing.edit(edits)).toThrow(/cannot hold/);
    expect([flags[0], narrow.read(0), model.dirty.isEmpty]).toEqual([false, [1, 2, 3, 4], true]);
  });
});

describe('C7: the table of keys', () => {
  const none = { ctrl: false, meta: false, alt: false, shift: false };
  const key = (name: string, modifiers: object = {}) =>
    ({
      tag: 'key',
      phase: 'down',
      key: name,
      code: '',
      repeat: false,
      modifiers: { ...none, ...modifiers },
    }) as const;

  const command = (event: Parameters<typeof commandOf>[0], letters: boolean) =>
    commandOf(event, new Keymap(), isOffered(letters, true));

  test('n, p, s alone; with Ctrl, Meta or Alt nothing', () => {
    expect(['n', 'p', 's', 'x'].map((name) => command(key(name), true))).toEqual([
      'next',
      'previous',
      'save',
      null,
    ]);
    for (const modifier of ['ctrl', 'meta', 'alt']) {
      expect(['n', 'p', 's'].map((name) => command(key(name, { [modifier]: true }), true))).toEqual([
        null,
        null,
        null,
      ]);
    }
  });

  test('a key that is held saves once and opens the sheet once; it steps on', () => {
    const held = (key: string) =>
      commandOf(
        {
          tag: 'key',
          phase: 'down',
          key,
          code: '',
          repeat: true,
          modifiers: { shift: false, ctrl: false, alt: false, meta: false },
        },
        new Keymap(),
        isOffered(true, true),
      );
    expect([held('s'), held('?'), held('n'), held('p')]).toEqual([null, null, 'next', 'previous']);
  });

  test('keyboardShortcuts off: letters do nothing, undo and redo stay', () => {
    expect(['n', 'p', 's'].map((name) => command(key(name), false))).toEqual([null, null, null]);
    expect(command(key('z', { ctrl: true }), false)).toBe('undo');
    expect(command(key('Z', { meta: true, shift: true }), false)).toBe('redo');
    expect(command(key('y', { ctrl: true }), false)).toBe('redo');
  });
});
