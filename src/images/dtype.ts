import { type DType, isDType } from '../kernels/index.js';

const byArrayName: Readonly<Record<string, DType>> = {
  Uint8Array: 'u8',
  Uint8ClampedArray: 'u8',
  Int8Array: 'i8',
  Uint16Array: 'u16',
  Int16Array: 'i16',
  Uint32Array: 'u32',
  Int32Array: 'i32',
  BigInt64Array: 'i64',
  BigUint64Array: 'u64',
  Float16Array: 'f16',
  Float32Array: 'f32',
  Float64Array: 'f64',
};

const byLongName: Readonly<Record<string, DType>> = {
  bool: 'bool',
  bool_: 'bool',
  boolean: 'bool',
  b1: 'bool',
  half: 'f16',
  float: 'f32',
  double: 'f64',
  byte: 'i8',
  ubyte: 'u8',
};

const bitsOfBytes: Readonly<Record<string, string>> = { '1': '8', '2': '16', '4': '32', '8': '64' };

/**
 * The dtype that numpy ('<f4', 'uint8'), ONNX ('float16'), tfjs ('bool') or torch ('torch.float32') call so; null when unknown.
 * A bare 'u8' or 'i8' has 8 bits; behind a byte order mark ('<i8') it has 8 bytes.
 */
export const dtypeByName = (name: string): DType | null => {
  const plain = name
    .toLowerCase()
    .replace(/^torch\./, '')
    .replace(/^[<>|=]/, '');
  if (isDType(name)) return name;
  const long = Object.hasOwn(byLongName, plain) ? byLongName[plain] : undefined;
  if (long) return long;
  const [, kind, width] = /^(uint|int|float|u|i|f)(\d+)$/.exec(plain) ?? [];
  if (!kind || !width) return null;
  const inBytes = kind.length === 1 && (plain !== name || `${kind}${width}` === 'f8' || width < '8');
  const short = `${kind[0]}${inBytes ? bitsOfBytes[width] : width}`;
  return isDType(short) ? short : null;
};

/** The dtype a typed array's own type tells; null for a DataView or anything else. Works across realms. */
export const dtypeOfArray = (view: ArrayBufferView): DType | null => {
  const name = (view as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? '';
  return Object.hasOwn(byArrayName, name) ? byArrayName[name]! : null;
};

/** What white is where no transform says otherwise: 1 for floats and booleans, 255 for integers. */
export const whiteOf = (dtype: DType): 1 | 255 => (/^[fb]/.test(dtype) ? 1 : 255);
