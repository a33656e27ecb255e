import { InnotaterError } from '../errors/index.js';
import { configured, setConfigured } from './configured.js';
import type { ComputeConfiguration, PixelPool } from './contract.js';
import { createPixelPool } from './pool.js';

/** The page's pool: made by the first `acquire`, disposed by the last `release`. */
export type SharedPixelPool = {
  acquire(): PixelPool;
  /** Once for each `acquire`; more are ignored. */
  release(): void;
};

let pool: PixelPool | null = null;
let users = 0;

const known = ['workerUrl', 'sourcesWorkerUrl', 'createWorker', 'maxWorkers'];

/**
 * Settings for the page's pool, replacing earlier ones; to be called before the first mount. A pool that is in use keeps what it was made
 * with, and the console is warned; so it is of names that are none. Throws `InnotaterError` 'data' for what is no object,
 * and no number of workers.
 */
export const configure = (settings: ComputeConfiguration): void => {
  if (typeof settings !== 'object' || settings === null) {
    throw new InnotaterError('data', `configure needs an object of ${known.join(', ')}, not ${settings}`);
  }
  const { maxWorkers = 0 } = settings;
  if (!(maxWorkers >= 0)) {
    throw new InnotaterError('data', `configure: maxWorkers must be a number from 0, not ${maxWorkers}`);
  }
  for (const name of Object.keys(settings).filter((one) => !known.includes(one))) {
    console.warn(`innotater: configure: Unknown option "${name}"; there are ${known.join(', ')}`);
  }
  if (pool) {
    console.warn(
      'innotater: configure() comes after the first mount; views that are mounted keep their workers',
    );
  }
  setConfigured(settings);
};

const shared: SharedPixelPool = {
  acquire() {
    pool ??= createPixelPool(configured());
    users += 1;
    return pool;
  },
  release() {
    users = Math.max(0, users - 1);
    if (users > 0) return;
    pool?.dispose();
    pool = null;
  },
};

/** The page-wide pool. Nothing is made before somebody acquires it. */
export const sharedPixelPool = (): SharedPixelPool => shared;
