import type { Ui } from '../ui/index.js';
import type { Notice } from './notices.js';

/** A sample that is there sooner is not announced as loading. */
const quietMs = 500;

/** The line that says that a sample takes its time. */
export class LoadingNotice {
  #since: { readonly index: number; readonly timeMs: number } | null = null;
  #isShown = false;

  /** For this frame; null while there is nothing to say. */
  notice(ui: Ui, index: number, isReady: () => boolean): Notice | null {
    this.#isShown = false;
    if (this.#since?.index !== index) this.#since = { index, timeMs: ui.timeMs };
    if (isReady()) return null;
    const waitedMs = ui.timeMs - this.#since.timeMs;
    if (waitedMs < quietMs) {
      ui.repaint('sample is loading', quietMs - waitedMs);
      return null;
    }
    this.#isShown = true;
    return { kind: 'status', text: 'Loading…' };
  }

  /** True when the line is shown and no longer true, so that another frame is due. */
  isOver(isReady: () => boolean): boolean {
    return this.#isShown && isReady();
  }
}
