import type { ComputeConfiguration } from './contract.js';

let configuration: ComputeConfiguration = {};

/** What `configure` was last given: apart from the pool, which those who only open files do not need. */
export const configured = (): ComputeConfiguration => configuration;

export const setConfigured = (settings: ComputeConfiguration): void => {
  configuration = settings;
};
