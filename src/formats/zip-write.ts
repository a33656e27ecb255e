import { InnotaterError } from '../errors/index.js';
import { bytesOf, type FolderFile, type FormatOptions, Pace } from './reading.js';

const pieceBytes = 2 ** 16;
const most = 2 ** 32 - 1;

/**
 * A zip file of the files, stored or compressed (deflate), made in pieces of 64 KiB. Rejects with `InnotaterError` 'limit' where they are
 * 4 GiB or more together, or more than 65,535.
 */
export const zipBlob = async (
  files: readonly FolderFile[],
  options: FormatOptions & { readonly compress?: boolean } = {},
): Promise<Blob> => {
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  if (total >= most - 2 ** 20 || files.length > 65_535) {
    throw new InnotaterError(
      'limit',
      `a zip file holds less than 4 GiB and 65,535 files, not ${total} bytes in ${files.length}`,
    );
  }
  const pace = new Pace(options);
  const { Zip, ZipDeflate, ZipPassThrough } = await import('fflate');
  const parts: BlobPart[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    parts.push(data as Uint8Array<ArrayBuffer>);
  });
  let done = 0;
  for (const { path, blob } of files) {
    const entry = options.compress ? new ZipDeflate(path) : new ZipPassThrough(path);
    zip.add(entry);
    for (let from = 0; from === 0 || from < blob.size; from += pieceBytes) {
      const bytes = await pace.wait(bytesOf(blob, from, from + pieceBytes, path));
      entry.push(bytes, from + pieceBytes >= blob.size);
      await pace.breathe();
      pace.progress(done + Math.min(blob.size, from + pieceBytes), total);
    }
    done += blob.size;
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
};
