export type { FlexNode } from './boxes.js';
export { type Report, type ResolvedStyle, resolveStyle } from './resolve-style.js';
export { solve } from './solve.js';
export type { LayoutStyle } from './style.js';
