import { transfer } from 'comlink';
import { failure, InnotaterError, type Reply, success } from '../src/errors/index.js';
import { type BoxService, mostTileSide } from '../src/kernels/index.js';
import { boxColumns } from './box-columns.js';
import { BoxSet } from './box-set.js';

const lost = (id: string) =>
  new InnotaterError('worker', 'The boxes were lost with a worker that crashed; hand them in again.', {
    lost: true,
    id,
  });

/** A service that holds no boxes yet, and the way to free what it holds under an id. */
export const createBoxService = (): BoxService & { free(id: string): void } => {
  const sets = new Map<string, BoxSet>();
  const setOf = (id: string): BoxSet => {
    const set = sets.get(id);
    if (!set) throw lost(id);
    return set;
  };
  const reply = async <T>(work: () => T | Promise<T>): Promise<Reply<T>> => {
    try {
      return success(await work());
    } catch (thrown) {
      return failure(thrown, 'worker');
    }
  };
  return {
    open: (plan) =>
      reply(async () => {
        const columns = await boxColumns(plan.count, mostTileSide ** 2);
        sets.set(plan.id, new BoxSet(plan, columns));
      }),
    load: (band) => reply(() => setOf(band.id).load(band)),
    index: (id) => reply(() => setOf(id).index()),
    filter: (id, filter) => reply(() => setOf(id).filter(filter)),
    lift: (id, rows) => reply(() => setOf(id).lift(rows)),
    patch: (patch) => reply(() => setOf(patch.id).patch(patch)),
    tile: async (request) => {
      const answer = await reply(() => setOf(request.id).tile(request));
      return answer.ok && answer.value ? transfer(answer, [answer.value.buffer]) : answer;
    },
    hit: (query) => reply(() => setOf(query.id).hit(query)),
    near: (query) => reply(() => setOf(query.id).near(query)),
    free: (id) => {
      sets.delete(id);
    },
  };
};
