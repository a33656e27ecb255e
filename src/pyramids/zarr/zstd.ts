import { ZSTDDecoder } from 'zstddec';

let ready: Promise<ZSTDDecoder> | undefined;
const decoder = (): Promise<ZSTDDecoder> => {
  ready ??= (async () => {
    const made = new ZSTDDecoder();
    await made.init();
    return made;
  })();
  return ready;
};

/** Zstandard for zarrita, read only; a tenth of the size of the codec that writes as well. */
const zstd = {
  codecId: 'zstd',
  fromConfig: () => ({
    kind: 'bytes_to_bytes' as const,
    encode: (): Uint8Array => {
      throw new Error('nothing is written here');
    },
    decode: async (bytes: Uint8Array): Promise<Uint8Array> => (await decoder()).decode(bytes),
  }),
};
export default zstd;
