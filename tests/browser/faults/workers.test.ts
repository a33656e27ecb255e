import { bandJobsOf } from '../../../src/compute/band-jobs.js';
import { createPixelPool } from '../../../src/compute/index.js';
import { openPyramid } from '../../../src/compute/pyramid-client.js';
import type { InnotaterError } from '../../../src/errors/index.js';
import { configure, ImageInnotation } from '../../../src/innotater/index.js';
import { grey } from '../compute/fixtures.js';
import { equal, isTrue, rejects, waitFor } from '../expect.js';
import { all, clear, messages, mount } from '../innotater/support.js';

const workerUrl = new URL('../../../workers/pixel.worker.ts?worker_file&type=module', import.meta.url).href;

const moduleOf = (code: string) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));

/** Workers as they are served; those that `hangs` says go into a loop without end over the first job of a kind. */
const workersThat = (hangs: (nth: number) => boolean, job: 'open' | 'convert') => {
  const made: Worker[] = [];
  const loop = `addEventListener('message', ({ data }) => { while (data?.path?.[0] === '${job}') {} });`;
  const createWorker = () => {
    const first = moduleOf(hangs(made.length) ? loop : '');
    const worker = new Worker(moduleOf(`import '${first}'; import '${workerUrl}';`), { type: 'module' });
    made.push(worker);
    return worker;
  };
  return { made, createWorker };
};

const picture = '/tests/fixtures/images/smooth.png';
const busyOf = (host: HTMLElement) => all(host, 'group', 'Photo')[0]?.ariaBusy;

describe('workers that hang in a job', () => {
  afterEach(() => {
    clear();
    configure({});
  });

  it('a job that hangs is run again on another worker; one that hangs twice is given up, and others go on', async () => {
    const fast = { helloMs: 10_000, heartbeatMs: 100 };
    const job = { band: grey(20, 20, 7), level: 0 };
    const once = workersThat((nth) => nth === 0, 'convert');
    const pool = createPixelPool({ createWorker: once.createWorker, maxWorkers: 1 }, fast);
    equal([(await bandJobsOf(pool).convert(job)).rgba[0], once.made.length], [7, 2]);
    pool.dispose();
    const twice = workersThat((nth) => nth < 2, 'convert');
    const other = createPixelPool({ createWorker: twice.createWorker, maxWorkers: 1 }, fast);
    const error = (await rejects(bandJobsOf(other).convert(job))) as InnotaterError;
    equal(error.code, 'worker');
    isTrue(/crashed or fell silent/.test(error.message), error.message);
    equal([(await bandJobsOf(other).convert(job)).rgba[0], twice.made.length], [7, 3]);
    other.dispose();
  });

  it('while a worker hangs over an image the others are shown, and then it is, too', async () => {
    const { made, createWorker } = workersThat((nth) => nth === 0, 'open');
    configure({ createWorker, maxWorkers: 2 });
    const isBusy = () => busyOf(mounted.host) === 'true';
    const mounted = mount(new ImageInnotation([picture, picture], { desc: 'Photo' }), null, { prefetch: 0 });
    await waitFor(() => isBusy() && made.length === 1, 'it loads');
    await new Promise((resolve) => setTimeout(resolve, 300));
    isTrue(isBusy(), 'it hangs');
    mounted.view.next();
    await mounted.view.ready;
    equal([busyOf(mounted.host), made.length], [null, 2], 'the next one');
    mounted.view.previous();
    await mounted.view.ready;
    equal([busyOf(mounted.host), messages(mounted.host, 'alert')], [null, []], 'the first again');
  });
});

const sourcesUrl = new URL('../../../workers/sources.worker.ts?worker_file&type=module', import.meta.url)
  .href;

/** From now on decoders of TIFF and OME-Zarr are such that go into a loop without end over the first job of a kind, or (null) none do. */
const decodersThatHangIn = (job: 'open' | 'tile' | null) => {
  const loop = moduleOf(
    `addEventListener('message', ({ data }) => { while (data?.path?.[0] === '${job}') {} });`,
  );
  configure({ sourcesWorkerUrl: moduleOf(`${job ? `import '${loop}';` : ''} import '${sourcesUrl}';`) });
};

describe('workers that hang while they decode TIFF or OME-Zarr', () => {
  afterEach(() => configure({}));
  const fast = { helloMs: 10_000, heartbeatMs: 300 };

  it('the image is opened again on another worker; a tile that hangs twice is given up, and others come', async () => {
    const file = await (await fetch('/tests/fixtures/tiff/gdal-cog.tif')).blob();
    decodersThatHangIn('open');
    const opening = openPyramid({ kind: 'tiff', file, page: 0 }, {}, fast);
    decodersThatHangIn('tile');
    const pyramid = await opening;
    const tile = () => pyramid.getTile(0, 0, 0, { signal: new AbortController().signal });
    const error = (await rejects(tile())) as InnotaterError;
    equal(error.code, 'worker');
    isTrue(/crashed or fell silent/.test(error.message), error.message);
    decodersThatHangIn(null);
    isTrue((await tile()).data.length > 0, 'decoded by another worker');
    pyramid.close!();
  });
});
