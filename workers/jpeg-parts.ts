import { bytesAt } from './blob-bytes.js';
import { isFrameHeader, jpegSegments } from './jpeg-segments.js';

/** Some whole rows of a JPEG as a JPEG of its own, and how many rows of pixels. */
export type JpegPart = { readonly file: Blob; readonly rows: number };

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

/** Where a part ends: after a whole row of units and a restart marker, from whose end on the next one is read. */
type Cut = { readonly at: number; readonly rows: number };

const STEP_BYTES = 8 << 20;
const restartsInTurn = 8;

/** The cuts that make parts of about the same number of bytes; fewer where the markers allow no more, or stop making sense. */
const cutsOf = async (blob: Blob, layout: Layout, parts: number): Promise<readonly Cut[]> => {
  const { dataAt, interval, unitsPerRow, unitRows, height } = layout;
  const due = (cut: number) => dataAt + ((blob.size - dataAt) * (cut + 1)) / parts;
  const cuts: Cut[] = [];
  let restarts = 0;
  for (let from = dataAt; from < blob.size; from += STEP_BYTES) {
    const bytes = await bytesAt(blob, from, STEP_BYTES + 1);
    for (let i = bytes.indexOf(255); i >= 0 && i < bytes.length - 1; i = bytes.indexOf(255, i + 1)) {
      const next = bytes[i + 1]!;
      if (next === 0 || next === 255) continue;
      if (next !== 0xd0 + (restarts % restartsInTurn)) return cuts;
      restarts++;
      // A part begins with the first of the eight markers in turn, as a file does.
      const isCut = restarts % restartsInTurn === 0 && (restarts * interval) % unitsPerRow === 0;
      if (!isCut || from + i < due(cuts.length)) continue;
      const rows = ((restarts * interval) / unitsPerRow) * unitRows;
      if (rows >= height) return cuts;
      cuts.push({ at: from + i + 2, rows });
      if (cuts.length === parts - 1) return cuts;
    }
  }
  return cuts;
};

const endMarker = Uint8Array.of(255, 0xd9);

/**
 * A JPEG of one scan with restart markers as at most so many JPEGs, one below the other, that can be decoded side by side to the same
 * pixels at an eighth of the size (in full the smoothing of colours would end at their edges). No bytes are copied. The file itself
 * where it cannot be cut.
 */
export const jpegParts = async (blob: Blob, height: number, parts: number): Promise<readonly JpegPart[]> => {
  const layout = await layoutOf(blob);
  const cuts = layout ? await cutsOf(blob, layout, parts) : [];
  if (!layout || cuts.length === 0) return [{ file: blob, rows: height }];
  const { dataAt, heightAt } = layout;
  const partOf = (from: Cut, to: Cut, end: readonly Uint8Array<ArrayBuffer>[]): JpegPart => {
    const rows = to.rows - from.rows;
    const header = [
      blob.slice(0, heightAt),
      Uint8Array.of(rows >> 8, rows),
      blob.slice(heightAt + 2, dataAt),
    ];
    return { file: new Blob([...header, blob.slice(from.at, to.at), ...end]), rows };
  };
  const starts = [{ at: dataAt, rows: 0 }, ...cuts];
  return starts.map((from, i) => {
    const cut = cuts[i];
    // The last marker before a cut would announce more.
    return cut
      ? partOf(from, { ...cut, at: cut.at - 2 }, [endMarker])
      : partOf(from, { at: blob.size, rows: height }, []);
  });
};
