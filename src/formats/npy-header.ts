import { InnotaterError } from '../errors/index.js';
import type { DType } from '../kernels/index.js';

/** What stands before the data of a `.npy` file. Format: numpy's `numpy.lib.format`, versions 1.0, 2.0 and 3.0. */
export type NpyHeader = {
  readonly dtype: DType;
  readonly bytesPerElement: number;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begins, in bytes from the start of the file. */
  readonly dataOffset: number;
};

const dtypes: Readonly<Record<string, readonly [DType, number]>> = {
  b1: ['bool', 1],
  u1: ['u8', 1],
  i1: ['i8', 1],
  u2: ['u16', 2],
  i2: ['i16', 2],
  f2: ['f16', 2],
  u4: ['u32', 4],
  i4: ['i32', 4],
  f4: ['f32', 4],
  u8: ['u64', 8],
  i8: ['i64', 8],
  f8: ['f64', 8],
};

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Bytes to read so that the prefix (magic, version and header length) is whole. */
export const npyPrefixBytes = 12;

const malformed = (name: string, what: string) =>
  new InnotaterError('format', `${name} is not a .npy file that can be read: ${what}`, { file: name });

/** How many bytes of the file hold prefix and header. `start` holds at least `npyPrefixBytes`, or the whole of a shorter file. */
export const npyHeaderBytes = (start: Uint8Array, name: string): number => {
  if (!magic.every((byte, i) => start[i] === byte)) {
    throw malformed(name, 'it does not begin with the bytes "\\x93NUMPY"');
  }
  if (start.length < npyPrefixBytes) throw malformed(name, 'it ends within its header');
  const view = new DataView(start.buffer, start.byteOffset);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) {
    throw malformed(name, `its format version is ${version}.${view.getUint8(7)}; 1, 2 and 3 are known`);
  }
  return version === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
};

const field = (header: string, key: string, value: string): string | undefined =>
  new RegExp(`['"]${key}['"]\\s*:\\s*${value}`).exec(header)?.[1];

const parseDescr = (header: string, name: string) => {
  const descr = field(header, 'descr', `['"]([^'"]*)['"]`);
  if (descr === undefined) {
    throw malformed(
      name,
      'its elements are records (a structured dtype); save one field as an array of its own',
    );
  }
  const known = /^([<>|=])([a-zA-Z]\d+)$/.exec(descr);
  const dtype = known && dtypes[known[2]!];
  if (!dtype) {
    const object = descr.includes('O') ? ' (Python objects)' : '';
    throw malformed(name, `its dtype is '${descr}'${object}; use bool, (u)int8 to 64, or float16 to 64`);
  }
  return { dtype: dtype[0], bytesPerElement: dtype[1], littleEndian: known[1] !== '>' };
};

const parseShape = (header: string, name: string): number[] => {
  const inner = field(header, 'shape', '\\(([^)]*)\\)');
  const shape = inner
    ?.split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '')
    .map(Number);
  if (!shape?.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw malformed(name, `its header has no shape: ${header.trim().slice(0, 80)}`);
  }
  return shape;
};

/** Reads prefix and header from the first `npyHeaderBytes` bytes. Throws `InnotaterError` 'format' that names the file. */
export const parseNpyHeader = (bytes: Uint8Array, name: string): NpyHeader => {
  const dataOffset = npyHeaderBytes(bytes, name);
  if (bytes.length < dataOffset) throw malformed(name, 'it ends within its header');
  const header = new TextDecoder().decode(bytes.subarray(bytes[6] === 1 ? 10 : 12, dataOffset));
  const fortran = field(header, 'fortran_order', '(True|False)');
  if (fortran === undefined) throw malformed(name, `its header is damaged: ${header.trim().slice(0, 80)}`);
  return {
    ...parseDescr(header, name),
    fortranOrder: fortran === 'True',
    shape: parseShape(header, name),
    dataOffset,
  };
};

/** Elements in a tensor of this shape. */
export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((product, n) => product * n, 1);
