import type { TensorLike } from 'innotater';

export type SkySize = { readonly width: number; readonly height: number; readonly seed: number };

/** A 16-bit picture of stars on a faint cloud, the same for the same seed; made in a worker of its own, since it takes about a second. */
export const sky = (size: SkySize): Promise<TensorLike> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sky.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Uint16Array>) => {
      worker.terminate();
      resolve({ data, shape: [size.height, size.width] });
    };
    worker.onerror = ({ message }) => {
      worker.terminate();
      reject(new Error(`The sky could not be made: ${message}`));
    };
    worker.postMessage(size);
  });
