export * from './color.js';
export * from './recent-map.js';
export * from './same-picture.js';
export * from './shapes.js';
export * from './text-direction.js';
export * from './text-metrics.js';
