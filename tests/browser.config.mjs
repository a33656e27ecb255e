import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { createServer } from 'vite';
import { chromiumArguments, findChromium } from './chromium.mjs';
import { browserCommands } from './commands.mjs';
import { countReporter } from './count-reporter.mjs';
import { servedMiddleware, startOther } from './served.mjs';
import { sourceAliases } from './source-aliases.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const otherPort = await startOther(root);

const vite = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  cacheDir: `${root}build/vite/${process.pid}`,
  resolve: { alias: sourceAliases },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null, preTransformRequests: false },
  optimizeDeps: {
    entries: [],
    include: [
      'comlink',
      'flatbush',
      'twgl.js',
      'axe-core',
      'geotiff',
      'zarrita',
      '@zarrita/storage/zip',
      'zstddec',
      'idb',
      'hyparquet',
      'hyparquet-compressors',
      'apache-arrow',
    ],
    exclude: ['@web/test-runner-commands'],
  },
});

/** The runner's own pages and modules; everything else comes through vite. */
const isRunnersOwn = (path) =>
  path === '/' || path.startsWith('/__web-') || path.startsWith('/node_modules/@web/');

const viteMiddleware = (ctx, next) => {
  if (isRunnersOwn(ctx.path)) return next();
  return new Promise((resolve, reject) => {
    ctx.respond = false;
    ctx.res.on('finish', resolve);
    vite.middlewares(ctx.req, ctx.res, (error) => {
      if (error) return reject(error);
      ctx.res.statusCode = 404;
      ctx.res.end('Not found');
    });
  });
};

const rawFixtures = (ctx, next) => {
  if (!ctx.path.startsWith('/tests/fixtures/')) return next();
  const file = `${root}${decodeURIComponent(ctx.path)}`;
  if (!existsSync(file)) return next();
  ctx.body = readFileSync(file);
};

export default {
  rootDir: root,
  files: ['tests/browser/**/*.test.ts', 'tests/scenes/*.test.ts'],
  concurrency: 1,
  concurrentBrowsers: 1,
  nodeResolve: false,
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium(), args: chromiumArguments },
      createBrowserContext: ({ browser }) => browser.defaultBrowserContext(),
    }),
  ],
  middleware: [servedMiddleware(root), rawFixtures, viteMiddleware],
  plugins: [browserCommands(root, { otherPort })],
  reporters: [defaultReporter({ reportTestProgress: false }), countReporter(root)],
  testFramework: { config: { ui: 'bdd', timeout: 30_000 } },
  testsFinishTimeout: 600_000,
  browserStartTimeout: 60_000,
};
