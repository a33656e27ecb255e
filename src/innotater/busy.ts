import type { LoadProgress } from '../images/index.js';
import type { Ui } from '../ui/index.js';

/** What goes on, and how much of it is done: 0…1, null while that is not known. */
export type Busy = { readonly label: string; readonly value: number | null; readonly valueText?: string };

/** Something that may take its time. `key` is another for another thing of its kind, which is waited for anew. */
export type Work = {
  readonly key: unknown;
  readonly label: 'Saving' | 'Loading' | 'Working';
  isDone(): boolean;
  /** Of everything that is still to come; null where that is not known. */
  progress(): readonly (LoadProgress | null)[];
};

/** What is done sooner is not spoken of. */
const quietMs = 500;

type Since = { readonly key: unknown; readonly timeMs: number };

/** The bar that says that something takes its time; of several things the first that does. */
export class BusyBar {
  readonly #since = new Map<Work['label'], Since>();
  #shown: Work | null = null;

  /** For this frame, announced when it begins; null while there is nothing to say. */
  of(ui: Ui, works: readonly Work[]): Busy | null {
    const shown = works.filter((work) => this.#takesItsTime(ui, work))[0] ?? null;
    if (shown && shown.label !== this.#shown?.label) ui.announce(`${shown.label}…`);
    this.#shown = shown;
    return shown && { label: shown.label, ...shareOf(shown.progress()) };
  }

  /** True when the bar is shown and no longer true, so that another frame is due. */
  get isOver(): boolean {
    return this.#shown?.isDone() ?? false;
  }

  #takesItsTime(ui: Ui, { label, key, isDone }: Work): boolean {
    if (isDone()) {
      this.#since.delete(label);
      return false;
    }
    let since = this.#since.get(label);
    if (since?.key !== key) since = { key, timeMs: ui.timeMs };
    this.#since.set(label, since!);
    const waitedMs = ui.timeMs - since!.timeMs;
    if (waitedMs >= quietMs) return true;
    ui.repaint(`${label} goes on`, quietMs - waitedMs);
    return false;
  }
}

/** The share that has come of all that is fetched; not known once all is there and something goes on all the same. */
const shareOf = (
  parts: readonly (LoadProgress | null)[],
): { readonly value: number | null; readonly valueText?: string } => {
  let [loaded, total] = [0, 0];
  for (const part of parts) {
    if (part?.totalBytes == null) return { value: null };
    loaded += part.loadedBytes;
    total += part.totalBytes;
  }
  if (loaded >= total) return { value: null };
  return { value: loaded / total, valueText: `${sizeOf(loaded)} of ${sizeOf(total)}` };
};

const sizeOf = (bytes: number): string =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
