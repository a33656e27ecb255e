import type { WidgetId } from './input.js';

/** The ids of keys inside one widget. */
export type KeyedIds = Map<string, WidgetId>;

/** Keys that come and go (rows by name) must not be kept for ever. */
const mostIds = 20_000;

/** Ids are made once and kept, since joining and hashing strings is most of what claiming an id costs. */
export class WidgetIds {
  readonly #inside = new Map<string, KeyedIds>();
  #count = 0;

  /** Those under a prefix. */
  under(prefix: string): KeyedIds {
    let ids = this.#inside.get(prefix);
    if (!ids) {
      ids = new Map();
      this.#inside.set(prefix, ids);
    }
    return ids;
  }

  /** The id of a key, `prefix` before it; `ids` are those under the prefix. */
  of(ids: KeyedIds, prefix: string, key: string): WidgetId {
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = prefix + key;
    ids.set(key, id);
    this.#count += 1;
    return id;
  }

  /** The id of a part of a widget. */
  part(id: WidgetId, name: string): WidgetId {
    const parts = this.under(id);
    return parts.get(name) ?? this.of(parts, `${id}#`, name);
  }

  /** Between builds: forgets all where there are too many. */
  trim(): void {
    if (this.#count <= mostIds) return;
    this.#inside.clear();
    this.#count = 0;
  }
}
