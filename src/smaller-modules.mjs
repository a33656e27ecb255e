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

/** The code without these parts; throws where one of them is not in it. */
const without = (name, code, parts) =>
  parts.reduce((rest, part) => {
    if (rest.search(part) < 0) throw new Error(`${name} is written in another way: there is no ${part}`);
    return rest.replace(part, '');
  }, code);

/**
 * What of `createProgram` is not for two sources of shaders, compiled at once: options, feedback, elements, callbacks; and the errors
 * once more, behind the lines that they are shown at.
 */
const notOfTwgl = [
  /var glEnumToString = function\(\) \{[\s\S]*?\n\}\(\);\n/,
  /\\nError compiling \$\{glEnumToString\(gl, shaderType\)\}: \$\{lastError\}/,
  /new Uint8Array\(\[[\d,\s]+\]\);\n/,
  /function getProgramOptions\([\s\S]*?\n\}\n/,
  /(?<=createProgram\(gl, shaders), opt_attribs, opt_locations, opt_errorCallback/,
  /const progOptions = .*\n/,
  /, progOptions(?=\);)/,
  /(?<=getProgramErrors\(gl, program), progOptions\.errorCallback/,
  /if \(progOptions\.callback\) \{[\s\S]*?return;\n\t\}\n/,
  /(?<=createProgramNoCheck\(gl, shaders), programOptions/,
  /const \{ attribLocations.*\n/,
  /const elem = .*\n/,
  /elem \? elem\.text : /,
  /if \(elem && elem\.type\).*\n/,
  /Object\.entries\(attribLocations\).*\n/,
  /\{\n\t\tlet varyings = [\s\S]*?\n\t\}\n/,
];

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
    return without('twgl.js', output[0].code, notOfTwgl);
  },
};

/**
 * What comlink does for us is to call functions of workers: nothing else is asked for by a page, or answered by a worker, and whoever made
 * a worker may call it.
 */
const notOfComlink = [
  /\["proxy", proxyTransferHandler\],/,
  /case "SET"[\s\S]*?break;\n/,
  /case "CONSTRUCT"[\s\S]*?break;\n/,
  /case "ENDPOINT"[\s\S]*?break;\n/,
  /case "RELEASE"[\s\S]*?break;\n/,
  /if \(type === "RELEASE"[\s\S]*?\n {12}\}\n/,
  /if \(prop === releaseProxy\)[\s\S]*?\n {12}\}\n/,
  /if \(last === createEndpoint\)[\s\S]*?\n {12}\}\n/,
  /set\(_target, prop, rawValue\)[\s\S]*?\n {8}\},\n/,
  /construct\(_target, rawArgumentList\)[\s\S]*?\n {8}\},\n/,
  /, allowedOrigins = \["\*"\]/,
  /if \(!isAllowedOrigin\([\s\S]*?\n {8}\}\n/,
  / &&\s+new FinalizationRegistry\([\s\S]*?\n {4}\}\)(?=;\n)/,
  /registerProxy\(proxy, ep\);/,
  /throwIfProxyReleased\(isProxyReleased\);/g,
];
const comlinkForCalls = {
  name: 'comlink-for-calls',
  transform(code, id) {
    if (!id.endsWith('/comlink.mjs')) return null;
    return without('comlink', code, notOfComlink);
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

/** The style sheets without what is written for people. */
const shortStyles = {
  name: 'short-styles',
  enforce: 'pre',
  transform: (code, id) =>
    /\/shell\/(style-sheet|popup-styles)\.ts$/.test(id)
      ? code.replace(/\n\s+/g, '\n').replace(/(?<=[{;:,}]) +| +(?=[{}])|;(?= *\})/g, '')
      : null,
};

export const smallerPlugins = [twglProgram, shortShaders, shortStyles, comlinkForCalls];
