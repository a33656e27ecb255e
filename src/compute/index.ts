export * from './contract.js';
export { createPixelPool } from './pool.js';
export { openPyramid } from './pyramid-client.js';
export { configure, type SharedPixelPool, sharedPixelPool } from './shared.js';
