import type { Ui } from '../ui/index.js';
import type { SaveState } from './events.js';

const words: Readonly<Record<SaveState, string>> = {
  saved: 'Saved',
  unsaved: 'Unsaved',
  saving: 'Saving…',
  failed: 'Not saved',
};
/** What is over sooner is not spoken of. */
const quietMs = 500;

/** The state in words. States on the way to another one, as while the journal is written, are told once they last. */
export class SaveWords {
  #told: SaveState = 'saved';
  #state: SaveState = 'saved';
  #sinceMs = 0;

  /** For this frame; `byHook`: unsaved is a state to stay in. */
  of(ui: Ui, state: SaveState, byHook: boolean): string {
    if (state !== this.#state) [this.#state, this.#sinceMs] = [state, ui.timeMs];
    const waitedMs = ui.timeMs - this.#sinceMs;
    const isPassing = state === 'saving' || (state === 'unsaved' && !byHook);
    if (!isPassing || waitedMs >= quietMs) this.#told = state;
    else if (state !== this.#told) ui.repaint('save state lasts', quietMs - waitedMs);
    return words[this.#told];
  }
}
