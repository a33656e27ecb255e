export * from './contract.js';
export * from './innotation.js';
