export * from '../innotations/index.js';
