import deflated from '../build/kernels.deflated.txt?raw';
import { compiledFrom } from './compiled.js';

let compiled: Promise<WebAssembly.Module> | undefined;

/** The wasm module of all kernels, compiled once a thread. Rejects where WebAssembly or its SIMD is refused. */
export const wasmModule = (): Promise<WebAssembly.Module> => {
  compiled ??= compiledFrom(deflated);
  return compiled;
};
