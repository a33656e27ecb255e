import type { Priority } from './contract.js';

export type JobId = number;
export type WorkerId = number;

/** `decode` jobs wait for the browser's decoder and leave the worker free; `compute` jobs occupy it. A worker runs one of each. */
export type JobKind = 'decode' | 'compute';

export type Job = {
  readonly id: JobId;
  readonly kind: JobKind;
  readonly priority: Priority;
  /** The image whose holder has to run it; null: any worker. */
  readonly image: string | null;
  /** Whether the job's image can be made again from the job alone; false for an adopted bitmap. */
  readonly repeatable: boolean;
  /** Crashes it has been through. */
  readonly crashes: number;
  /** False once it was aborted while running: it is not repeated, and what it decoded is freed. */
  readonly wanted: boolean;
};

export type Worker =
  | { readonly tag: 'starting'; readonly id: WorkerId }
  | {
      readonly tag: 'ready';
      readonly id: WorkerId;
      readonly decode: Job | null;
      readonly compute: Job | null;
    };

/** Where an image is: in a worker, or (adopted ones alone) gone with a worker that crashed. */
export type Holding =
  | { readonly tag: 'held'; readonly worker: WorkerId; readonly repeatable: boolean }
  | { readonly tag: 'lost' };

export type Schedule = {
  /** In the order they are to run: by priority, then as they came. */
  readonly queue: readonly Job[];
  readonly workers: readonly Worker[];
  readonly images: ReadonlyMap<string, Holding>;
  /** Workers there may be. One until the first answered, so that a page where none starts tries once. */
  readonly limit: number;
  /** Workers that are started before there are jobs for them. */
  readonly least: number;
  readonly nextWorker: WorkerId;
};

export type ScheduleEvent =
  | { readonly tag: 'submitted'; readonly job: Job }
  /** Jobs are to come for so many workers. */
  | { readonly tag: 'warmed'; readonly workers: number }
  | { readonly tag: 'aborted'; readonly job: JobId }
  /** A worker answered its first call; `limit` is how many there may be now. */
  | { readonly tag: 'started'; readonly worker: WorkerId; readonly limit: number }
  /** No worker of any kind could be started. */
  | { readonly tag: 'startFailed'; readonly worker: WorkerId }
  /** The worker answered; `ok` is false when it answered with a failure. */
  | { readonly tag: 'finished'; readonly worker: WorkerId; readonly job: JobId; readonly ok: boolean }
  | { readonly tag: 'crashed'; readonly worker: WorkerId }
  | { readonly tag: 'released'; readonly image: string };

/**
 * Why a job ends without having been answered. `crashed`: two workers died over it; `lost`: its adopted bitmap died with a worker;
 * `released`: its image was let go before it started; `noWorker`: nothing could be started.
 */
export type FailureReason = 'crashed' | 'lost' | 'released' | 'noWorker';

export type ScheduleEffect =
  | { readonly tag: 'start'; readonly worker: WorkerId }
  | { readonly tag: 'run'; readonly worker: WorkerId; readonly job: JobId }
  | { readonly tag: 'fail'; readonly job: JobId; readonly reason: FailureReason }
  | { readonly tag: 'release'; readonly worker: WorkerId; readonly image: string };

export const emptySchedule: Schedule = {
  queue: [],
  workers: [],
  images: new Map(),
  limit: 1,
  least: 0,
  nextWorker: 1,
};

type Step = readonly [Schedule, readonly ScheduleEffect[]];
type ReadyWorker = Extract<Worker, { tag: 'ready' }>;

const MOST_CRASHES = 2;

const isReady = (worker: Worker): worker is ReadyWorker => worker.tag === 'ready';

/** Behind all jobs of its priority; in front of them where it has waited before (a retry). */
const enqueue = (queue: readonly Job[], job: Job): readonly Job[] => {
  const goesBefore = (other: Job) =>
    job.crashes > 0 ? other.priority >= job.priority : other.priority > job.priority;
  const at = queue.findIndex(goesBefore);
  return at < 0 ? [...queue, job] : queue.toSpliced(at, 0, job);
};

const withWorker = (schedule: Schedule, worker: Worker): Schedule => ({
  ...schedule,
  workers: schedule.workers.map((other) => (other.id === worker.id ? worker : other)),
});

const withImage = (schedule: Schedule, image: string, holding: Holding | null): Schedule => {
  const images = new Map(schedule.images);
  if (holding) images.set(image, holding);
  else images.delete(image);
  return { ...schedule, images };
};

const imagesHeldBy = (schedule: Schedule, worker: WorkerId): number => {
  let count = 0;
  for (const holding of schedule.images.values()) {
    if (holding.tag === 'held' && holding.worker === worker) count += 1;
  }
  return count;
};

/** An adopted bitmap always goes to whoever is free: it makes the image anew. */
const holderOf = (schedule: Schedule, job: Job): Holding | undefined =>
  job.image !== null && job.repeatable ? schedule.images.get(job.image) : undefined;

const leastLaden = (schedule: Schedule, workers: readonly ReadyWorker[]): ReadyWorker | undefined => {
  const laden = (worker: ReadyWorker) =>
    imagesHeldBy(schedule, worker.id) + (worker.decode ? 1 : 0) + (worker.compute ? 1 : 0);
  return workers.reduce<ReadyWorker | undefined>(
    (best, worker) => (best && laden(best) <= laden(worker) ? best : worker),
    undefined,
  );
};

const hasFreeSlot = (schedule: Schedule): boolean =>
  schedule.workers.some((worker) => isReady(worker) && (worker.decode === null || worker.compute === null));

const workerFor = (schedule: Schedule, job: Job): ReadyWorker | undefined => {
  const free = schedule.workers.filter(isReady).filter((worker) => worker[job.kind] === null);
  const holder = holderOf(schedule, job);
  if (holder?.tag === 'held') return free.find((worker) => worker.id === holder.worker);
  return leastLaden(schedule, free);
};

const assign = (schedule: Schedule, job: Job, worker: ReadyWorker): Step => {
  const effects: ScheduleEffect[] = [];
  const assigned = withWorker(schedule, { ...worker, [job.kind]: job });
  if (job.image === null) return [assigned, [{ tag: 'run', worker: worker.id, job: job.id }]];
  const before = schedule.images.get(job.image);
  if (before?.tag === 'held' && before.worker !== worker.id) {
    effects.push({ tag: 'release', worker: before.worker, image: job.image });
  }
  const repeatable = job.repeatable && !(before?.tag === 'held' && !before.repeatable);
  const held = withImage(assigned, job.image, { tag: 'held', worker: worker.id, repeatable });
  return [held, [...effects, { tag: 'run', worker: worker.id, job: job.id }]];
};

/** Starts as many workers as there are jobs that any new worker could take, or are to be there. */
const startWorkers = (schedule: Schedule): Step => {
  const room = schedule.limit - schedule.workers.length;
  if (room <= 0) return [schedule, []];
  const unplaced = schedule.queue.filter((job) => holderOf(schedule, job) === undefined).length;
  const starting = schedule.workers.filter((worker) => !isReady(worker)).length;
  const lacking = Math.max(unplaced - starting, schedule.least - schedule.workers.length);
  const count = Math.max(0, Math.min(room, lacking));
  const ids = Array.from({ length: count }, (_, index) => schedule.nextWorker + index);
  const workers = [...schedule.workers, ...ids.map((id): Worker => ({ tag: 'starting', id }))];
  const started = { ...schedule, workers, nextWorker: schedule.nextWorker + count };
  return [started, ids.map((worker) => ({ tag: 'start', worker }))];
};

/** Gives every job that can run to a worker, in the queue's order; a job whose holder is busy lets others pass. */
const dispatch = (schedule: Schedule, before: readonly ScheduleEffect[] = []): Step => {
  const effects = [...before];
  const waiting: Job[] = [];
  let now = schedule;
  for (const job of schedule.queue) {
    if (holderOf(now, job)?.tag === 'lost') {
      effects.push({ tag: 'fail', job: job.id, reason: 'lost' });
      continue;
    }
    const worker = hasFreeSlot(now) ? workerFor(now, job) : undefined;
    if (!worker) {
      waiting.push(job);
      continue;
    }
    const [next, ran] = assign(now, job, worker);
    now = next;
    effects.push(...ran);
  }
  const [started, starts] = startWorkers({ ...now, queue: waiting });
  return [started, [...effects, ...starts]];
};

const loseImages = (schedule: Schedule, worker: WorkerId): Schedule => {
  const images = new Map<string, Holding>();
  for (const [image, holding] of schedule.images) {
    if (holding.tag === 'lost' || holding.worker !== worker) images.set(image, holding);
    else if (!holding.repeatable) images.set(image, { tag: 'lost' });
  }
  return { ...schedule, images };
};

const jobsOf = (worker: Worker | undefined): readonly Job[] =>
  worker?.tag === 'ready' ? [worker.decode, worker.compute].filter((job) => job !== null) : [];

/** Running jobs go back to the front of their priority, once; jobs of adopted bitmaps cannot. */
const crash = (schedule: Schedule, id: WorkerId): Step => {
  const worker = schedule.workers.find((other) => other.id === id);
  if (!worker) return [schedule, []];
  const workers = schedule.workers.filter((other) => other !== worker);
  let now = loseImages({ ...schedule, workers, least: 0 }, id);
  const effects: ScheduleEffect[] = [];
  for (const job of jobsOf(worker)) {
    const crashes = job.crashes + 1;
    if (!job.wanted) continue;
    if (!job.repeatable) effects.push({ tag: 'fail', job: job.id, reason: 'lost' });
    else if (crashes >= MOST_CRASHES) effects.push({ tag: 'fail', job: job.id, reason: 'crashed' });
    else now = { ...now, queue: enqueue(now.queue, { ...job, crashes }) };
  }
  return dispatch(now, effects);
};

const isNeeded = (schedule: Schedule, image: string): boolean =>
  schedule.queue.some((job) => job.image === image) ||
  schedule.workers.some((worker) => jobsOf(worker).some((job) => job.image === image));

/** What was decoded for nobody is freed, unless another job is to use it. */
const freeUnwanted = (schedule: Schedule, job: Job, ok: boolean): Step => {
  const { image } = job;
  if (job.kind !== 'decode' || image === null || (ok && job.wanted)) return [schedule, []];
  const holding = schedule.images.get(image);
  if (holding?.tag !== 'held' || isNeeded(schedule, image)) return [schedule, []];
  return [withImage(schedule, image, null), [{ tag: 'release', worker: holding.worker, image }]];
};

const finish = (schedule: Schedule, id: WorkerId, jobId: JobId, ok: boolean): Step => {
  const worker = schedule.workers.find((other) => other.id === id);
  const job = jobsOf(worker).find((other) => other.id === jobId);
  if (worker?.tag !== 'ready' || !job) return [schedule, []];
  const freed = withWorker(schedule, { ...worker, [job.kind]: null });
  return dispatch(...freeUnwanted(freed, job, ok));
};

/** A queued job never starts; a running one goes on, unwanted. */
const abort = (schedule: Schedule, id: JobId): Step => {
  const unwanted = (job: Job | null) => (job?.id === id ? { ...job, wanted: false } : job);
  const workers = schedule.workers.map((worker) =>
    worker.tag === 'ready'
      ? { ...worker, decode: unwanted(worker.decode), compute: unwanted(worker.compute) }
      : worker,
  );
  return [{ ...schedule, workers, queue: schedule.queue.filter((job) => job.id !== id) }, []];
};

const release = (schedule: Schedule, image: string): Step => {
  const holding = schedule.images.get(image);
  const dropped = schedule.queue.filter((job) => job.image === image);
  const queue = schedule.queue.filter((job) => job.image !== image);
  const effects: ScheduleEffect[] = dropped.map(({ id }) => ({ tag: 'fail', job: id, reason: 'released' }));
  if (holding?.tag === 'held') effects.push({ tag: 'release', worker: holding.worker, image });
  return [withImage({ ...schedule, queue }, image, null), effects];
};

const start = (schedule: Schedule, id: WorkerId, limit: number): Step => {
  if (!schedule.workers.some((worker) => worker.id === id)) return [schedule, []];
  const ready: Worker = { tag: 'ready', id, decode: null, compute: null };
  return dispatch(withWorker({ ...schedule, limit }, ready));
};

/** The workers that are there go on; where there is none, every waiting job fails. */
const failStart = (schedule: Schedule, id: WorkerId): Step => {
  const workers = schedule.workers.filter((worker) => worker.id !== id);
  if (workers.length > 0) return [{ ...schedule, workers, limit: workers.length }, []];
  const effects: ScheduleEffect[] = schedule.queue.map(({ id: job }) => ({
    tag: 'fail',
    job,
    reason: 'noWorker',
  }));
  return [{ ...schedule, workers, queue: [], limit: 1 }, effects];
};

/**
 * The whole behaviour of the pool as data: what happened in, what to do out. Total: events about workers or jobs that are gone
 * change nothing.
 */
export const stepSchedule = (schedule: Schedule, event: ScheduleEvent): Step => {
  switch (event.tag) {
    case 'submitted':
      return dispatch({ ...schedule, queue: enqueue(schedule.queue, event.job) });
    case 'warmed':
      return dispatch({ ...schedule, least: Math.max(schedule.least, event.workers) });
    case 'aborted':
      return abort(schedule, event.job);
    case 'started':
      return start(schedule, event.worker, event.limit);
    case 'startFailed':
      return failStart(schedule, event.worker);
    case 'finished':
      return finish(schedule, event.worker, event.job, event.ok);
    case 'crashed':
      return crash(schedule, event.worker);
    case 'released':
      return release(schedule, event.image);
  }
};
