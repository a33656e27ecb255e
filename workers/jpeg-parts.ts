import { bytesAt } from './blob-bytes.js';
import { isFrameHeader, jpegSegments } from './jpeg-segments.js';

/** Some whole rows of a JPEG as a JPEG of its own, and how many rows of pixels. */
export type JpegPart = { readonly bytes: Uint8Array<ArrayBuffer>; readonly rows: number };

/** What is known before the compressed data begins. */
type Layout = {
  readonly height: number;
  /** Where the height stands in the file, and where the compressed data begins. */
  readonly heightAt: number;
  readonly dataAt: number;
  /** Minimum coded units in a row, rows of pixels of one, and units from one restart marker to the next. */
  readonly unitsPerRow: number;
  readonly unitRows: number;
  readonly interval: number;
};

type Frame = Omit<Layout, 'dataAt' | 'interval'> & { readonly components: number };

const frameOf = (header: DataView, at: number): Frame => {
  const components = header.getUint8(9);
  const factors = Array.from({ length: components }, (_, i) => header.getUint8(11 + 3 * i));
  const most = (of: (factor: number) => number) => Math.max(1, ...factors.map(of));
  // A component alone is coded block by block, whatever its factors are (A.2.2).
  const [across, down] = components === 1 ? [1, 1] : [most((f) => f >> 4), most((f) => f & 15)];
  return {
    components,
    height: header.getUint16(5),
    heightAt: at + 5,
    unitsPerRow: Math.ceil(header.getUint16(7) / (8 * across)),
    unitRows: 8 * down,
  };
};

/** Null where the first scan is not all there is, or has no restart markers. */
const layoutOf = async (blob: Blob): Promise<Layout | null> => {
  let frame: Frame | null = null;
  let interval = 0;
  for await (const { marker, at, bytes } of jpegSegments(blob)) {
    if (isFrameHeader(marker)) frame = frameOf(bytes, at);
    if (marker === 0xdd) interval = bytes.getUint16(4);
    if (marker !== 0xda || !frame || interval === 0) continue;
    if (frame.height === 0 || bytes.getUint8(4) !== frame.components) return null;
    return { ...frame, interval, dataAt: at + 2 + bytes.getUint16(2) };
  }
  return null;
};

const restartsInTurn = 8;
/** Bytes behind the place where a cut is due in which it is looked for: those between two on average, and half as many. */
const slackOf = ({ interval, unitsPerRow, unitRows, dataAt, height }: Layout, size: number): number => {
  let units = restartsInTurn * interval;
  while (units % unitsPerRow > 0) units += restartsInTurn * interval;
  const all = unitsPerRow * Math.ceil(height / unitRows);
  return Math.ceil(1.5 * units * ((size - dataAt) / all));
};

/** Where the marker stands behind which is cut, from `from` on and not before `due`; and how many restarts there were by then. */
type Cut = { readonly at: number; readonly restarts: number };

/** Null where there is none, or markers do not follow one another. */
const cutIn = (bytes: Uint8Array, from: number, due: number, before: number, layout: Layout): Cut | null => {
  let restarts = before;
  for (let at = bytes.indexOf(255, from); at >= 0; at = bytes.indexOf(255, at + 1)) {
    const next = bytes[at + 1];
    if (next === 0 || next === 255) continue;
    if (next !== 0xd0 + (restarts % restartsInTurn)) return null;
    restarts++;
    // After a whole row of units; and a part begins with the first of the eight markers in turn, as a file does.
    const isCut = restarts % restartsInTurn === 0 && (restarts * layout.interval) % layout.unitsPerRow === 0;
    if (isCut && at >= due) return { at, restarts };
  }
  return null;
};

/**
 * A JPEG of one scan with restart markers as at most so many JPEGs of about the same number of bytes, one below the other, that can be
 * decoded side by side to the same pixels at an eighth of the size (in full the smoothing of colours would end at their edges). Each
 * comes as soon as it is read. Where the markers allow no more cuts, or stop making sense, the rest is one part.
 */
export async function* jpegParts(blob: Blob, height: number, parts: number): AsyncGenerator<JpegPart> {
  const layout = parts > 1 ? await layoutOf(blob) : null;
  if (!layout) return yield { bytes: await bytesAt(blob, 0, blob.size), rows: height };
  const { dataAt, heightAt, interval, unitsPerRow, unitRows } = layout;
  const header = await bytesAt(blob, 0, dataAt);
  // Read with as many bytes before its own as the header has, which takes their place.
  const partOf = (bytes: Uint8Array<ArrayBuffer>, rows: number): JpegPart => {
    bytes.set(header);
    new DataView(bytes.buffer).setUint16(heightAt, rows);
    return { bytes, rows };
  };
  const slack = slackOf(layout, blob.size);
  let [start, top, restarts] = [0, 0, 0];
  for (let made = 1; made < parts && slack < blob.size / 2; made++) {
    const due = Math.floor(((blob.size - dataAt) * made) / parts) + dataAt - start;
    const bytes = await bytesAt(blob, start, due + slack);
    const cut = cutIn(bytes, dataAt, due, restarts, layout);
    const bottom = cut ? ((cut.restarts * interval) / unitsPerRow) * unitRows : height;
    if (!cut || bottom >= height) break;
    bytes[cut.at + 1] = 0xd9; // the end, instead of a restart
    yield partOf(bytes.subarray(0, cut.at + 2), bottom - top);
    [start, top, restarts] = [start + cut.at + 2 - dataAt, bottom, cut.restarts];
  }
  yield partOf(await bytesAt(blob, start, blob.size), height - top);
}
