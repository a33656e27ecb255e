import { InnotaterError } from '../errors/index.js';
import type { FolderFiles } from './contract.js';

const named = (file: Blob): string => {
  const { webkitRelativePath, name } = file as File;
  return webkitRelativePath || name || '';
};

/**
 * Files of one folder by their paths: what `<input webkitdirectory>` and dropped folders give. The folder's own name, where all
 * paths begin with it, is left out.
 */
export const folderOfFiles = (files: Iterable<Blob>): FolderFiles => {
  const pairs = [...files].map((file) => [named(file).replace(/^\/+/, ''), file] as const);
  const first = pairs[0]?.[0].split('/')[0];
  const isShared =
    pairs.length > 0 && pairs.every(([path]) => path.includes('/') && path.startsWith(`${first}/`));
  return new Map(pairs.map(([path, file]) => [isShared ? path.slice(first!.length + 1) : path, file]));
};

/** All files below a folder that the visitor chose (`showDirectoryPicker`). Rejects with `signal.reason`. */
export const folderOfHandle = async (
  handle: FileSystemDirectoryHandle,
  signal?: AbortSignal,
): Promise<FolderFiles> => {
  const files = new Map<string, Blob>();
  const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
    for await (const [name, entry] of folder.entries()) {
      signal?.throwIfAborted();
      if (entry.kind === 'directory') await walk(entry as FileSystemDirectoryHandle, `${path}${name}/`);
      else files.set(path + name, await (entry as FileSystemFileHandle).getFile());
    }
  };
  await walk(handle, '');
  return files;
};

/** The only path that ends so and lies highest; `null` where there is none. */
export const pathEnding = (files: FolderFiles, ending: RegExp): string | null => {
  const found = [...files.keys()].filter((path) => ending.test(path));
  return found.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0] ?? null;
};

/** The file at a path. Throws `InnotaterError` 'fetch' where the folder lacks it. */
export const fileAt = (files: FolderFiles, path: string): Blob => {
  const file = files.get(path);
  if (file) return file;
  throw new InnotaterError('fetch', `${path} is not in the folder`, { file: path });
};
