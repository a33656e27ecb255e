export { CanvasPainter } from './canvas-painter.js';
export * from './contract.js';
export { createRenderer } from './renderer.js';
export { sharedDevice } from './shared-device.js';
