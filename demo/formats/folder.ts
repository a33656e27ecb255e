import type { FolderFile } from 'innotater/formats';

/** A folder on the person's disk that the browser may write into: Chromium's alone. */
export type Folder = FileSystemDirectoryHandle;

type Permitted = { requestPermission?(options: { readonly mode: 'readwrite' }): Promise<PermissionState> };
type Picker = { showDirectoryPicker?(options?: { readonly id?: string }): Promise<Folder> };

export const canPickFolder = (): boolean => typeof (globalThis as Picker).showDirectoryPicker === 'function';

/** null: the person chose none. */
export const pickFolder = async (): Promise<Folder | null> => {
  try {
    return await (globalThis as Picker).showDirectoryPicker!({ id: 'innotater' });
  } catch (error) {
    if ((error as Error).name === 'AbortError') return null;
    throw error;
  }
};

const isHidden = (name: string) => name.startsWith('.');

/** All files of a folder and the folders in it, hidden ones left out. */
export const filesIn = async (folder: Folder, signal: AbortSignal, path = ''): Promise<FolderFile[]> => {
  const files: FolderFile[] = [];
  for await (const [name, handle] of folder as unknown as AsyncIterable<[string, FileSystemHandle]>) {
    signal.throwIfAborted();
    if (isHidden(name)) continue;
    if (handle.kind === 'directory')
      files.push(...(await filesIn(handle as Folder, signal, `${path}${name}/`)));
    else files.push({ path: `${path}${name}`, blob: await (handle as FileSystemFileHandle).getFile() });
  }
  return files;
};

const copyBytes = 2 ** 26;

/** A copy that stays readable when the file on the disk is written over. */
const copied = async (blob: Blob, signal: AbortSignal): Promise<Blob> => {
  const parts: Blob[] = [];
  for (let from = 0; from < blob.size; from += copyBytes) {
    signal.throwIfAborted();
    parts.push(new Blob([await blob.slice(from, from + copyBytes).arrayBuffer()]));
  }
  return new Blob(parts);
};

/** The files, of which those that may be written over are copied. */
export const withCopies = (files: readonly FolderFile[], signal: AbortSignal): Promise<FolderFile[]> =>
  Promise.all(
    files.map(async ({ path, blob }) =>
      /\.(json|csv)$/i.test(path) ? { path, blob: await copied(blob, signal) } : { path, blob },
    ),
  );

/** Whether the person lets the page write; asked for by the browser where it is not known. Must follow a press. */
export const mayWrite = async (folder: Folder): Promise<boolean> => {
  const { requestPermission } = folder as Permitted;
  return !requestPermission || (await requestPermission.call(folder, { mode: 'readwrite' })) === 'granted';
};

const place = async (folder: Folder, path: string): Promise<FileSystemFileHandle> => {
  const parts = path.split('/');
  const name = parts.pop()!;
  let inner = folder;
  for (const part of parts) inner = await inner.getDirectoryHandle(part, { create: true });
  return inner.getFileHandle(name, { create: true });
};

const mostCompared = 2 ** 24;

const holds = async (handle: FileSystemFileHandle, blob: Blob): Promise<boolean> => {
  const there = await handle.getFile();
  if (there.size !== blob.size || blob.size > mostCompared) return false;
  const [a, b] = await Promise.all([there.arrayBuffer(), blob.arrayBuffer()]);
  const bytes = new Uint8Array(b);
  return new Uint8Array(a).every((byte, i) => byte === bytes[i]);
};

/** Writes the files that are not there already, each as a whole or not at all; how many were written. */
export const writeInto = async (
  folder: Folder,
  files: readonly FolderFile[],
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<number> => {
  let written = 0;
  for (const [i, { path, blob }] of files.entries()) {
    signal.throwIfAborted();
    try {
      const handle = await place(folder, path);
      if (!(await holds(handle, blob))) {
        await blob.stream().pipeTo(await handle.createWritable());
        written += 1;
      }
    } catch (cause) {
      throw new Error(`${path} could not be written: ${(cause as Error).message}`, { cause });
    }
    onProgress(i + 1, files.length);
  }
  return written;
};
