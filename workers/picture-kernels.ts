import deflated from '../build/picture-kernels.deflated.txt?raw';
import type { PixelBackend } from '../src/kernels/index.js';
import { BandKernels } from './band-kernels.js';
import { compiledFrom } from './compiled.js';

const load = async () => {
  const instance = await WebAssembly.instantiate(await compiledFrom(deflated));
  return { kernels: new BandKernels(instance) };
};

let loaded: ReturnType<typeof load> | undefined;

/** The kernels of `assembly/pictures.ts`: bytes of four channels side by side alone. Rejects where WebAssembly or its SIMD is refused. */
export const loadPictureKernels = (): ReturnType<typeof load> => {
  loaded ??= load();
  return loaded;
};

/** 'js': this worker cannot compute; the whole one can, without WebAssembly. */
export const pictureBackend = (): Promise<PixelBackend> =>
  loadPictureKernels().then(
    () => 'simd',
    () => 'js',
  );
