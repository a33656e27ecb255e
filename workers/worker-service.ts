import type { WorkerService } from '../src/kernels/index.js';
import { createBoxService } from './box-service.js';
import { createPixelService } from './service.js';
import type { ServiceOptions } from './service-options.js';

export { onMainThread } from './service-options.js';

/** All that runs in a worker, with nothing held yet. Pixels and boxes are released alike, by their id. */
export const createWorkerService = (options: ServiceOptions): WorkerService => {
  const pixels = createPixelService(options);
  const { free, ...boxes } = createBoxService();
  return {
    ...pixels,
    boxes,
    release: async (id) => {
      free(id);
      await pixels.release(id);
    },
  };
};
