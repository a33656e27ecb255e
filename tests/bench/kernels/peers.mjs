/** What else would be used. Each gives null, with a line that says so, where it is not there. */
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';

const absent = (name, reason) => {
  console.log(`  ${name} is left out: ${reason}`);
  return null;
};

/** opencv-wasm's cvtColor with its matrices made once; its memory holds at most 2 GiB. */
export const openCvWasm = async (width, height, source) => {
  const { cv } = await import('opencv-wasm').then((module) => module.default ?? module);
  try {
    const from = new cv.Mat(height, width, cv.CV_8UC3);
    const to = new cv.Mat(height, width, cv.CV_8UC4);
    from.data.set(source);
    return {
      name: 'opencv-wasm',
      run: () => {
        cv.cvtColor(from, to, cv.COLOR_BGR2RGBA);
        return to.data[(width * height) >> 1];
      },
      free: () => {
        from.delete();
        to.delete();
      },
    };
  } catch (error) {
    return absent('opencv-wasm', `it cannot hold ${width} × ${height} (${error?.message ?? error})`);
  }
};

const script = `
import sys, time, numpy, cv2
cv2.setNumThreads(1)
width, height = int(sys.argv[1]), int(sys.argv[2])
source = numpy.random.default_rng(61).integers(0, 256, (height, width, 3), dtype=numpy.uint8)
target = numpy.empty((height, width, 4), dtype=numpy.uint8)
print('ready', cv2.__version__, flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    cv2.cvtColor(source, cv2.COLOR_BGR2RGBA, dst=target)
    print((time.perf_counter() - start) * 1000, flush=True)
`;

/** Native OpenCV on one thread, in a Python process that takes its turn when asked; \`PYTHON\` names the interpreter. */
export const openCvNative = async (width, height) => {
  const python = process.env.PYTHON ?? 'python3';
  const child = spawn(python, ['-c', script, String(width), String(height)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) return absent('native OpenCV', `${python} cannot import cv2`);
  return {
    name: 'native OpenCV',
    version: first.value.split(' ')[1],
    run: async () => {
      child.stdin.write('\n');
      return { ms: Number((await lines.next()).value) };
    },
    free: () => child.stdin.end(),
  };
};

const resized = async (image, width, height, threads, sharp) => {
  sharp.concurrency(threads);
  const raw = { width: image.width, height: image.height, channels: 3 };
  const how = { kernel: 'lanczos3', fit: 'fill' };
  return sharp(image.rgb, { raw, limitInputPixels: false }).resize(width, height, how).raw().toBuffer();
};

/** sharp (libvips) with Lanczos 3 on so many threads; all of the machine's where none are said. */
export const sharpLanczos = async (threads = cpus().length) => {
  const sharp = await import('sharp').then(
    (module) => module.default,
    (error) => absent('sharp', error.message.split('\n')[0]),
  );
  if (!sharp) return null;
  sharp.cache(false);
  return {
    name: `sharp, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    resize: (image, width, height) => resized(image, width, height, threads, sharp),
  };
};

/** pica on RGBA, on one thread, with the fastest that it has here. */
export const pica = async (filter) => {
  const Pica = await import('pica').then(
    (module) => module.default ?? module,
    (error) => absent('pica', error.message.split('\n')[0]),
  );
  if (!Pica) return null;
  const resizer = typeof Pica === 'function' ? new Pica({ features: ['js', 'wasm'] }) : Pica;
  return {
    name: `pica, ${filter}`,
    resize: (image, toWidth, toHeight) =>
      resizer.resizeBuffer({
        src: image.rgba,
        width: image.width,
        height: image.height,
        toWidth,
        toHeight,
        filter,
      }),
  };
};
