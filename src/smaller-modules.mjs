import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const module = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Modules of dependencies that are replaced by smaller ones of ours: a codec that only reads is a tenth of one that also writes, and
 * threads of Node are nothing for browsers.
 */
export const smallerModules = [
  { find: 'numcodecs/zstd', replacement: module('pyramids/zarr/zstd.ts') },
  { find: 'worker_threads', replacement: module('pyramids/zarr/no-threads.ts') },
];

/** In one file, the decoders of TIFF and OME-Zarr would weigh ten times the rest. */
export const withoutTileFiles = {
  find: /^.*\/sources\/openers\.js$/,
  replacement: module('anywidget/no-tile-files.ts'),
};

/** Bundlers keep nearly all of twgl.js for one function of it: its tables are filled, and its primitives made, when it is loaded. */
const twglProgram = {
  name: 'twgl-program',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith('/render/twgl-program.ts')) return null;
    const [{ output }] = await build({
      configFile: false,
      logLevel: 'warn',
      build: {
        write: false,
        minify: false,
        target: 'es2022',
        lib: { formats: ['es'], entry: id },
        rolldownOptions: {
          treeshake: {
            manualPureFunctions: ['createBufferFunc', 'createBufferInfoFunc', 'wrapCallbackFnToAsyncFn'],
            propertyReadSideEffects: false,
            propertyWriteSideEffects: false,
          },
        },
      },
    });
    return output[0].code;
  },
};

/** Nothing is handed over by comlink's proxies; without them pages leave out how workers answer, and workers how pages ask. */
const comlinkWithoutProxies = {
  name: 'comlink-without-proxies',
  transform(code, id) {
    if (!id.endsWith('/comlink.mjs')) return null;
    const entry = '["proxy", proxyTransferHandler],';
    if (!code.includes(entry)) this.error('comlink registers its proxies in another way');
    return code.replace(entry, '');
  },
};

/** Shaders without what is written for people. */
const shortShaders = {
  name: 'short-shaders',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/render/shaders.ts')
      ? code.replace(/\/\*\*[\s\S]*?\*\//g, '').replace(/\n\s+/g, '\n')
      : null,
};

export const smallerPlugins = [twglProgram, shortShaders, comlinkWithoutProxies];
