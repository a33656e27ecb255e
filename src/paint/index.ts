export * from './shapes.js';
export * from './text-metrics.js';
