import { InnotaterError } from '../../errors/index.js';
import type { PyramidChannel } from '../contract.js';

/** What the metadata of OME-Zarr say of an image (OME-NGFF 0.4 and 0.5, and the older ones where they are the same). */
export type OmeImage = {
  /** Lower-case names of the arrays' axes: t, c, z, y, x. */
  readonly axes: readonly string[];
  /** Paths of the arrays, finest first. */
  readonly paths: readonly string[];
  readonly omero: OmeRendering;
};

/** How the writer wants it shown. */
export type OmeRendering = {
  readonly channels: readonly (Partial<PyramidChannel> & { readonly isActive: boolean })[];
  readonly t: number | null;
  readonly z: number | null;
};

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numberOr = <T>(value: unknown, otherwise: T): number | T =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

const bad = (name: string, why: string): InnotaterError =>
  new InnotaterError('format', `${name} is no OME-Zarr image: ${why}`, { file: name });

/** Attributes of the specification, wherever its version keeps them. */
const omeOf = (attributes: Json): Json => (isJson(attributes.ome) ? attributes.ome : attributes);

/** Whether a group only holds images in groups of their own ("0", "1", …), as bioformats2raw writes them. */
export const isImageCollection = (attributes: Json): boolean =>
  !('multiscales' in omeOf(attributes)) && 'bioformats2raw.layout' in omeOf(attributes);

/** Reads the attributes of a group. Throws `InnotaterError` 'format' that says what is there instead. */
export const omeImage = (attributes: Json, name: string): OmeImage => {
  const ome = omeOf(attributes);
  const scales = list(ome.multiscales)[0];
  if (!isJson(scales)) throw bad(name, whatElse(ome));
  const paths = list(scales.datasets).map((dataset) => (isJson(dataset) ? String(dataset.path ?? '') : ''));
  if (paths.length === 0 || paths.includes('')) throw bad(name, 'its multiscales name no datasets');
  const axes = list(scales.axes).map((axis) => String(isJson(axis) ? axis.name : axis).toLowerCase());
  return { axes: axes.length > 0 ? axes : ['t', 'c', 'z', 'y', 'x'], paths, omero: rendering(ome.omero) };
};

const whatElse = (ome: Json): string => {
  if ('plate' in ome) return 'it is a plate; give the image of one field, such as …/A/1/0';
  if ('well' in ome) return 'it is a well; give one of its images, such as …/0';
  if ('labels' in ome) return 'it is a list of labels; give one of them by its path';
  return 'its attributes have no "multiscales"';
};

export const rendering = (omero: unknown): OmeRendering => {
  if (!isJson(omero)) return { channels: [], t: null, z: null };
  const defaults = isJson(omero.rdefs) ? omero.rdefs : {};
  const channels = list(omero.channels).map((given) => channelOf(isJson(given) ? given : {}));
  return { channels, t: numberOr(defaults.defaultT, null), z: numberOr(defaults.defaultZ, null) };
};

const channelOf = (given: Json): OmeRendering['channels'][number] => {
  const window = isJson(given.window) ? given.window : {};
  const [lo, hi] = [numberOr(window.start, null), numberOr(window.end, null)];
  const hex = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(String(given.color ?? ''));
  return {
    isActive: given.active !== false,
    ...(typeof given.label === 'string' ? { label: given.label } : {}),
    ...(hex
      ? {
          color: [0, 1, 2].map((i) => Number.parseInt(hex[i + 1]!, 16)) as unknown as PyramidChannel['color'],
        }
      : {}),
    ...(lo !== null && hi !== null && lo < hi ? { window: { lo, hi } } : {}),
  };
};
