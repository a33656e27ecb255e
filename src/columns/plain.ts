type Listed = { readonly length: number; get(at: number): unknown };
type Struct = { toJSON(): unknown };

const isListed = (value: object): value is Listed =>
  typeof (value as Listed).get === 'function' && typeof (value as Listed).length === 'number';
const isStruct = (value: object): value is Struct => typeof (value as Struct).toJSON === 'function';

/** A value of a table as plain data; see `AsyncColumn`. Bytes and other typed arrays stay as they are. */
export const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return numberOf(value);
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date) {
    return value;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (isListed(value)) return Array.from({ length: value.length }, (_, at) => plain(value.get(at)));
  return structOf((isStruct(value) ? value.toJSON() : value) as Readonly<Record<string, unknown>>);
};

const numberOf = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

const structOf = (struct: Readonly<Record<string, unknown>>): unknown => {
  const fields = Object.entries(struct).map(([name, value]) => [name, plain(value)] as const);
  const isImage = fields.length === 2 && fields.every(([name]) => name === 'bytes' || name === 'path');
  const plainStruct = Object.fromEntries(fields);
  return isImage ? (plainStruct.bytes ?? plainStruct.path) : plainStruct;
};

/** About how many bytes it takes in memory. */
export const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce((sum: number, part) => sum + bytesOf(part), 16);
};
