import type { AnnotatedImage } from './annotation-set.js';
import { baseName, innerPath, stem } from './paths.js';
import type { FolderFile } from './reading.js';

type Files = ReadonlyMap<string, readonly FolderFile[]>;

/** The files by what `key` says of them. */
const by = (files: readonly FolderFile[], key: (path: string) => string): Files => {
  const at = new Map<string, FolderFile[]>();
  for (const file of files) {
    const list = at.get(key(file.path));
    if (list) list.push(file);
    else at.set(key(file.path), [file]);
  }
  return at;
};

const only = (files: readonly FolderFile[] = []): FolderFile | null =>
  files.length === 1 ? files[0]! : null;

/**
 * The file of each image: the one of the same path, else the only one whose path ends with it, of the same name, or of the same name with another
 * ending; null: there is none, or several.
 */
export const matchImages = (
  images: readonly AnnotatedImage[],
  files: readonly FolderFile[],
): readonly (FolderFile | null)[] => {
  const paths = by(files, (path) => path);
  const lower = (path: string) => baseName(path).toLowerCase();
  const names = by(files, lower);
  const stems = by(files, (path) => stem(lower(path)));
  return images.map(({ file }) => {
    const inner = innerPath(file);
    const name = lower(inner);
    const exact = only(paths.get(file)) ?? only(paths.get(inner));
    if (exact) return exact;
    const same = names.get(name) ?? [];
    if (same.length > 1) return only(same.filter(({ path }) => path.endsWith(`/${inner}`)));
    return only(same) ?? only(stems.get(stem(name)));
  });
};
