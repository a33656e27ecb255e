import { bandJobsOf } from '../../../src/compute/band-jobs.js';
import { createPixelPool } from '../../../src/compute/index.js';
import type { InnotaterError } from '../../../src/errors/index.js';
import type { EncodedRegion } from '../../../src/kernels/index.js';
import InlineWorker from '../../../workers/pixel.worker.ts?worker&inline';
import { equal, isTrue, rejects, waitFor } from '../expect.js';
import { expectedImages, fixtureBlob, fixtureImage, grey, largestDifference } from './fixtures.js';

const one = (value: number) => ({ band: grey(1, 1, value), level: 0 });
const fast = { helloMs: 3000, heartbeatMs: 50 };

/** Workers that the test can end, in the order they were made. */
const collected = () => {
  const workers: Worker[] = [];
  const createWorker = () => {
    const worker = new InlineWorker();
    workers.push(worker);
    return worker;
  };
  return { workers, createWorker };
};

const withWarnings = async (run: () => Promise<void>): Promise<string[]> => {
  const warnings: string[] = [];
  const original = console.warn;
  console.warn = (...parts: unknown[]) => void warnings.push(parts.join(' '));
  try {
    await run();
  } finally {
    console.warn = original;
  }
  return warnings;
};

const whole = async (name: string): Promise<EncodedRegion> => ({
  image: await fixtureImage(name),
  region: { x: 0, y: 0, width: 1e6, height: 1e6 },
  level: 0,
  affine: null,
  swapRedBlue: false,
});

describe('the pool', () => {
  it('starts workers when there is work, no more than allowed, and ends them', async () => {
    const { workers, createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 2 });
    equal([workers.length, pool.stats.workers], [0, 0]);
    await Promise.all(Array.from({ length: 8 }, (_, index) => bandJobsOf(pool).convert(one(index))));
    equal([workers.length, pool.stats.workers, pool.stats.queued], [2, 2, 0]);
    pool.dispose();
    pool.dispose();
    equal(((await rejects(bandJobsOf(pool).convert(one(1)))) as InnotaterError).code, 'aborted');
  });

  it('runs jobs by priority', async () => {
    const pool = createPixelPool({ maxWorkers: 1 });
    const order: number[] = [];
    const priorities = [3, 1, 2, 1, 0];
    await Promise.all(
      priorities.map(async (priority, index) => {
        await bandJobsOf(pool).convert(one(index), { priority });
        order.push(index);
      }),
    );
    equal(order, [4, 1, 3, 2, 0]);
    pool.dispose();
  });

  it('never starts a job that was aborted, and rejects with the reason at once', async () => {
    const pool = createPixelPool({ maxWorkers: 1 });
    const controller = new AbortController();
    const running = bandJobsOf(pool).convert({ band: grey(2000, 2000), level: 0 });
    const queued = Array.from({ length: 5 }, () =>
      bandJobsOf(pool).convert(one(1), { signal: controller.signal }),
    );
    equal(pool.stats.queued, 6);
    controller.abort(new Error('no longer wanted'));
    equal(pool.stats.queued, 1);
    for (const job of queued) equal(((await rejects(job)) as Error).message, 'no longer wanted');
    equal((await running).width, 2000);
    equal(
      ((await rejects(bandJobsOf(pool).convert(one(1), { signal: controller.signal }))) as Error).message,
      'no longer wanted',
    );
    pool.dispose();
  });

  it('drops the result of a job that was aborted while it ran, and goes on', async () => {
    const pool = createPixelPool({ maxWorkers: 1 });
    await bandJobsOf(pool).convert(one(1));
    const controller = new AbortController();
    const running = bandJobsOf(pool).convert(
      { band: grey(2000, 2000), level: 0 },
      { signal: controller.signal },
    );
    equal(pool.stats.queued, 0);
    controller.abort();
    equal(((await rejects(running)) as DOMException).name, 'AbortError');
    equal((await bandJobsOf(pool).convert(one(7))).rgba[0], 7);
    pool.dispose();
  });

  it('runs a job again whose worker was ended in the middle, and opens its image again', async () => {
    const { workers, createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 1 }, fast);
    const wanted = (await expectedImages()).get('noise-alpha.png')!;
    await pool.open(await fixtureImage('noise-alpha.png'));
    const converted = bandJobsOf(pool).convert({ band: grey(2000, 3000, 5), level: 0 });
    const read = pool.read(await whole('noise-alpha.png'));
    workers[0]!.terminate();
    const pixels = await converted;
    equal([pixels.width, pixels.rgba[0], pixels.rgba.at(-4)], [2000, 5, 5]);
    equal(largestDifference(await read, wanted.rgba), 0);
    equal(workers.length, 2);
    pool.dispose();
  });

  it('runs a job again whose worker raised an error', async () => {
    const { workers, createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 1 });
    await bandJobsOf(pool).convert(one(1));
    const converted = bandJobsOf(pool).convert({ band: grey(2000, 3000, 5), level: 0 });
    workers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
    equal((await converted).rgba[0], 5);
    equal(workers.length, 2);
    pool.dispose();
  });

  it('makes a band again whose worker crashed, and hands memory that came back to the next', async () => {
    const { workers, createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 1 });
    await bandJobsOf(pool).convert(one(1));
    const given: (number | undefined)[] = [];
    const make = (spare: ArrayBuffer | undefined) => {
      given.push(spare?.byteLength);
      return { band: grey(2000, 3000, 5), level: 0 };
    };
    const converted = bandJobsOf(pool).convert(make);
    workers[0]!.dispatchEvent(new ErrorEvent('error'));
    equal((await converted).rgba[0], 5);
    equal([given, workers.length], [[undefined, undefined], 2]);
    const queued = [
      bandJobsOf(pool).convert(make),
      bandJobsOf(pool).convert(make),
      bandJobsOf(pool).convert(make),
    ];
    await queued[0];
    queued.push(bandJobsOf(pool).convert(make));
    await Promise.all(queued);
    equal(given.at(-1), 6_000_000);
    pool.dispose();
  });

  it('hands memory to the next band though nothing was under way meanwhile, the largest that came back', async () => {
    const { createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 1 });
    const given: (number | undefined)[] = [];
    const make = (rows: number) => (spare: ArrayBuffer | undefined) => {
      given.push(spare?.byteLength);
      return { band: grey(2000, rows, 5), level: 0 };
    };
    await Promise.all([bandJobsOf(pool).convert(make(3000)), bandJobsOf(pool).convert(make(10))]);
    equal(pool.stats.queued, 0);
    await bandJobsOf(pool).convert(make(10));
    equal(given, [undefined, undefined, 6_000_000]);
    pool.dispose();
  });

  it('gives a job up that two workers died over, and goes on with others', async () => {
    const { workers, createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 1 });
    await bandJobsOf(pool).convert(one(1));
    const die = (index: number) => workers[index]!.dispatchEvent(new ErrorEvent('error'));
    const doomed = bandJobsOf(pool).convert({ band: grey(2000, 4000), level: 0 });
    const failed = rejects(doomed);
    die(0);
    await waitFor(() => workers[1], 'a second worker');
    await waitFor(() => pool.stats.queued === 0, 'the second try');
    die(1);
    equal(((await failed) as InnotaterError).code, 'worker');
    equal((await bandJobsOf(pool).convert(one(3))).rgba[0], 3);
    pool.dispose();
  });

  it('says when an adopted bitmap was lost with its worker; it can be adopted again', async () => {
    const { workers, createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 1 });
    const bitmap = () => createImageBitmap(new ImageData(3, 2));
    const adopted = await whole('text.png');
    await pool.adopt('text.png', await bitmap());
    workers[0]!.dispatchEvent(new ErrorEvent('error'));
    const error = (await rejects(pool.read(adopted))) as InnotaterError;
    equal([error.code, error.facts.lost], ['worker', true]);
    isTrue(/hand them in again/.test(error.message), error.message);
    await pool.adopt('text.png', await bitmap());
    equal((await pool.read(adopted)).width, 3);
    pool.dispose();
  });

  it('says when a band too large to be copied was lost with its worker', async () => {
    const { workers, createWorker } = collected();
    const pool = createPixelPool({ createWorker, maxWorkers: 1 });
    await bandJobsOf(pool).convert(one(1));
    const band = grey(4096, 4096);
    const failed = rejects(bandJobsOf(pool).convert({ band, level: 0 }));
    equal(band.data.length, 0, 'length of a transferred band');
    workers[0]!.dispatchEvent(new ErrorEvent('error'));
    equal(((await failed) as InnotaterError).facts.lost, true);
    pool.dispose();
  });

  it('fails what waits for an image that is released', async () => {
    const pool = createPixelPool({ maxWorkers: 1 });
    await pool.open(await fixtureImage('smooth.png'));
    const running = bandJobsOf(pool).convert({ band: grey(3000, 3000), level: 0 });
    const read = pool.read(await whole('smooth.png'));
    pool.release('smooth.png');
    equal(((await rejects(read)) as InnotaterError).code, 'aborted');
    await running;
    equal((await pool.read(await whole('smooth.png'))).width, 75);
    pool.dispose();
  });
});

describe('the worker of pictures and that of all else', () => {
  /** Runs with a list of the workers that are made meanwhile; those tries, counted from 0, of which `canMake` says no are refused. */
  const withWorkers = async (
    run: (made: readonly Worker[]) => Promise<void>,
    canMake: (attempt: number) => boolean = () => true,
  ): Promise<void> => {
    const Original = globalThis.Worker;
    const made: Worker[] = [];
    let attempts = 0;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        if (!canMake(attempts++)) throw new Error('no more workers');
        super(url, options);
        made.push(this);
      }
    };
    try {
      await run(made);
    } finally {
      globalThis.Worker = Original;
    }
  };

  const isFirst = (attempt: number) => attempt === 0;

  it('starts the second with the first job that is not a picture; they count as one', () =>
    withWorkers(async (made) => {
      const pool = createPixelPool({ maxWorkers: 1 });
      const request = await whole('grey.png');
      equal((await pool.open(request.image)).width, 75);
      equal((await pool.read(request)).width, 75);
      equal(made.length, 1);
      equal((await bandJobsOf(pool).convert(one(7))).rgba[0], 7);
      equal((await pool.read(request)).width, 75);
      equal([made.length, pool.stats.workers, pool.stats.backend], [2, 1, 'worker+simd']);
      pool.dispose();
    }));

  it('a file that the first cannot decode is given to the second, which says why; good ones stay with the first', () =>
    withWorkers(async (made) => {
      const pool = createPixelPool({ maxWorkers: 1 });
      equal((await pool.read(await whole('grey.png'))).width, 75);
      equal(made.length, 1);
      const failed = (await rejects(pool.read(await whole('page.jpg')))) as InnotaterError;
      equal([failed.code, failed.facts.content], ['decode', 'an HTML page']);
      equal(made.length, 2);
      pool.dispose();
    }));

  it('where the second does not start, the answer of the first stands, and the next good file is shown', () =>
    withWorkers(async (made) => {
      const pool = createPixelPool({ maxWorkers: 1 });
      const failed = (await rejects(pool.open(await fixtureImage('page.jpg')))) as InnotaterError;
      equal(
        [failed.code, failed.message],
        ['decode', 'The image is damaged, or none that this browser can decode.'],
      );
      equal((await pool.read(await whole('grey.png'))).width, 75);
      equal([made.length, pool.stats.workers], [1, 1]);
      pool.dispose();
    }, isFirst));

  it('warmed for all at once, one worker knows both; where that cannot be had, pictures are shown', async () => {
    await withWorkers(async (made) => {
      const pool = createPixelPool({ maxWorkers: 1 });
      pool.warm(true);
      equal((await pool.read(await whole('grey.png'))).width, 75);
      equal((await bandJobsOf(pool).convert(one(7))).rgba[0], 7);
      const failed = (await rejects(pool.read(await whole('page.jpg')))) as InnotaterError;
      equal([failed.facts.content, made.length, pool.stats.backend], ['an HTML page', 1, 'worker+simd']);
      pool.dispose();
    });
    await withWorkers(
      async (made) => {
        const pool = createPixelPool({ maxWorkers: 1 });
        pool.warm(true);
        equal((await pool.read(await whole('grey.png'))).width, 75);
        equal((await bandJobsOf(pool).convert(one(7))).rgba[0], 7);
        equal([made.length, pool.stats.backend], [2, 'worker+simd']);
        pool.dispose();
      },
      (attempt) => !isFirst(attempt),
    );
  });

  it('a whole worker that is silent for as long as one may be is given up for one of pictures', async () => {
    const Original = globalThis.Worker;
    let made = 0;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(made++ === 0 ? URL.createObjectURL(new Blob()) : url, options);
      }
    };
    try {
      const pool = createPixelPool({ maxWorkers: 1 }, { helloMs: 2000, heartbeatMs: 1000 });
      pool.warm(true);
      equal((await pool.read(await whole('grey.png'))).width, 75);
      equal((await bandJobsOf(pool).convert(one(7))).rgba[0], 7);
      equal([made, pool.stats.backend], [3, 'worker+simd']);
      pool.dispose();
    } finally {
      globalThis.Worker = Original;
    }
  });

  it('one is warmed for pictures, two for all, whoever asks last', () =>
    withWorkers(async (made) => {
      const pool = createPixelPool({ maxWorkers: 4 });
      pool.warm();
      equal((await pool.read(await whole('grey.png'))).width, 75);
      equal([made.length, pool.stats.workers], [1, 1]);
      pool.dispose();
      const both = createPixelPool({ maxWorkers: 4 });
      both.warm(true);
      both.warm();
      await waitFor(() => made.length === 3 && both.stats.workers === 2, 'two workers');
      both.dispose();
    }));

  for (const when of ['before the first is there', 'while the first works already'] as const) {
    it(`warmed for all ${when}, the second starts without a job for it`, () =>
      withWorkers(async (made) => {
        const pool = createPixelPool({ maxWorkers: 1 });
        pool.warm();
        if (when === 'while the first works already') {
          equal((await pool.open((await whole('grey.png')).image)).width, 75);
          equal(made.length, 1);
        }
        pool.warm(true);
        await waitFor(() => made.length === 2, 'the second');
        equal((await bandJobsOf(pool).convert(one(7))).rgba[0], 7);
        equal(made.length, 2);
        pool.dispose();
      }));
  }

  it('a crash of the second ends both; its job and the next picture go to new ones', () =>
    withWorkers(async (made) => {
      const pool = createPixelPool({ maxWorkers: 1 }, fast);
      const request = await whole('grey.png');
      equal((await pool.read(request)).width, 75);
      equal((await bandJobsOf(pool).convert(one(7))).rgba[0], 7);
      const again = bandJobsOf(pool).convert(one(8));
      made[1]!.dispatchEvent(new ErrorEvent('error', { message: 'gone' }));
      equal((await again).rgba[0], 8);
      equal((await pool.read(request)).width, 75);
      equal(made.length, 4);
      pool.dispose();
    }));
});

describe('starting workers', () => {
  const answers = async (pool: ReturnType<typeof createPixelPool>) => {
    equal(
      (await Promise.all([bandJobsOf(pool).convert(one(4)), bandJobsOf(pool).convert(one(5))])).map(
        ({ rgba }) => rgba[0],
      ),
      [4, 5],
    );
    pool.dispose();
  };

  it('says nothing when all is well', async () => {
    const warnings = await withWarnings(() => answers(createPixelPool({ maxWorkers: 2 })));
    equal(warnings, []);
  });

  it('takes the worker from its own file', async () => {
    const workerUrl = new URL('../../../workers/pixel.worker.ts?worker_file&type=module', import.meta.url);
    const warnings = await withWarnings(() => answers(createPixelPool({ workerUrl })));
    equal(warnings, []);
  });

  it('falls back from a worker that is not there, with one warning that names the fix', async () => {
    const pool = createPixelPool({ workerUrl: '/nowhere/worker.js', maxWorkers: 2 });
    const warnings = await withWarnings(() => answers(pool));
    equal(warnings.length, 1);
    isTrue(
      /\/nowhere\/worker\.js/.test(warnings[0]!) && /configure\(\{ workerUrl/.test(warnings[0]!),
      warnings[0]!,
    );
    isTrue(/the built-in worker/.test(warnings[0]!), warnings[0]!);
    const again = createPixelPool({ workerUrl: '/nowhere/worker.js', maxWorkers: 2 });
    equal(await withWarnings(() => answers(again)), []);
  });

  it('falls back from a worker that stays silent', async () => {
    const silent = URL.createObjectURL(new Blob(['0']));
    const pool = createPixelPool({ createWorker: () => new Worker(silent) }, { ...fast, helloMs: 300 });
    const warnings = await withWarnings(() => answers(pool));
    equal(warnings.length, 1);
    isTrue(/gave no answer within 0.3 s/.test(warnings[0]!), warnings[0]!);
  });

  it('computes on the main thread where no worker starts, with one warning', async () => {
    const original = globalThis.Worker;
    const refuse = () => {
      throw new Error('refused by policy');
    };
    globalThis.Worker = refuse as unknown as typeof Worker;
    try {
      const pool = createPixelPool({ maxWorkers: 2 });
      const image = { id: 'grey.png', blob: await fixtureBlob('grey.png') };
      const warnings = await withWarnings(async () => {
        equal((await pool.open(image)).width, 75);
        equal([pool.stats.backend, pool.stats.workers], ['main', 1]);
        await answers(pool);
      });
      equal(warnings.length, 1);
      isTrue(/the main thread/.test(warnings[0]!), warnings[0]!);
    } finally {
      globalThis.Worker = original;
    }
  });

  it('frees what the main thread decoded when the pool is disposed', async () => {
    const close = ImageBitmap.prototype.close;
    let closed = 0;
    ImageBitmap.prototype.close = function () {
      closed += 1;
      close.call(this);
    };
    try {
      const pool = createPixelPool({ maxWorkers: 0 });
      await pool.open(await fixtureImage('grey.png'));
      pool.dispose();
      await waitFor(() => closed === 1, 'the bitmap to be closed');
    } finally {
      ImageBitmap.prototype.close = close;
    }
  });

  it('computes on the main thread when asked to, without a warning', async () => {
    const pool = createPixelPool({ maxWorkers: 0 });
    const warnings = await withWarnings(() => answers(pool));
    equal([warnings, pool.stats.backend], [[], 'main']);
  });
});
