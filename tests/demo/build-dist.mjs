import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The package as published, made once for all tests that look at it. */
export default () => {
  execFileSync(process.execPath, ['src/build.mjs'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: 'ignore',
  });
};
