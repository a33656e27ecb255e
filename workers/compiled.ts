/** Compiles a wasm module from the text it is shipped in (deflated, in base64); nothing is fetched. Rejects where wasm or its SIMD is refused. */
export const compiledFrom = async (deflated: string): Promise<WebAssembly.Module> => {
  const bytes = Uint8Array.from(atob(deflated), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
};
