/** Every page of the demo, in the order of the menu: where it is, and what it shows. */
export const pages = [
  { file: 'index.html', title: 'Boxes on photos' },
  { file: 'texts.html', title: 'Classes of texts' },
  { file: 'breeds.html', title: 'Several boxes' },
  { file: 'boxes.html', title: 'Very many boxes' },
  { file: 'large.html', title: 'Large and deep' },
  { file: 'pairs.html', title: 'Are they equal?' },
  { file: 'formats.html', title: 'Annotation files' },
  { file: 'hooks.html', title: 'Hooks' },
  { file: 'tensors.html', title: 'Tensors' },
  { file: 'many.html', title: '100,000 samples' },
  { file: 'gallery.html', title: 'Gallery' },
  { file: 'grid.html', title: '1,000 views' },
  { file: 'bench.html', title: 'Benchmark' },
  { file: 'docs/site/getting-started.html', title: 'Guide' },
] as const;

const guide = 'docs/site/';

/** The page of the menu that an address shows; a folder's address shows its index, every page of the guide the guide. */
export const fileOf = (pathname: string): string =>
  pathname.includes(`/${guide}`)
    ? pages.find(({ file }) => file.startsWith(guide))!.file
    : pathname.slice(pathname.lastIndexOf('/') + 1) || 'index.html';
