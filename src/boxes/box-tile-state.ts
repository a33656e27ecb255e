import type { InnotaterError } from '../errors/index.js';

/** RGBA of one tile; null where nothing is drawn in it. */
export type BoxPixels = Uint8Array<ArrayBuffer> | null;

/** The life of one box tile at one scale. `bytes` are those of its texture; 0: nothing is drawn there, and there is none. */
export type BoxTileState =
  | { readonly tag: 'missing' }
  | { readonly tag: 'loading'; readonly job: number }
  /** Drawn by the worker, and waiting for its turn to be uploaded. */
  | { readonly tag: 'loaded'; readonly pixels: Uint8Array<ArrayBuffer> }
  /** On screen as the boxes are. */
  | { readonly tag: 'ready'; readonly bytes: number }
  /** On screen as the boxes were, until it is drawn anew. */
  | { readonly tag: 'stale'; readonly bytes: number }
  | { readonly tag: 'renewing'; readonly bytes: number; readonly job: number }
  | { readonly tag: 'renewed'; readonly bytes: number; readonly pixels: Uint8Array<ArrayBuffer> }
  | { readonly tag: 'failed'; readonly error: InnotaterError };

export type BoxTileEvent =
  /** The view needs it; `job` has not been used before. */
  | { readonly tag: 'want'; readonly job: number }
  /** The view needs it no more: what is there stays, what is under way is given up. */
  | { readonly tag: 'unwant' }
  | { readonly tag: 'arrive'; readonly job: number; readonly pixels: BoxPixels }
  | { readonly tag: 'reject'; readonly job: number; readonly error: InnotaterError }
  | { readonly tag: 'upload' }
  /** Boxes in it changed. */
  | { readonly tag: 'change' }
  /** The GPU lost its textures. */
  | { readonly tag: 'lose' }
  | { readonly tag: 'drop' };

export type BoxTileEffect =
  | { readonly tag: 'read'; readonly job: number }
  | { readonly tag: 'abort'; readonly job: number }
  | { readonly tag: 'upload'; readonly pixels: Uint8Array<ArrayBuffer> }
  | { readonly tag: 'free' };

type Step = readonly [BoxTileState, readonly BoxTileEffect[]];

export const missing: BoxTileState = { tag: 'missing' };
const nothing: readonly BoxTileEffect[] = [];
const empty: BoxTileState = { tag: 'ready', bytes: 0 };
const freeing = (bytes: number): readonly BoxTileEffect[] => (bytes > 0 ? [{ tag: 'free' }] : nothing);
const aborting = (job: number): BoxTileEffect => ({ tag: 'abort', job });
const uploading = (pixels: Uint8Array<ArrayBuffer>): Step => [
  { tag: 'ready', bytes: pixels.byteLength },
  [{ tag: 'upload', pixels }],
];

/** What waits for its upload is under way: where nobody asks for it any more it would wait for ever. */
const isGivenUp = ({ tag }: BoxTileEvent): boolean => tag === 'unwant' || tag === 'change' || tag === 'drop';

/** Total: what does not concern a state leaves it as it is, an answer to an earlier job too. */
export const stepBoxTile = (state: BoxTileState, event: BoxTileEvent): Step => {
  switch (state.tag) {
    case 'missing':
      return event.tag === 'want'
        ? [{ tag: 'loading', job: event.job }, [{ tag: 'read', job: event.job }]]
        : [state, nothing];
    case 'loading':
      return stepLoading(state, event);
    case 'loaded':
      if (event.tag === 'upload') return uploading(state.pixels);
      return [isGivenUp(event) ? missing : state, nothing];
    case 'ready':
      if (event.tag === 'change') return [{ tag: 'stale', bytes: state.bytes }, nothing];
      return stepShown(state, event);
    case 'stale':
      if (event.tag === 'want') {
        const { job } = event;
        return [{ tag: 'renewing', bytes: state.bytes, job }, [{ tag: 'read', job }]];
      }
      return stepShown(state, event);
    case 'renewing':
      return stepRenewing(state, event);
    case 'renewed':
      return stepRenewed(state, event);
    case 'failed':
      return [event.tag === 'change' || event.tag === 'drop' ? missing : state, nothing];
  }
};

const stepLoading = (state: Extract<BoxTileState, { tag: 'loading' }>, event: BoxTileEvent): Step => {
  switch (event.tag) {
    case 'unwant':
    case 'change':
    case 'drop':
      return [missing, [aborting(state.job)]];
    case 'arrive':
      if (event.job !== state.job) break;
      return [event.pixels ? { tag: 'loaded', pixels: event.pixels } : empty, nothing];
    case 'reject':
      if (event.job !== state.job) break;
      return [{ tag: 'failed', error: event.error }, nothing];
  }
  return [state, nothing];
};

/** With or without truth: a texture can be lost and dropped. */
const stepShown = (state: Extract<BoxTileState, { tag: 'ready' | 'stale' }>, event: BoxTileEvent): Step => {
  if (event.tag === 'drop') return [missing, freeing(state.bytes)];
  return [event.tag === 'lose' && state.bytes > 0 ? missing : state, nothing];
};

const stepRenewing = (state: Extract<BoxTileState, { tag: 'renewing' }>, event: BoxTileEvent): Step => {
  const { bytes, job } = state;
  switch (event.tag) {
    case 'unwant':
    case 'change':
      return [{ tag: 'stale', bytes }, [aborting(job)]];
    case 'arrive':
      if (event.job !== job) break;
      return event.pixels
        ? [{ tag: 'renewed', bytes, pixels: event.pixels }, nothing]
        : [empty, freeing(bytes)];
    case 'reject':
      if (event.job !== job) break;
      return [{ tag: 'failed', error: event.error }, freeing(bytes)];
    case 'lose':
      return [{ tag: 'loading', job }, nothing];
    case 'drop':
      return [missing, [aborting(job), ...freeing(bytes)]];
  }
  return [state, nothing];
};

const stepRenewed = (state: Extract<BoxTileState, { tag: 'renewed' }>, event: BoxTileEvent): Step => {
  const { bytes, pixels } = state;
  switch (event.tag) {
    case 'upload':
      return uploading(pixels);
    case 'unwant':
    case 'change':
      return [{ tag: 'stale', bytes }, nothing];
    case 'lose':
      return [{ tag: 'loaded', pixels }, nothing];
    case 'drop':
      return [missing, freeing(bytes)];
    default:
      return [state, nothing];
  }
};
