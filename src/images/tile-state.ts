import type { InnotaterError } from '../errors/index.js';
import type { RgbaPixels } from '../kernels/index.js';

/** The life of one tile of one opened image. */
export type TileState =
  | { readonly tag: 'missing' }
  | { readonly tag: 'loading'; readonly job: number }
  /** Read, and waiting for its turn to be uploaded. */
  | { readonly tag: 'loaded'; readonly pixels: RgbaPixels }
  /** On the GPU. */
  | { readonly tag: 'ready'; readonly bytes: number }
  /** On the GPU as the image was shown before; drawn until it is there anew. */
  | { readonly tag: 'stale'; readonly bytes: number }
  | { readonly tag: 'renewing'; readonly bytes: number; readonly job: number }
  | { readonly tag: 'renewed'; readonly bytes: number; readonly pixels: RgbaPixels }
  | { readonly tag: 'failed'; readonly error: InnotaterError };

export type TileEvent =
  /** Somebody needs it; `job` has not been used before. */
  | { readonly tag: 'want'; readonly job: number }
  /** Nobody waits for it any more: a tile that is there stays, one under way is given up. */
  | { readonly tag: 'unwant' }
  | { readonly tag: 'arrive'; readonly job: number; readonly pixels: RgbaPixels }
  | { readonly tag: 'reject'; readonly job: number; readonly error: InnotaterError }
  | { readonly tag: 'upload' }
  /** The image is to be shown otherwise: what was read is no longer right. */
  | { readonly tag: 'outdate' }
  /** The GPU lost its textures. */
  | { readonly tag: 'lose' }
  /** Its memory is needed elsewhere, or its image is closed. */
  | { readonly tag: 'drop' };

export type TileEffect =
  | { readonly tag: 'read'; readonly job: number }
  | { readonly tag: 'abort'; readonly job: number }
  | { readonly tag: 'upload'; readonly pixels: RgbaPixels }
  | { readonly tag: 'free' };

export const missing: TileState = { tag: 'missing' };

type Step = readonly [TileState, readonly TileEffect[]];
const nothing: readonly TileEffect[] = [];
const read = (job: number): readonly TileEffect[] => [{ tag: 'read', job }];
const abort = (job: number): readonly TileEffect[] => [{ tag: 'abort', job }];
const free: readonly TileEffect[] = [{ tag: 'free' }];
const uploaded = (pixels: RgbaPixels): Step => [
  { tag: 'ready', bytes: pixels.rgba.byteLength },
  [{ tag: 'upload', pixels }],
];

/** Total: an event that does not concern a state leaves it as it is, so an answer to an earlier job changes nothing. */
export const stepTile = (state: TileState, event: TileEvent): Step =>
  steps[state.tag](state as never, event) ?? [state, nothing];

type Steps = {
  readonly [Tag in TileState['tag']]: (
    state: Extract<TileState, { tag: Tag }>,
    event: TileEvent,
  ) => Step | null;
};

const steps: Steps = {
  missing: (_, event) =>
    event.tag === 'want' ? [{ tag: 'loading', job: event.job }, read(event.job)] : null,
  loading: ({ job }, event) => {
    switch (event.tag) {
      case 'unwant':
      case 'outdate':
      case 'drop':
        return [missing, abort(job)];
      case 'arrive':
        return event.job === job ? [{ tag: 'loaded', pixels: event.pixels }, nothing] : null;
      case 'reject':
        return event.job === job ? [{ tag: 'failed', error: event.error }, nothing] : null;
      default:
        return null;
    }
  },
  loaded: ({ pixels }, event) => {
    if (event.tag === 'upload') return uploaded(pixels);
    return event.tag === 'outdate' || event.tag === 'drop' ? [missing, nothing] : null;
  },
  ready: ({ bytes }, event) => (event.tag === 'outdate' ? [{ tag: 'stale', bytes }, nothing] : gone(event)),
  stale: ({ bytes }, event) =>
    event.tag === 'want' ? [{ tag: 'renewing', bytes, job: event.job }, read(event.job)] : gone(event),
  renewing: ({ bytes, job }, event) => {
    switch (event.tag) {
      case 'unwant':
      case 'outdate':
        return [{ tag: 'stale', bytes }, abort(job)];
      case 'arrive':
        return event.job === job ? [{ tag: 'renewed', bytes, pixels: event.pixels }, nothing] : null;
      case 'reject':
        return event.job === job ? [{ tag: 'failed', error: event.error }, free] : null;
      case 'lose':
        return [{ tag: 'loading', job }, nothing];
      case 'drop':
        return [missing, [...abort(job), ...free]];
      default:
        return null;
    }
  },
  renewed: ({ bytes, pixels }, event) => {
    if (event.tag === 'upload') return uploaded(pixels);
    if (event.tag === 'outdate') return [{ tag: 'stale', bytes }, nothing];
    return event.tag === 'lose' ? [{ tag: 'loaded', pixels }, nothing] : gone(event);
  },
  failed: (_, event) => (event.tag === 'drop' || event.tag === 'outdate' ? [missing, nothing] : null),
};

/** What becomes of a tile on the GPU that nobody is reading. */
const gone = (event: TileEvent): Step | null => {
  if (event.tag === 'lose') return [missing, nothing];
  return event.tag === 'drop' ? [missing, free] : null;
};
