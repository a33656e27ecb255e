import type { UiEvent } from '../ui/index.js';

export type Command = 'next' | 'previous' | 'save' | 'undo' | 'redo';
type Key = Extract<UiEvent, { tag: 'key' }>;

/** The one table of keys of the whole. `command`: with Ctrl or Meta held; else with neither (C7). */
const table: readonly {
  readonly key: string;
  readonly command: boolean;
  readonly shift?: boolean;
  readonly does: Command;
}[] = [
  { key: 'n', command: false, does: 'next' },
  { key: 'p', command: false, does: 'previous' },
  { key: 's', command: false, does: 'save' },
  { key: 'z', command: true, shift: false, does: 'undo' },
  { key: 'z', command: true, shift: true, does: 'redo' },
  { key: 'y', command: true, shift: false, does: 'redo' },
];

/** The letters among them that work without Ctrl or Meta; lists leave these alone (C10). */
export const plainKeys: readonly string[] = table.filter(({ command }) => !command).map(({ key }) => key);

/** What a key that no control used asks for; null for nothing. `letters`: whether n, p and s count. */
export const commandOf = (event: Key, letters: boolean): Command | null => {
  const { ctrl, meta, alt, shift } = event.modifiers;
  if (event.phase !== 'down' || alt) return null;
  const held = ctrl || meta;
  const key = event.key.toLowerCase();
  const row = table.find(
    (entry) =>
      entry.key === key && entry.command === held && (entry.shift === undefined || entry.shift === shift),
  );
  if (!row || (!row.command && !letters)) return null;
  return row.does === 'save' && event.repeat ? null : row.does;
};
