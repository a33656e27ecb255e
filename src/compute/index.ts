export * from './contract.js';
export { createPixelPool } from './pool.js';
export { configure, type SharedPixelPool, sharedPixelPool } from './shared.js';
