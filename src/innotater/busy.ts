import type { LoadProgress } from '../images/index.js';
import type { Ui } from '../ui/index.js';

/** What goes on, and how much of it is done: 0…1, null while that is not known. */
export type Busy = { readonly label: string; readonly value: number | null; readonly valueText?: string };

/** Something that may take its time. `key` is another for another thing of its kind, which is waited for anew. */
export type Work = {
  readonly key: unknown;
  readonly label: 'Saving' | 'Loading' | 'Working';
  isDone(): boolean;
  /** Of everything that is still to come. */
  progress(): readonly Progress[];
};

/** In bytes, or as a part of the whole, 0…1; null where that is not known. */
type Progress = LoadProgress | number | null;

/** What is done sooner is not spoken of. */
const quietMs = 500;
/** How often the bar follows a part that is done; a frame takes from what is worked on. */
const followMs = 250;

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
    if (!shown) return null;
    const parts = shown.progress();
    const share = shareOf(parts);
    if (share.value !== null && parts.some(isPart)) ui.repaint(`${shown.label} goes on`, followMs);
    return { label: shown.label, ...share };
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

const isPart = (progress: Progress): progress is number => typeof progress === 'number';
const isFetched = (progress: Progress): progress is LoadProgress | null => !isPart(progress);

/**
 * The share that has come of all that is fetched, not known once all is there and something goes on all the same; or the least of
 * the parts.
 */
const shareOf = (
  all: readonly Progress[],
): { readonly value: number | null; readonly valueText?: string } => {
  const fetched = all.filter(isFetched);
  if (fetched.length === 0 && all.length > 0) return { value: Math.min(...all.filter(isPart)) };
  let [loaded, total] = [0, 0];
  for (const part of fetched) {
    if (part?.totalBytes == null) return { value: null };
    loaded += part.loadedBytes;
    total += part.totalBytes;
  }
  if (loaded >= total) return { value: null };
  return { value: loaded / total, valueText: `${sizeOf(loaded)} of ${sizeOf(total)}` };
};

const sizeOf = (bytes: number): string =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
