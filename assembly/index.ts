/** The number of bytes of wasm memory in use, for a first build. */
export function memoryBytes(): usize {
  return memory.size() << 16;
}
