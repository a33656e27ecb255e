import { InnotaterError } from '../errors/index.js';
import type { Affine, ChannelOrder } from '../kernels/index.js';
import type { Rendering, ValueRange } from './contract.js';
import type { PerChannel, PixelTransform } from './transforms.js';

/** What a chain of transforms comes to: which channels are taken, and one scale and offset for each. */
export type PixelProgram = {
  /** The source's channel for each of the result: grey; grey, alpha; R, G, B; or R, G, B, A. */
  readonly picks: readonly number[];
  /** In the order R, G, B, A of the result; null where values stay as they are. */
  readonly affine: Affine | null;
};

/** What is known of the source before any transform. */
export type SourceChannels = {
  readonly channels: number;
  readonly order: ChannelOrder;
  /** The value shown as 255 where no transform says otherwise. */
  readonly white: 1 | 255;
};

/** A window in place of all steps on values; the choice of channels stays. null: the chain as it is. */
export const windowedChain = (
  chain: readonly PixelTransform[],
  range: ValueRange | null,
): readonly PixelTransform[] =>
  range ? [...chain.filter(({ kind }) => kind === 'channels'), { kind: 'range', ...range }] : chain;

/** The program of an image with this window, or as its transform says (null). */
export type ProgramFor = (range: ValueRange | null) => PixelProgram;

/** Composes a chain for every window. Throws as `pixelProgram` does, at once where the chain alone does not fit. */
export const programsOf = (chain: readonly PixelTransform[], source: SourceChannels): ProgramFor => {
  const plain = pixelProgram(chain, source);
  return (range) => (range ? pixelProgram(windowedChain(chain, range), source) : plain);
};

/** What a program shows, as a window on the first of its channels. */
export const renderingOf = ({ picks, affine }: PixelProgram): Rendering => {
  const [scale, offset] = affine ? [affine.scale[0], affine.offset[0]] : [1, 0];
  const range = scale === 0 ? { lo: 0, hi: 255 } : { lo: -offset / scale, hi: (255 - offset) / scale };
  return { picks, range };
};

type Role = 'grey' | 'R' | 'G' | 'B' | 'A' | 'other';
type Lane = {
  readonly source: number;
  readonly role: Role;
  readonly scale: number;
  readonly offset: number;
  /** Some step has set its values. */
  readonly touched: boolean;
};

const roles = (channels: number, order: ChannelOrder): readonly Role[] => {
  if (channels === 1) return ['grey'];
  if (channels === 2) return ['grey', 'A'];
  if (channels > 4) return Array.from({ length: channels }, () => 'other' as const);
  const colours = [...order] as Role[];
  return channels === 3 ? colours : [...colours, 'A'];
};

const resultOrder: readonly Role[] = ['grey', 'R', 'G', 'B', 'A'];
const bad = (message: string): InnotaterError => new InnotaterError('data', message);

/**
 * Composes a chain into one program. A single number concerns the colours and leaves alpha alone.
 * Throws `InnotaterError` 'data' when a list's length does not fit the channels, or when more than 4 channels remain.
 */
export const pixelProgram = (chain: readonly PixelTransform[], source: SourceChannels): PixelProgram => {
  const start = roles(source.channels, source.order).map(
    (role, i): Lane => ({ source: i, role, scale: 1, offset: 0, touched: false }),
  );
  const stepped = chain.reduce(step, start);
  if (stepped.length > 4) {
    throw bad(
      `An image of ${stepped.length} channels has more than 4 channels; Transforms.channels([…]) picks those to show`,
    );
  }
  const lanes = [...stepped].sort((a, b) => resultOrder.indexOf(a.role) - resultOrder.indexOf(b.role));
  const isStepped = lanes.some(({ touched }) => touched);
  const shown = lanes.map((lane) => shownLane(lane, isStepped, source.white));
  return { picks: shown.map((lane) => lane.source), affine: affineOf(shown) };
};

/** Values that no step has set are brought from their own white to 255; alpha is, even where colours were set. */
const shownLane = (lane: Lane, isStepped: boolean, white: 1 | 255): Lane => {
  const keeps = lane.touched || (isStepped && lane.role !== 'A');
  return keeps ? lane : { ...lane, scale: lane.scale * (255 / white) };
};

const step = (lanes: readonly Lane[], transform: PixelTransform): Lane[] => {
  switch (transform.kind) {
    case 'channels':
      return typeof transform.order === 'string'
        ? renamed(lanes, transform.order)
        : picked(lanes, transform.order);
    case 'scale':
      return affine(lanes, transform.kind, [transform.factor, transform.offset], (f, o) => [f, o]);
    case 'range':
      return affine(lanes, transform.kind, [transform.lo, transform.hi], (lo, hi) => [
        255 / (hi - lo),
        (-255 * lo) / (hi - lo),
      ]);
    case 'normalize':
      return affine(lanes, transform.kind, [transform.mean, transform.std], (m, s) => [1 / s, -m / s]);
    case 'denormalize': {
      const scaled = affine(lanes, transform.kind, [transform.std, transform.mean], (s, m) => [s, m]);
      return affine(scaled, transform.kind, [transform.scale, 0], (k) => [k, 0]);
    }
  }
};

const renamed = (lanes: readonly Lane[], order: string): Lane[] => {
  if (lanes.length < 3) return [...lanes];
  const names = [...order, ...(lanes.length === 4 && order.length === 3 ? 'A' : '')] as Role[];
  if (names.length !== lanes.length) {
    throw bad(
      `Transforms.channels('${order}') names ${order.length} channels of an image that has ${lanes.length}`,
    );
  }
  const named = lanes.map((lane, i): Lane => ({ ...lane, role: names[i]! }));
  return named.sort((a, b) => resultOrder.indexOf(a.role) - resultOrder.indexOf(b.role));
};

const picked = (lanes: readonly Lane[], order: readonly number[]): Lane[] =>
  order.map((channel, i) => {
    const lane = lanes[channel];
    if (!lane) {
      throw bad(
        `Transforms.channels: channel ${channel} of an image that has ${lanes.length}, counted from 0`,
      );
    }
    return { ...lane, role: roles(order.length, 'RGB')[i]! };
  });

/** Applies `v · a + b` to the lanes that have numbers; `ab` makes the pair of one lane. */
const affine = (
  lanes: readonly Lane[],
  kind: string,
  parameters: readonly [PerChannel, PerChannel],
  ab: (p: number, q: number) => readonly [number, number],
): Lane[] => {
  const alpha = lanes.findIndex(({ role }) => role === 'A');
  const colours = lanes.length - (alpha < 0 ? 0 : 1);
  const lists = parameters.map((values) => (typeof values === 'number' ? [values] : values));
  for (const list of lists) checkLength(list, kind, lanes.length, colours);
  const setsAlpha = lists.some((list) => list.length === lanes.length && lanes.length > 1);
  return lanes.map((lane, i) => {
    if (i === alpha && !setsAlpha) return lane;
    const at = alpha >= 0 && i > alpha ? i - 1 : i;
    const [p, q] = lists.map(
      (list) => list[list.length === 1 ? 0 : list.length === lanes.length ? i : at] ?? list[0]!,
    );
    const [a, b] = ab(p!, q!);
    return { ...lane, scale: lane.scale * a, offset: lane.offset * a + b, touched: true };
  });
};

const checkLength = (list: readonly number[], kind: string, channels: number, colours: number): void => {
  if (list.length === 1 || list.length === channels || list.length === colours) return;
  throw bad(
    `Transforms.${kind}: ${list.length} numbers for an image of ${channels} channels; give one, or one a channel`,
  );
};

const affineOf = (lanes: readonly Lane[]): Affine | null => {
  if (lanes.every(({ scale, offset }) => scale === 1 && offset === 0)) return null;
  const isGrey = lanes.length < 3;
  const alpha = lanes.find(({ role }) => role === 'A');
  const colour = (i: number): Lane => lanes[isGrey ? 0 : i]!;
  const four = (of: (lane: Lane) => number, opaque: number) =>
    [of(colour(0)), of(colour(1)), of(colour(2)), alpha ? of(alpha) : opaque] as const;
  return { scale: four(({ scale }) => scale, 1), offset: four(({ offset }) => offset, 0) };
};
