import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import type { KeyInput } from '../node.js';
import { isPlain } from './keys.js';

/**
 * What is typed into a field and not finished. States: none (text null) → typed (text, base null) → settled (base = what the
 * caller showed after taking the edit in) → none on commit, cancel, loss of focus, or when the caller shows something else.
 */
export type Draft = { text: string | null; base: string | null };

export type Editing = {
  readonly shown: string;
  readonly edited: string | undefined;
  readonly committed: boolean;
  readonly cancelled: boolean;
  readonly focusGained: boolean;
  readonly focusLost: boolean;
};

export const keptDraft = (host: WidgetHost, id: WidgetId): Draft =>
  host.kept<Draft>(id, () => ({ text: null, base: null }));

/** The caller's text changed under a settled draft (another sample): the draft belongs to the old one. */
const settle = (draft: Draft, callerText: string): void => {
  if (draft.text === null) return;
  if (draft.base !== null && draft.base !== callerText) draft.text = null;
  draft.base = callerText;
};

/**
 * Follows the native field of `id` through this build's events; `callerText` is what is shown when nothing is typed. A field that is not
 * `writable` has no draft and takes no text.
 */
export const editing = (
  host: WidgetHost,
  id: WidgetId,
  callerText: string,
  draft: Draft,
  writable: boolean,
): Editing => {
  let edited: string | undefined;
  const seen = { committed: false, cancelled: false, focusGained: false, focusLost: false };
  const events = writable ? host.events(id) : host.events(id).filter(({ tag }) => tag !== 'text');
  if (!writable) draft.text = null;
  for (const event of events) {
    if (event.tag === 'text' && event.phase !== 'cancel' && event.value !== (draft.text ?? callerText)) {
      edited = event.value;
    }
    if (event.tag === 'text' && event.phase === 'input')
      Object.assign(draft, { text: event.value, base: null });
    if (event.tag === 'text' && event.phase === 'commit') seen.committed = true;
    if (event.tag === 'text' && event.phase === 'cancel') seen.cancelled = true;
    if (event.tag === 'focus') seen.focusGained = true;
    if (event.tag === 'focusLost') seen.focusLost = true;
  }
  if (seen.committed || seen.cancelled || seen.focusLost) draft.text = null;
  if (events.length > 0) host.answered();
  if (edited === undefined) settle(draft, callerText);
  return { shown: draft.text ?? callerText, edited, ...seen };
};

/** While a field is typed into, keys are its own; Esc and undo only as long as there is something to take back. */
export const wantsTyping = (key: KeyInput, draft: Draft): boolean => {
  const undo = key.key.toLowerCase() === 'z' && !isPlain(key);
  return key.key === 'Escape' || undo ? draft.text !== null : true;
};
