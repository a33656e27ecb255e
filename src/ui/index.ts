export * from './contract.js';
export * from './input.js';
export * from './layout/style.js';
export * from './output.js';
export * from './theme.js';
