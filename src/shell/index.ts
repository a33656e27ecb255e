export * from './contract.js';
export {
  type Environment,
  type ForcedColors,
  observeScheme,
  readEnvironment,
} from './environment.js';
export { mountShell } from './mount-shell.js';
export type { LineBreaker } from './native-lines.js';
