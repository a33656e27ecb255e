export * from './contract.js';
export { createRenderer } from './renderer.js';
