import type { WidgetId } from './input.js';
import type { WidgetNode } from './node.js';

/** A widget's place among all: its node in the last build that it stood in, and in the one before, and its state. */
export type Slot = {
  readonly id: WidgetId;
  node: WidgetNode | null;
  build: number;
  before: WidgetNode | null;
  beforeBuild: number;
  state: object | null;
  /** The last build that asked for the state. */
  stateBuild: number;
};

/** The slots of keys inside one widget. */
export type KeyedSlots = Map<string, Slot>;

const nodeIn = (slot: Slot | undefined, build: number): WidgetNode | undefined => {
  if (slot?.build === build) return slot.node!;
  return slot?.beforeBuild === build ? slot.before! : undefined;
};

/**
 * Ids and, by them, the nodes of the last two builds and the widgets' state. Slots are made once and kept, since joining and hashing
 * strings is most of what claiming an id costs, and so that a build fills no map of its own.
 */
export class WidgetSlots {
  readonly #inside = new Map<string, KeyedSlots>();
  readonly #all = new Map<WidgetId, Slot>();
  /** Those that have state. */
  readonly #withState = new Set<Slot>();
  /** The last build that asked for state, and for how many. */
  #asked = { build: -1, count: 0 };

  /** Those under a prefix. */
  under(prefix: string): KeyedSlots {
    let slots = this.#inside.get(prefix);
    if (!slots) {
      slots = new Map();
      this.#inside.set(prefix, slots);
    }
    return slots;
  }

  /** The slot of a key, `prefix` before it in the id; `slots` are those under the prefix. */
  of(slots: KeyedSlots, prefix: string, key: string): Slot {
    let slot = slots.get(key);
    if (!slot) {
      slot = this.slot(prefix + key);
      slots.set(key, slot);
    }
    return slot;
  }

  /** The slot of a part of a widget. */
  part(id: WidgetId, name: string): Slot {
    return this.of(this.under(id), `${id}#`, name);
  }

  slot(id: WidgetId): Slot {
    let slot = this.#all.get(id);
    if (!slot) {
      slot = { id, node: null, build: -1, before: null, beforeBuild: -1, state: null, stateBuild: -1 };
      this.#all.set(id, slot);
    }
    return slot;
  }

  put(slot: Slot, node: WidgetNode, build: number): void {
    if (slot.build !== build) {
      slot.before = slot.node;
      slot.beforeBuild = slot.build;
    }
    slot.node = node;
    slot.build = build;
  }

  /** The node that stood in one of the last two builds. */
  node(id: WidgetId, build: number): WidgetNode | undefined {
    return nodeIn(this.#all.get(id), build);
  }

  nodeOf(slot: Slot, build: number): WidgetNode | undefined {
    return nodeIn(slot, build);
  }

  /** The state that a widget keeps from build to build; it always asks for the same type. */
  kept<T extends object>(slot: Slot, build: number, initial: () => T): T {
    if (slot.state === null) {
      slot.state = initial();
      this.#withState.add(slot);
    }
    if (slot.stateBuild !== build) {
      slot.stateBuild = build;
      if (this.#asked.build !== build) this.#asked = { build, count: 0 };
      this.#asked.count += 1;
    }
    return slot.state as T;
  }

  /**
   * Between frames: state that this build did not ask for is dropped. Where most slots are of widgets (rows by name) that went, those
   * alone stay that stand in this build, `shown` in number, or have state.
   */
  trim(build: number, shown: number): void {
    const asked = this.#asked.build === build ? this.#asked.count : 0;
    if (asked !== this.#withState.size) this.#dropState(build);
    if (this.#all.size <= 1000 + 4 * shown) return;
    this.#inside.clear();
    for (const [id, slot] of this.#all) {
      if (slot.build !== build && slot.stateBuild !== build) this.#all.delete(id);
    }
  }

  #dropState(build: number): void {
    for (const slot of this.#withState) {
      if (slot.stateBuild === build) continue;
      slot.state = null;
      this.#withState.delete(slot);
    }
  }
}
