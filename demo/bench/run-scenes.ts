import { leftOut } from './alternate.js';
import type { Row, Scene, SceneContext } from './model.js';

export type Progress = { readonly done: number; readonly total: number; readonly text: string };

export type RunOptions = Pick<SceneContext, 'host' | 'quick' | 'files' | 'signal'> & {
  readonly onProgress: (progress: Progress) => void;
  readonly onRows: (rows: readonly Row[]) => void;
};

/** Runs scenes one after the other; one that fails is told as such and the others go on. Ends early when the signal aborts. */
export const runScenes = async (
  scenes: readonly Scene[],
  { host, quick, files, signal, onProgress, onRows }: RunOptions,
): Promise<void> => {
  for (const [i, scene] of scenes.entries()) {
    const say: SceneContext['say'] = (part, text) =>
      onProgress({ done: i + part, total: scenes.length, text: `${scene.title}: ${text}` });
    say(0, 'begins');
    try {
      onRows(await scene.run({ host, quick, files, signal, say }));
    } catch (error) {
      if (signal.aborted) return;
      onRows([leftOut(scene.name, 'the scene', `failed: ${(error as Error).message}`)]);
    } finally {
      host.replaceChildren();
    }
  }
};
