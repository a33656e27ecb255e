export * from './column.js';
