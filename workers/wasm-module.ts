import deflated from '../build/kernels.deflated.txt?raw';

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The wasm module of the kernels, compiled once a thread; its bytes are unpacked from the text they are shipped in and never fetched. Rejects
 * where WebAssembly or its SIMD is refused.
 */
export const wasmModule = (): Promise<WebAssembly.Module> => {
  compiled ??= unpacked().then((bytes) => WebAssembly.compile(bytes));
  return compiled;
};

const unpacked = (): Promise<ArrayBuffer> => {
  const bytes = Uint8Array.from(atob(deflated), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
};
