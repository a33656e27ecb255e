import type { ComputeConfiguration, PixelPool } from './contract.js';
import { createPixelPool } from './pool.js';

/** The page's pool: made by the first `acquire`, disposed by the last `release`. */
export type SharedPixelPool = {
  acquire(): PixelPool;
  /** Once for each `acquire`; more are ignored. */
  release(): void;
};

let configuration: ComputeConfiguration = {};
let pool: PixelPool | null = null;
let users = 0;

/** Settings for the page's pool, replacing earlier ones. A pool that is in use keeps what it was made with. */
export const configure = (settings: ComputeConfiguration): void => {
  configuration = settings;
};

/** What was last set. */
export const configured = (): ComputeConfiguration => configuration;

const shared: SharedPixelPool = {
  acquire() {
    pool ??= createPixelPool(configuration);
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
