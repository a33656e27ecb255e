import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { sourceAliases } from './source-aliases.mjs';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { alias: sourceAliases },
  test: {
    include: ['tests/unit/**/*.test.ts', 'tests/kernels/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
});
