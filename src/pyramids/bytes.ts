import { InnotaterError } from '../errors/index.js';
import { bodyOf, fetchOk, shortUrl } from './fetching.js';

/** A file that is read by parts. */
export interface ByteSource {
  /** For messages. */
  readonly name: string;
  /** Bytes from `offset` on; fewer where the file ends before. Rejects with `InnotaterError` 'fetch', or `signal.reason`. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<ArrayBuffer>;
}

export const blobBytes = (blob: Blob): ByteSource => {
  const name = (blob as Partial<File>).name || `a file of ${blob.size} bytes`;
  return {
    name,
    read: async (offset, length, signal) => {
      signal?.throwIfAborted();
      try {
        return await blob.slice(offset, offset + length).arrayBuffer();
      } catch (cause) {
        const message = `${name} could not be read: it was moved, removed or changed`;
        throw new InnotaterError('fetch', message, { file: name }, { cause });
      }
    },
  };
};

const rangesRefused = (url: string, status: number): InnotaterError =>
  new InnotaterError(
    'fetch',
    `${shortUrl(url)} cannot be read by parts: its server ignores the header Range and answers with the whole file (status ${status} instead of 206); serve it from one that supports range requests, or open the file from disk`,
    { url: shortUrl(url), status, ranges: false },
  );

/** A file behind a URL, read by HTTP range requests. Never asks for the whole file. */
export const urlBytes = (url: string): ByteSource => ({
  name: shortUrl(url),
  read: async (offset, length, signal) => {
    const stop = new AbortController();
    const giveUp = () => stop.abort(signal?.reason);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      const headers = { range: `bytes=${offset}-${offset + length - 1}` };
      const response = await fetchOk(url, { signal: stop.signal, headers });
      if (response.status === 206) return await bodyOf(response, url, signal);
      stop.abort();
      throw rangesRefused(url, response.status);
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  },
});

const blockBytes = 1 << 16;
const mostBlocks = 64;

type Block = {
  readonly bytes: Promise<ArrayBuffer>;
  readonly stop: AbortController;
  users: number;
  done: boolean;
};

/**
 * Answers small reads (headers and tables of offsets) out of blocks of 64 KiB, which are kept, 4 MiB at most. Larger reads go
 * through. A block's request ends when nobody waits for it any more.
 */
export const inBlocks = (source: ByteSource): ByteSource => {
  const blocks = new Map<number, Block>();

  const begin = (index: number): Block => {
    const stop = new AbortController();
    const bytes = source.read(index * blockBytes, blockBytes, stop.signal);
    const block: Block = { bytes, stop, users: 0, done: false };
    blocks.set(index, block);
    bytes.then(
      () => {
        block.done = true;
      },
      () => {
        if (blocks.get(index) === block) blocks.delete(index);
      },
    );
    if (blocks.size > mostBlocks) blocks.delete(blocks.keys().next().value!);
    return block;
  };

  const blockAt = async (index: number, signal?: AbortSignal): Promise<ArrayBuffer> => {
    const block = blocks.get(index) ?? begin(index);
    blocks.delete(index);
    blocks.set(index, block);
    block.users++;
    const leave = () => {
      block.users--;
      if (block.users > 0 || block.done) return;
      if (blocks.get(index) === block) blocks.delete(index);
      block.stop.abort(signal?.reason);
    };
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        leave();
        reject(signal?.reason);
      };
      if (signal?.aborted) return giveUp();
      signal?.addEventListener('abort', giveUp, { once: true });
      block.bytes.then(resolve, reject).finally(() => {
        if (signal?.aborted) return;
        signal?.removeEventListener('abort', giveUp);
        block.users--;
      });
    });
  };

  return {
    name: source.name,
    read: async (offset, length, signal) => {
      if (length >= blockBytes) return source.read(offset, length, signal);
      const first = Math.floor(offset / blockBytes);
      const last = Math.floor((offset + Math.max(length, 1) - 1) / blockBytes);
      const parts = await Promise.all(
        Array.from({ length: last - first + 1 }, (_, i) => blockAt(first + i, signal)),
      );
      const from = offset - first * blockBytes;
      if (parts.length === 1) return parts[0]!.slice(from, from + length);
      const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
      let at = 0;
      for (const part of parts) {
        joined.set(new Uint8Array(part), at);
        at += part.byteLength;
      }
      return joined.slice(from, from + length).buffer;
    },
  };
};
