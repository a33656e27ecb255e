export * from './rect.js';
export * from './view-transform.js';
