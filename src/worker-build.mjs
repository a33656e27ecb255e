import { smallerPlugins } from './smaller-modules.mjs';

/** Workers are one file each, whatever they load on demand: a worker that is part of a script cannot import anything beside it. */
export const workerBuild = {
  format: 'es',
  plugins: () => smallerPlugins,
  rolldownOptions: { output: { minify: true, codeSplitting: false } },
};
