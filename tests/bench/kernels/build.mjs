/** Builds the entry `innotater/kernels` and its worker, as the package has them, into the folder that is named. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));
for (const [name, file] of [
  ['kernels', 'kernels'],
  ['worker', 'pixel.worker'],
]) {
  const lib = { formats: ['es'], entry: { [name]: `${root}workers/${file}.ts` } };
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    worker: { format: 'es' },
    build: { outDir: process.argv[2], emptyOutDir: false, target: 'es2022', lib },
  });
}
