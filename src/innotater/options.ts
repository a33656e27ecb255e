import type { Indexes } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { checkOptionNames, Keymap, namesOf, type ShortcutOverrides } from '../innotations/index.js';
import type { PartialTheme } from '../ui/index.js';
import { checkTheme } from './theme-choice.js';

/** Gets the dirty uindexes, ascending. `true`, at once or as a promise, says that they are saved; anything else keeps them dirty. */
export type SaveHook = (uindexes: readonly number[]) => unknown;

export type InnotaterOptions = {
  /** Which samples are shown, in which order: integers, or a boolean mask. Default: all. */
  readonly indexes?: Indexes | null;
  /** Whether the view has its keys, such as n, p and s; default true. Undo and redo have theirs in any case. */
  readonly keyboardShortcuts?: boolean;
  /** Other keys for shortcuts, by name: `{ next: 'j', save: ['Mod+s', 's'], nextBlank: [] }`. The `?` sheet lists them. */
  readonly shortcuts?: ShortcutOverrides;
  /** Brings what was edited where it belongs, by the Save button, its key and `save()`. Default: none, and no button. */
  readonly saveHook?: SaveHook | null;
  /**
   * Keeps a journal of all edits in this browser under this name of the dataset (or `{key}`), so that a crash, a reload or a closed tab
   * loses nothing: what was not saved is put back when the view is mounted next, with undo. Default: none.
   */
  readonly journal?: string | { readonly key: string } | null;
  /** Inputs over targets in place of side by side. */
  readonly vertical?: boolean;
  /** Undo and Redo at the end of the control bar: always, never, or (default) where the primary pointer is a finger. */
  readonly undoButtons?: boolean;
  /** Accessible name of the whole; default "Innotater". */
  readonly label?: string;
  /** 'auto' (default) follows the system; a partial theme does too, with its entries laid over. */
  readonly theme?: 'light' | 'dark' | 'auto' | PartialTheme;
  /** Samples read ahead; default 2. */
  readonly prefetch?: number;
  /** Bytes of decoded pixels the whole may hold; default 512 MiB. The views of a page that are in sight or near it share it equally. */
  readonly memoryBudget?: number;
};

/** The options with every default in place. */
export type Settings = {
  readonly keyboardShortcuts: boolean;
  readonly keymap: Keymap;
  readonly saveHook: SaveHook | null;
  /** Of the dataset in the journal; null without one. */
  readonly journalKey: string | null;
  readonly vertical: boolean;
  /** Undefined: where the primary pointer is a finger. */
  readonly undoButtons: boolean | undefined;
  readonly label: string;
  readonly theme: 'light' | 'dark' | 'auto' | PartialTheme;
  readonly prefetch: number;
  readonly memoryBudget: number;
};

const optionNames = /* @__PURE__ */ namesOf<InnotaterOptions>({
  indexes: true,
  keyboardShortcuts: true,
  shortcuts: true,
  saveHook: true,
  journal: true,
  vertical: true,
  undoButtons: true,
  label: true,
  theme: true,
  prefetch: true,
  memoryBudget: true,
});

const wrong = (message: string) => new InnotaterError('data', message);

const journalKey = (journal: InnotaterOptions['journal']): string | null => {
  if (journal === undefined || journal === null) return null;
  const key = typeof journal === 'string' ? journal : journal.key;
  if (typeof key === 'string' && key !== '') return key;
  throw wrong(
    `journal must name the dataset, as journal: 'my-dataset' or {key: 'my-dataset'}, not ${JSON.stringify(journal)}`,
  );
};

/** Absent or null is the default. */
const checkKind = (
  options: InnotaterOptions,
  name: keyof InnotaterOptions,
  kind: 'boolean' | 'string',
): void => {
  const value: unknown = options[name];
  if (value === undefined || value === null || typeof value === kind) return;
  const right = kind === 'boolean' ? 'true or false' : 'a text';
  throw wrong(`${name} must be ${right}, not ${value}`);
};

/** Throws `InnotaterError` 'data' for an option of the wrong kind. */
export const settingsOf = (options: InnotaterOptions): Settings => {
  checkOptionNames('Innotater', 'Innotater', options, optionNames);
  const { saveHook = null, prefetch = 2, memoryBudget = 512 * 2 ** 20, theme = 'auto' } = options;
  if (saveHook !== null && typeof saveHook !== 'function') throw wrong('saveHook must be a function');
  if (!Number.isInteger(prefetch) || prefetch < 0) {
    throw wrong(`prefetch must be a whole number from 0, not ${prefetch}`);
  }
  if (!(memoryBudget > 0)) throw wrong(`memoryBudget must be a number of bytes above 0, not ${memoryBudget}`);
  for (const name of ['keyboardShortcuts', 'vertical', 'undoButtons'] as const)
    checkKind(options, name, 'boolean');
  checkKind(options, 'label', 'string');
  checkTheme(theme);
  return {
    keyboardShortcuts: options.keyboardShortcuts ?? true,
    keymap: new Keymap(options.shortcuts),
    saveHook,
    journalKey: journalKey(options.journal),
    vertical: options.vertical ?? false,
    undoButtons: options.undoButtons ?? undefined,
    label: options.label ?? 'Innotater',
    theme,
    prefetch,
    memoryBudget,
  };
};
