import { InnotaterError } from '../src/errors/index.js';
import {
  type BandLayout,
  bytesPerElement,
  contiguousBlock,
  type ElementArray,
  elementsOf,
  numberAt,
  type PixelRect,
  reverseElements,
  type StoredSample,
  type StoredTensor,
  type StridedData,
} from '../src/kernels/index.js';

/** Elements from the lowest to the highest (counted from the tensor's element 0) that a block touches. */
type Span = { readonly from: number; readonly to: number };

const spanOf = (
  tensor: StoredTensor,
  { x, y, width, height }: PixelRect,
  channels: readonly number[],
): Span => {
  const { offset, strides } = tensor;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const c of channels) {
    const first = offset + x * strides.x + y * strides.y + c * strides.c;
    const reach = [(width - 1) * strides.x, (height - 1) * strides.y];
    from = Math.min(
      from,
      reach.reduce((sum, n) => sum + Math.min(0, n), first),
    );
    to = Math.max(to, reach.reduce((sum, n) => sum + Math.max(0, n), first) + 1);
  }
  return { from, to };
};

const sliceOf = async (blob: Blob, from: number, to: number): Promise<ArrayBuffer> => {
  const slice = blob.slice(from, to);
  try {
    return typeof FileReaderSync === 'undefined'
      ? await slice.arrayBuffer()
      : new FileReaderSync().readAsArrayBuffer(slice);
  } catch (cause) {
    const message = 'The file could not be read: it was moved, removed or changed since it was opened.';
    throw new InnotaterError('fetch', message, {}, { cause });
  }
};

const readSpan = async (tensor: StoredTensor, { from, to }: Span): Promise<ElementArray> => {
  const { bytes, dtype, littleEndian } = tensor;
  const size = bytesPerElement(dtype);
  const start = tensor.byteOffset + from * size;
  const isShared = !(bytes instanceof Blob);
  const buffer = isShared ? bytes : await sliceOf(bytes, start, start + (to - from) * size);
  const view = new Uint8Array(buffer, isShared ? start : 0, (to - from) * size);
  if (littleEndian || size === 1) return elementsOf(view, dtype);
  const ours = isShared ? view.slice() : view;
  reverseElements(ours, size);
  return elementsOf(ours, dtype);
};

/** A block read into memory: the same pixels as a tensor that begins at the block's corner. */
const readPlanes = async (
  tensor: StoredTensor,
  block: PixelRect,
  channels: readonly number[],
): Promise<StridedData> => {
  const span = spanOf(tensor, block, channels);
  const data = await readSpan(tensor, span);
  const { strides } = tensor;
  const offset = tensor.offset + block.x * strides.x + block.y * strides.y - span.from;
  return { ...tensor, data, offset, width: block.width, height: block.height };
};

/** Whether channels lie nearer to one another than rows and columns do, so that one read gets them all. */
const isInterleaved = ({ strides }: StoredTensor): boolean =>
  Math.abs(strides.c) < Math.max(Math.abs(strides.x), Math.abs(strides.y));

/** Reads a block into contiguous memory of the layout. */
export const readBlock = async (
  tensor: StoredTensor,
  how: BandLayout,
  block: PixelRect,
): Promise<ElementArray> => {
  const corner = { ...block, x: 0, y: 0 };
  if (isInterleaved(tensor) || how.picks.length === 1) {
    return contiguousBlock(await readPlanes(tensor, block, how.picks), how, corner);
  }
  const planes: ElementArray[] = [];
  for (const pick of how.picks) {
    const plane = await readPlanes(tensor, block, [pick]);
    planes.push(contiguousBlock(plane, { ...how, picks: [pick] }, corner));
  }
  return concatenated(planes);
};

const concatenated = (planes: readonly ElementArray[]): ElementArray => {
  const [first] = planes as readonly [Uint8Array];
  const all = new (first.constructor as Uint8ArrayConstructor)(first.length * planes.length);
  planes.forEach((plane, i) => {
    all.set(plane as Uint8Array, i * first.length);
  });
  return all;
};

/** Values where rows and columns cross, `[rows, columns, channels]`; one read a row (and a plane) or, where these are slower, a column. */
export const sampleTensor = async ({
  tensor,
  rows,
  columns,
}: StoredSample): Promise<Float64Array<ArrayBuffer>> => {
  const { channels, strides } = tensor;
  const all = Array.from({ length: channels }, (_, c) => c);
  const groups = isInterleaved(tensor) ? [all] : all.map((c) => [c]);
  const byRow = Math.abs(strides.y) >= Math.abs(strides.x);
  const values = new Float64Array(rows.length * columns.length * channels);
  const [x, y] = [columns[0]!, rows[0]!];
  const [width, height] = [columns.at(-1)! - x + 1, rows.at(-1)! - y + 1];
  for (const [i, at] of (byRow ? rows : columns).entries()) {
    const line = byRow ? { x, y: at, width, height: 1 } : { x: at, y, width: 1, height };
    for (const group of groups) {
      const { data, dtype, offset } = await readPlanes(tensor, line, group);
      for (const [j, other] of (byRow ? columns : rows).entries()) {
        const from = offset + (byRow ? (other - x) * strides.x : (other - y) * strides.y);
        const pixel = byRow ? i * columns.length + j : j * columns.length + i;
        for (const c of group) values[pixel * channels + c] = numberAt(data, dtype, from + c * strides.c);
      }
    }
  }
  return values;
};
