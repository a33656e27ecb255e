export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Without its last ending. */
export const stem = (path: string): string => path.replace(/\.[^./]*$/, '');

/** As a path inside a folder: `/` between, no drive, no `..`. */
export const innerPath = (file: string): string =>
  file
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part))
    .join('/');

export const isImageName = (path: string): boolean =>
  /\.(jpe?g|jfif|png|webp|gif|avif|bmp|svg|tiff?)$/i.test(path);

/** A path of its own for each file: the same stem with another ending; with its whole name where two would be the same. */
export const pathsFor = (files: readonly string[], folder: string, ending: string): string[] => {
  const taken = new Set<string>();
  return files.map((file) => {
    const inner = innerPath(file) || 'image';
    let path = `${folder}${stem(inner)}${ending}`;
    for (let n = 1; taken.has(path); n++) path = `${folder}${inner}${n > 1 ? `-${n}` : ''}${ending}`;
    taken.add(path);
    return path;
  });
};
