import { describe, expect, it } from 'vitest';
import { darkTheme, lightTheme, type Semantics, type Ui, type UiEvent } from '../../../src/ui/index.js';
import { center, Driver, key, pointer, wheel } from './drive.js';

const words = Array.from({ length: 30 }, (_, i) => `word ${i}`);

const newModel = () => ({
  on: false,
  level: 3,
  count: 4,
  text: 'a',
  area: 'first\nsecond',
  chosen: 2,
  combo: 1,
  items: [...words],
  disabled: false,
  invalid: false,
  marked: false,
  title: 'Title',
  notice: '',
  isWide: false,
  hasMore: false,
  isOpen: false,
});
type Model = ReturnType<typeof newModel>;

/** Containers in containers, of which some hold what never changes. */
const buildGroups = (ui: Ui, model: Model) => {
  const inner = { layout: { gap: 2 } } as const;
  const [outer, other] = model.isWide ? (['row', 'column'] as const) : (['column', 'row'] as const);
  ui[outer]('groups', { ...(model.isWide ? { surface: 'panel' } : {}) }, () => {
    for (const name of ['first', 'second', 'third']) {
      ui[other](name, inner, () => {
        ui.label('name', name);
        ui.column('in', name === 'third' ? { label: model.title } : inner, () => {
          if (model.hasMore && name !== 'first') ui.button('more', 'More', { disabled: model.disabled });
          ui.button('press', name);
          ui.spinField('count', 3, { label: name, min: 0, max: 9 });
        });
      });
    }
  });
  if (!model.isOpen) return;
  const closed = ui.sheet('sheet', { label: 'Sheet' }, () => {
    ui.row('row', inner, () => {
      ui.label('text', model.hasMore ? 'A line that makes it wider' : 'A line');
      ui.button('close', 'Close');
    });
  });
  if (closed) model.isOpen = false;
};

/** Every kind of widget, everything about them from the model. */
const buildAll = (model: Model) => (ui: Ui) => {
  const { disabled } = model;
  ui.column('all', { label: model.title, surface: 'panel' }, () => {
    ui.label('title', model.title, { tone: model.on ? 'muted' : 'normal' });
    ui.button('b', model.title, { disabled, tone: model.on ? 'primary' : 'normal', name: model.text });
    model.on = ui.checkbox('c', model.on, { label: model.text, disabled }) ?? model.on;
    const range = { label: 'Level', min: 0, max: 10 + model.count, valueText: model.text, disabled };
    model.level = ui.slider('s', model.level, range) ?? model.level;
    model.count =
      ui.spinField('n', model.count, { label: 'Count', min: 0, max: 99, disabled }) ?? model.count;
    const { invalid, marked } = model;
    const field = { label: 'Text', disabled, invalid, marked, placeholder: model.title };
    model.text = ui.textField('t', model.text, field).edited ?? model.text;
    const area = { label: 'Area', readOnly: disabled, multiline: true };
    model.area = ui.textField('a', model.area, area).edited ?? model.area;
    model.chosen = ui.listBox('l', model.items, model.chosen, { label: 'List', disabled }) ?? model.chosen;
    model.combo = ui.comboBox('o', model.items, model.combo, { label: 'Combo', disabled }) ?? model.combo;
    ui.message('m', model.notice, { kind: model.on ? 'alert' : 'status', action: 'Dismiss' });
    buildGroups(ui, model);
  });
};

const seeded = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
};

/** Something that a caller or a user does; the same for every model and driver. */
const happening = (random: (below: number) => number): ((model: Model, driver: Driver) => UiEvent[]) => {
  const [kind, pick, more] = [random(13), random(1000), random(1000)];
  const at = (driver: Driver) => {
    const all = driver.all().filter(({ role }) => role !== 'group');
    return all[pick % all.length]!;
  };
  const keys = ['ArrowDown', 'ArrowUp', 'Enter', 'Escape', 'PageDown', 'w', '1', 'End'];
  const actions: ((model: Model, driver: Driver) => UiEvent[])[] = [
    (model) => Object.assign(model, { level: pick % 10 }) && [],
    (model) => Object.assign(model, { text: `text ${pick % 3}`, title: `Title ${more % 3}` }) && [],
    (model) => Object.assign(model, { disabled: pick % 4 === 0, invalid: pick % 3 === 0 }) && [],
    (model) => Object.assign(model, { marked: pick % 2 === 0, notice: more % 2 ? 'Saved' : '' }) && [],
    (model) => Object.assign(model, { chosen: (pick % 31) - 1, combo: (more % 31) - 1 }) && [],
    (model) => {
      model.items[pick % 12] = `other ${more % 5}`;
      return [];
    },
    (_, driver) => [pointer('move', center(at(driver)))],
    (_, driver) => [pointer('down', center(at(driver)))],
    (_, driver) => [pointer('up', center(at(driver)))],
    (_, driver) => [wheel(center(at(driver)), (more % 200) - 100)],
    (model) => {
      const is = { isWide: pick % 3 === 0, hasMore: more % 2 === 0, isOpen: pick % 7 === 0 };
      Object.assign(model, is);
      return [];
    },
    () => [key(keys[pick % keys.length]!)],
    (_, driver) => [{ tag: 'focus', id: pick % 5 === 0 ? null : at(driver).id, visible: more % 2 === 0 }],
  ];
  return actions[kind]!;
};

const flat = (node: Semantics): readonly Semantics[] => [node, ...(node.children ?? []).flatMap(flat)];

describe('appearances kept from frame to frame', () => {
  it.each([91, 92, 93])('seed %i: what is kept equals what is made anew', (seed) => {
    const random = seeded(seed);
    const [model, fresh] = [newModel(), newModel()];
    const keeping = new Driver(buildAll(model));
    const making = new Driver(buildAll(fresh));
    for (let step = 0; step < 400; step++) {
      const act = happening(random);
      const events = [act(model, keeping), act(fresh, making)] as const;
      // Another theme of the same colours: nothing of the frame before can be taken.
      making.ui.theme = { ...lightTheme };
      keeping.timeMs += 50;
      making.timeMs += 50;
      const [kept, made] = [keeping.frame(...events[0]), making.frame(...events[1])];
      expect({ step, ...kept }).toEqual({ step, ...made });
      expect(model).toEqual(fresh);
    }
  });

  it('a frame without change gives the very shapes and semantics of the last; one change makes those of one widget', () => {
    const model = newModel();
    const driver = new Driver(buildAll(model));
    const first = driver.output;
    const second = driver.frame();
    expect(second.picture.every((shape, i) => shape === first.picture[i])).toBe(true);
    expect(second.semantics.children![0]).toBe(first.semantics.children![0]);
    model.level = 9;
    const third = driver.frame();
    const known = new Set<unknown>([...second.picture, ...flat(second.semantics)]);
    const news = [...third.picture, ...flat(third.semantics)].filter((part) => !known.has(part));
    const roles = news.map((part) => ('role' in part ? part.role : part.tag)).sort();
    expect(roles).toEqual(['group', 'group', 'rounded', 'rounded', 'rounded', 'slider']);
  });

  it('another theme: everything is in its colours, though places and words are the same', () => {
    const [driver, dark] = [new Driver(buildAll(newModel())), new Driver(buildAll(newModel()))];
    dark.ui.theme = { ...darkTheme };
    driver.ui.theme = darkTheme;
    expect(driver.frame().picture).toEqual(dark.frame().picture);
    // A driver that has known no other theme.
    dark.ui.forgetMeasures();
    expect(driver.frame().picture).toEqual(dark.frame().picture);
  });

  it('fonts, density and the kind of pointer make everything anew', () => {
    const driver = new Driver(buildAll(newModel()));
    const first = driver.output;
    driver.ui.forgetMeasures();
    const second = driver.frame();
    expect(second.picture[0]).not.toBe(first.picture[0]);
    expect(second.picture).toEqual(first.picture);
  });
});
