import type { Row } from './model.js';
import type { Report } from './report.js';
import { scenes } from './scenes/index.js';
import { npyOf } from './scenes/npy.js';
import { type Verdict, verdicts } from './targets.js';

/** What `npm run bench` asks the page for, beside its controls. */
export type BenchHook = {
  readonly scenes: readonly string[];
  /** The `.npy` file that a scene makes in memory: its name, its length, and its beginning up to the end of the block that repeats. */
  npy(scene: string, quick: boolean): Promise<NpyBeginning | null>;
  report(): Report | null;
  verdicts(rows: readonly Row[]): readonly Verdict[];
};

export type NpyBeginning = {
  readonly name: string;
  readonly bytes: number;
  readonly headerBytes: number;
  /** A data URL. */
  readonly beginning: string;
};

const dataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

export const benchHook = (report: () => Report | null): BenchHook => ({
  scenes: scenes.filter(({ needsFiles }) => !needsFiles).map(({ name }) => name),
  npy: async (scene, quick) => {
    const made = npyOf(scene, quick);
    if (!made) return null;
    const { file, headerBytes, blockBytes } = made;
    const beginning = await dataUrl(file.slice(0, headerBytes + blockBytes));
    return { name: file.name, bytes: file.size, headerBytes, beginning };
  },
  report,
  verdicts,
});
