import { transfer } from 'comlink';
import { failure, type Reply, success } from '../src/errors/index.js';
import type { RgbaPixels } from '../src/kernels/index.js';

export const replyOf = async <T>(work: () => Promise<T>): Promise<Reply<T>> => {
  try {
    return success(await work());
  } catch (thrown) {
    return failure(thrown, 'worker');
  }
};

/** The reply with the memory of its value handed over. */
export const handedOver = <T>(
  reply: Reply<T>,
  memory: (value: T) => ArrayBufferView<ArrayBuffer>,
): Reply<T> => (reply.ok ? transfer(reply, [memory(reply.value).buffer]) : reply);

export const transferred = (reply: Reply<RgbaPixels>): Reply<RgbaPixels> =>
  handedOver(reply, ({ rgba }) => rgba);
