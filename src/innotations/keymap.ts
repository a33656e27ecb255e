import { InnotaterError } from '../errors/index.js';
import type { UiEvent } from '../ui/index.js';

type KeyInput = Extract<UiEvent, { tag: 'key' }>;

/** Where a shortcut works: anywhere in the view but in text that is edited, or on an image that has focus. */
export type ShortcutScope = 'view' | 'image';

type Entry = {
  /** As in DOM `key`, with `Mod+` (Ctrl or Cmd), `Shift+` and `Alt+` before it; a blank is 'Space'. */
  readonly keys: readonly string[];
  readonly scope: ShortcutScope;
  /** Alt may be held or not: it means something to the action. */
  readonly anyAlt?: true;
};

/** Every shortcut there is, in the order of the sheet: the one place where keys are listed. */
export const shortcutTable = {
  next: { keys: ['n'], scope: 'view' },
  previous: { keys: ['p'], scope: 'view' },
  nextBlank: { keys: ['u'], scope: 'view' },
  save: { keys: ['s'], scope: 'view' },
  undo: { keys: ['Mod+z'], scope: 'view' },
  redo: { keys: ['Mod+Shift+z', 'Mod+y'], scope: 'view' },
  sheet: { keys: ['?'], scope: 'view' },
  drawBox: { keys: ['Enter'], scope: 'image' },
  boxLeft: { keys: ['ArrowLeft'], scope: 'image', anyAlt: true },
  boxRight: { keys: ['ArrowRight'], scope: 'image', anyAlt: true },
  boxUp: { keys: ['ArrowUp'], scope: 'image', anyAlt: true },
  boxDown: { keys: ['ArrowDown'], scope: 'image', anyAlt: true },
  nextBox: { keys: ['.', ']'], scope: 'image' },
  previousBox: { keys: [',', '['], scope: 'image' },
  boxClass: { keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], scope: 'image' },
  removeBox: { keys: ['Delete', 'Backspace'], scope: 'image' },
  copyBoxes: { keys: ['c'], scope: 'image' },
  zoomToBox: { keys: ['z'], scope: 'image' },
  hideBoxes: { keys: ['h'], scope: 'image' },
  fit: { keys: ['0'], scope: 'image' },
  zoomIn: { keys: ['+', '='], scope: 'image' },
  zoomOut: { keys: ['-'], scope: 'image' },
  oneToOne: { keys: ['o'], scope: 'image' },
  pan: { keys: ['Space'], scope: 'image' },
  panLeft: { keys: ['j'], scope: 'image' },
  panRight: { keys: ['l'], scope: 'image' },
  panUp: { keys: ['i'], scope: 'image' },
  panDown: { keys: ['k'], scope: 'image' },
  minimap: { keys: ['m'], scope: 'image' },
  tellPixel: { keys: ['v'], scope: 'image' },
  cancel: { keys: ['Escape'], scope: 'image' },
} as const satisfies Record<string, Entry>;

export type ShortcutName = keyof typeof shortcutTable;

/** Other keys for some shortcuts; an empty list turns one off. */
export type ShortcutOverrides = { readonly [name in ShortcutName]?: string | readonly string[] };

type Combination = {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
};

/** In the order of the table. */
export const shortcutNames = Object.keys(shortcutTable) as ShortcutName[];
const entryOf = (name: ShortcutName): Entry => shortcutTable[name];

const combinationOf = (text: string): Combination => {
  const parts = text === '+' ? ['+'] : text.split(/\+(?=.)/);
  const key = parts.at(-1)!;
  const held = parts.slice(0, -1).map((part) => part.toLowerCase());
  const unknown = held.find((part) => !['mod', 'shift', 'alt'].includes(part));
  if (key === '' || unknown !== undefined) {
    throw new InnotaterError(
      'data',
      `shortcuts: ${JSON.stringify(text)} is no key; write 'x', 'Mod+x' or 'Alt+Shift+ArrowUp'`,
    );
  }
  return {
    key: key === 'Space' ? ' ' : key.toLowerCase(),
    mod: held.includes('mod'),
    shift: held.includes('shift'),
    alt: held.includes('alt'),
  };
};

/**
 * The key as a keyboard of Latin letters has it, where a letter of another script was typed: keys are told by where they are then,
 * so that shortcuts work with any layout.
 */
const latinKey = ({ key, code }: KeyInput): string | null => {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter !== undefined && /^\P{ASCII}$/u.test(key) && !/\p{Script=Latin}/u.test(key)
    ? letter.toLowerCase()
    : null;
};

/** Shift counts where Mod is held; else it only makes the sign, or means something to the action. */
const matches = (
  wanted: Combination,
  key: string,
  modifiers: KeyInput['modifiers'],
  anyAlt: boolean,
): boolean => {
  const mod = modifiers.ctrl || modifiers.meta;
  if (wanted.key !== key.toLowerCase() || wanted.mod !== mod) return false;
  if (!anyAlt && wanted.alt !== modifiers.alt) return false;
  return wanted.shift ? modifiers.shift : !mod || !modifiers.shift;
};

const written = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** The caller's keys for one shortcut, checked. */
const keysGiven = (name: string, given: unknown): readonly string[] => {
  const keys: readonly unknown[] = Array.isArray(given) ? given : [given];
  const wrong = keys.findIndex((key) => typeof key !== 'string');
  if (wrong < 0) return keys as readonly string[];
  throw new InnotaterError(
    'data',
    `shortcuts: ${name} must be a key as 'x' or 'Mod+x', or a list of those, not ${written(keys[wrong])}`,
  );
};

/** Which key does what in one view. Throws `InnotaterError` 'data' for an override of nothing, by no key, or by another's key. */
export class Keymap {
  readonly #keys: ReadonlyMap<ShortcutName, readonly string[]>;
  readonly #combinations: ReadonlyMap<ShortcutName, readonly Combination[]>;

  constructor(overrides: ShortcutOverrides = {}) {
    if (typeof overrides !== 'object' || overrides === null) {
      throw new InnotaterError(
        'data',
        `shortcuts must be an object of keys by name, not ${written(overrides)}`,
      );
    }
    const wrong = Object.keys(overrides).find((name) => !Object.hasOwn(shortcutTable, name));
    if (wrong !== undefined) {
      throw new InnotaterError(
        'data',
        `shortcuts: there is no ${JSON.stringify(wrong)}; there are ${shortcutNames.join(', ')}`,
      );
    }
    const keysOf = (name: ShortcutName): readonly string[] => {
      const own = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
      return own === undefined ? entryOf(name).keys : keysGiven(name, own);
    };
    this.#keys = new Map(shortcutNames.map((name) => [name, keysOf(name)]));
    this.#combinations = new Map(shortcutNames.map((name) => [name, keysOf(name).map(combinationOf)]));
    this.#checkClashes();
  }

  /** A key of two shortcuts would leave one of them without. */
  #checkClashes(): void {
    const owners = new Map<string, ShortcutName>();
    for (const name of shortcutNames) {
      for (const [i, { key, mod, shift, alt }] of this.#combinations.get(name)!.entries()) {
        const place = [entryOf(name).scope, key, mod, shift, alt].join(' ');
        const other = owners.get(place);
        if (other !== undefined && other !== name) {
          throw new InnotaterError(
            'data',
            `shortcuts: ${written(this.keys(name)[i])} would be the key of both ${other} and ${name}; give one of them another, or [] for none`,
          );
        }
        owners.set(place, name);
      }
    }
  }

  keys(name: ShortcutName): readonly string[] {
    return this.#keys.get(name)!;
  }

  /** What a shortcut does, as given, and by which keys, for a tooltip; undefined where it has none. */
  hint(name: ShortcutName, does: string): string | undefined {
    const keys = this.keys(name);
    return keys.length === 0 ? undefined : `${does} (${keys.map(shownKey).join(', ')})`;
  }

  /** The shortcut that the key is in this scope; null for none. */
  find(event: KeyInput, scope: ShortcutScope): ShortcutName | null {
    const latin = latinKey(event);
    const { modifiers } = event;
    const named = this.#named(event.key, modifiers, scope);
    return named ?? (latin === null ? null : this.#named(latin, modifiers, scope));
  }

  /** One with Shift before one that Shift means nothing to. */
  #named(key: string, modifiers: KeyInput['modifiers'], scope: ShortcutScope): ShortcutName | null {
    const having = (shift: boolean) =>
      shortcutNames.find((name) => {
        const { scope: own, anyAlt = false } = entryOf(name);
        const isIt = (wanted: Combination) =>
          wanted.shift === shift && matches(wanted, key, modifiers, anyAlt);
        return own === scope && this.#combinations.get(name)!.some(isIt);
      });
    return having(true) ?? having(false) ?? null;
  }

  /** Which of a shortcut's keys it is, counted from 0; −1 for none of them. */
  which(event: KeyInput, name: ShortcutName): number {
    return this.#combinations
      .get(name)!
      .findIndex((one) => matches(one, event.key, event.modifiers, entryOf(name).anyAlt ?? false));
  }

  /** Keys of the whole view that need no modifier; lists leave these alone (C10). */
  plainKeys(among: (name: ShortcutName) => boolean): readonly string[] {
    return shortcutNames
      .filter((name) => entryOf(name).scope === 'view' && among(name))
      .flatMap((name) => this.#combinations.get(name)!)
      .filter(({ mod, alt }) => !mod && !alt)
      .map(({ key }) => key);
  }
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** As it stands on keyboards. */
export const shownKey = (key: string): string =>
  (key === '+' ? ['+'] : key.split(/\+(?=.)/))
    .map((part) => (part === 'Mod' ? 'Ctrl/⌘' : (signs[part] ?? part)))
    .join('+');
