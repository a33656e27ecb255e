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
  | { readonly tag: 'failed'; readonly error: InnotaterError };

export type TileEvent =
  /** Somebody needs it; `job` has not been used before. */
  | { readonly tag: 'want'; readonly job: number }
  /** Nobody waits for it any more: a tile that is there stays, one under way is given up. */
  | { readonly tag: 'unwant' }
  | { readonly tag: 'arrive'; readonly job: number; readonly pixels: RgbaPixels }
  | { readonly tag: 'reject'; readonly job: number; readonly error: InnotaterError }
  | { readonly tag: 'upload' }
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
const nothing: readonly TileEffect[] = [];

/** Total: an event that does not concern a state leaves it as it is, so an answer to an earlier job changes nothing. */
export const stepTile = (state: TileState, event: TileEvent): readonly [TileState, readonly TileEffect[]] => {
  switch (event.tag) {
    case 'want':
      if (state.tag !== 'missing') break;
      return [{ tag: 'loading', job: event.job }, [{ tag: 'read', job: event.job }]];
    case 'unwant':
      if (state.tag !== 'loading') break;
      return [missing, [{ tag: 'abort', job: state.job }]];
    case 'arrive':
      if (state.tag !== 'loading' || state.job !== event.job) break;
      return [{ tag: 'loaded', pixels: event.pixels }, nothing];
    case 'reject':
      if (state.tag !== 'loading' || state.job !== event.job) break;
      return [{ tag: 'failed', error: event.error }, nothing];
    case 'upload':
      if (state.tag !== 'loaded') break;
      return [
        { tag: 'ready', bytes: state.pixels.rgba.byteLength },
        [{ tag: 'upload', pixels: state.pixels }],
      ];
    case 'lose':
      if (state.tag !== 'ready') break;
      return [missing, nothing];
    case 'drop':
      return dropped(state);
  }
  return [state, nothing];
};

const dropped = (state: TileState): readonly [TileState, readonly TileEffect[]] => {
  if (state.tag === 'loading') return [missing, [{ tag: 'abort', job: state.job }]];
  if (state.tag === 'ready') return [missing, [{ tag: 'free' }]];
  return [missing, nothing];
};
