/** Formats of tiles; a folder may hold Deep Zoom or OME-Zarr. */
export type TileFormat = 'tiff' | 'deep zoom' | 'iiif' | 'zarr' | 'folder';

const byName: readonly (readonly [RegExp, TileFormat])[] = [
  [/\.(?:tiff?|gtiff|tf[28]|btf|svs|cog)$/i, 'tiff'],
  [/\.dzi$/i, 'deep zoom'],
  [/\/info\.json$/i, 'iiif'],
  [/\.zarr(?:\.zip)?\/?$|\.zarr\/(?!.*\.\w+$)|\.ozx$/i, 'zarr'],
];

/** The format that a file's name or an address tells; null: it tells none. */
export const formatOfName = (name: string): TileFormat | null => {
  const [path = ''] = name.split(/[?#]/);
  return byName.find(([ending]) => ending.test(path))?.[1] ?? null;
};

/** The format that a file's first bytes tell: a TIFF of either byte order and size, or a zip file, which OME-Zarr may come in. */
const formatOfBytes = ([a, b, c, d]: Uint8Array): TileFormat | null => {
  const isLittle = a === 0x49 && b === 0x49 && (c === 42 || c === 43) && d === 0;
  const isBig = a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43);
  if (isLittle || isBig) return 'tiff';
  return a === 0x50 && b === 0x4b && c === 3 && d === 4 ? 'zarr' : null;
};

/** The format of a file in hand, by its content, and by its name where that says nothing. */
export const formatOfBlob = async (blob: Blob): Promise<TileFormat | null> => {
  const head = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  const byContent = formatOfBytes(head);
  if (byContent) return byContent;
  const isText = head[0] === 0x3c || head[0] === 0x7b || head[0] === 0xef;
  const format = isText ? formatOfName(`/${(blob as Partial<File>).name ?? ''}`) : null;
  return format === 'deep zoom' || format === 'iiif' ? format : null;
};

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Whether an entry is a folder: its files, or a handle of it. */
export const isFolder = (entry: unknown): entry is FileSystemDirectoryHandle | readonly File[] =>
  tagOf(entry) === 'FileSystemDirectoryHandle' ||
  ((Array.isArray(entry) || tagOf(entry) === 'FileList') &&
    (entry as readonly unknown[]).length > 0 &&
    Array.from(entry as readonly unknown[]).every((file) => tagOf(file) === 'File'));
