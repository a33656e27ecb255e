import { createFocusKeeper } from '../../../src/shell/mirror/focus-keeper.js';
import { createMirror, type Mirror } from '../../../src/shell/mirror/mirror.js';
import type { Semantics } from '../../../src/ui/index.js';
import { equal } from '../expect.js';

const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
};

type Stand = { readonly parent: HTMLElement; readonly mirror: Mirror; remove(): void };

const stand = (): Stand => {
  const host = document.body.appendChild(document.createElement('div'));
  const shadow = host.attachShadow({ mode: 'open' });
  const parent = shadow.appendChild(document.createElement('div'));
  const mirror = createMirror({
    parent,
    shadow,
    keeper: createFocusKeeper(shadow, 'Trial'),
    editing: () => ({ isComposing: false, isDirty: false }),
    showPopup: () => {},
    closePopup: () => {},
  });
  return { parent, mirror, remove: () => host.remove() };
};

/** Everything that an element is, without the numbers of its making. */
const told = (element: Element): unknown => ({
  tag: element.tagName,
  attributes: Array.from(element.attributes, ({ name, value }) => `${name}=${value}`)
    .filter((text) => !text.startsWith('id='))
    .sort(),
  value: (element as HTMLInputElement).value,
  checked: (element as HTMLInputElement).checked,
  text: element.children.length === 0 ? element.textContent : null,
  children: Array.from(element.children, told),
});

const roles = ['group', 'button', 'checkbox', 'slider', 'textbox'] as const;

/** A leaf or group that differs from one of the same id in anything. */
const made = (id: string, random: (below: number) => number, children: readonly Semantics[]): Semantics => {
  const role = children.length > 0 ? 'group' : roles[random(roles.length)]!;
  return {
    id,
    role,
    name: `name ${random(3)}`,
    rect: { x: random(3) * 10, y: random(3) * 10, width: 20, height: 10 + random(2) },
    focusable: role !== 'group',
    disabled: random(5) === 0,
    checked: random(2) === 0,
    value: `value ${random(2)}`,
    valueNow: random(4),
    valueMin: 0,
    valueMax: 10,
    ...(children.length > 0 ? { children } : {}),
  };
};

/** The ids 0…17 in a random tree; a part that has the same id and children as in `before` is often the same object. */
const nextTree = (random: (below: number) => number, before: ReadonlyMap<string, Semantics>): Semantics => {
  const keptOr = (id: string, children: readonly Semantics[]): Semantics => {
    const old = before.get(id);
    const oldChildren = old?.children ?? [];
    const same = oldChildren.length === children.length && oldChildren.every((c, i) => c === children[i]);
    return old && same && random(4) > 0 ? old : made(id, random, children);
  };
  const shuffled = random(3) === 0;
  const order = Array.from({ length: 18 }, (_, i) => `${i}`).sort(() => (shuffled ? random(3) - 1 : 0));
  const present = order.filter(() => random(8) > 0);
  const grouped = (ids: readonly string[], depth: number): Semantics[] => {
    const parts: Semantics[] = [];
    for (let i = 0; i < ids.length; i++) {
      const inside = depth < 2 && Number(ids[i]) % 4 === 0 ? ids.slice(i + 1, i + 4) : [];
      parts.push(keptOr(ids[i]!, grouped(inside, depth + 1)));
      i += inside.length;
    }
    return parts;
  };
  const rect = { x: 0, y: 0, width: 100, height: 100 };
  const children = grouped(present, 0);
  return { id: '', role: 'group', name: '', rect, focusable: false, children };
};

const byId = (node: Semantics, into = new Map<string, Semantics>()): Map<string, Semantics> => {
  into.set(node.id, node);
  for (const child of node.children ?? []) byId(child, into);
  return into;
};

describe('mirror of changing trees', () => {
  for (const seed of [31, 32, 33]) {
    it(`seed ${seed}: elements that were brought up to date equal those made anew`, () => {
      const random = seeded(seed);
      const lasting = stand();
      let before = new Map<string, Semantics>();
      for (let step = 0; step < 200; step++) {
        const tree = nextTree(random, before);
        before = byId(tree);
        const fresh = stand();
        lasting.mirror.update(tree);
        fresh.mirror.update(tree);
        equal(told(lasting.parent), told(fresh.parent), `step ${step}`);
        fresh.remove();
      }
      lasting.remove();
    });
  }

  it('looks at no element of a part that is the same object as before', () => {
    const { mirror, parent, remove } = stand();
    const random = seeded(34);
    const leaves = Array.from({ length: 50 }, (_, i) => made(`${i}`, random, []));
    const rect = { x: 0, y: 0, width: 100, height: 100 };
    const root = (children: readonly Semantics[]): Semantics => ({
      id: '',
      role: 'group',
      name: '',
      rect,
      focusable: false,
      children,
    });
    mirror.update(root(leaves));
    const seen: string[] = [];
    for (const element of parent.children) {
      const { style } = element as HTMLElement;
      Object.defineProperty(element, 'style', {
        get: () => {
          seen.push(element.id);
          return style;
        },
      });
    }
    const moved = { ...leaves[7]!, rect: { ...rect, x: 77 } };
    mirror.update(root(leaves.with(7, moved)));
    equal([...new Set(seen)], ['w8']);
    remove();
  });
});
