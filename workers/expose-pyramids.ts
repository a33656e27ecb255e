import { expose, transfer } from 'comlink';
import { createPyramidService, type PyramidOpener, type PyramidService } from '../src/pyramids/service.js';

/** Makes this worker one that opens pyramids; tiles are handed over, not copied. */
export const exposePyramids = (open: PyramidOpener): void => {
  const service = createPyramidService(open);
  const exposed: PyramidService = {
    ...service,
    tile: async (...call) => {
      const reply = await service.tile(...call);
      return reply.ok ? transfer(reply, [reply.value.data.buffer]) : reply;
    },
  };
  expose(exposed);
};
