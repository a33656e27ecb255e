export { dragBy, type Gliding, glide, letGo, takeHold } from './behaviours/gliding.js';
export * from './contract.js';
export { createUi, type UiContext } from './create-ui.js';
export * from './input.js';
export * from './layout/style.js';
export * from './output.js';
export * from './theme.js';
export * from './themes.js';
