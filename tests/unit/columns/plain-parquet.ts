type Field = readonly [id: number, type: number, bytes: readonly number[]];

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const whole = (id: number, value: number, type = 5): Field => [id, type, varint(2 * value)];
const long = (id: number, value: number): Field => whole(id, value, 6);
const binary = (text: string): number[] => [...varint(text.length), ...new TextEncoder().encode(text)];
const struct = (...fields: readonly Field[]): number[] => {
  let before = 0;
  const bytes = fields.flatMap(([id, type, value]) => {
    const head = ((id - before) << 4) | type;
    before = id;
    return [head, ...value];
  });
  return [...bytes, 0];
};
const list = (id: number, type: number, entries: readonly (readonly number[])[]): Field => [
  id,
  9,
  [(entries.length << 4) | type, ...entries.flat()],
];
const inside = (id: number, bytes: readonly number[]): Field => [id, 12, bytes];

/**
 * A Parquet file of one required column `n` of 32-bit integers in one row group of one page, neither encoded nor compressed, by
 * https://github.com/apache/parquet-format: as many rows as a test wants.
 */
export const plainParquet = (values: Int32Array<ArrayBuffer>): Blob => {
  const { byteLength: size, length } = values;
  const page = struct(
    whole(1, 0),
    whole(2, size),
    whole(3, size),
    inside(5, struct(whole(1, length), whole(2, 0), whole(3, 3), whole(4, 3))),
  );
  const chunk = struct(
    whole(1, 1),
    list(2, 5, [varint(0)]),
    list(3, 8, [binary('n')]),
    whole(4, 0),
    long(5, length),
    long(6, page.length + size),
    long(7, page.length + size),
    long(9, 4),
  );
  const group = struct(
    list(1, 12, [struct(long(2, 4), inside(3, chunk))]),
    long(2, page.length + size),
    long(3, length),
  );
  const root = struct([4, 8, binary('root')], whole(5, 1));
  const leaf = struct(whole(1, 1), whole(3, 0), [4, 8, binary('n')]);
  const footer = struct(whole(1, 1), list(2, 12, [root, leaf]), long(3, length), list(4, 12, [group]));
  const end = new DataView(new ArrayBuffer(4));
  end.setUint32(0, footer.length, true);
  return new Blob(['PAR1', Uint8Array.from(page), values, Uint8Array.from(footer), end, 'PAR1']);
};
