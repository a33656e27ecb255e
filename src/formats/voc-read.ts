import type { XmlElement } from '@rgrove/parse-xml';
import { type AnnotatedImage, type ReadAnnotations, setOfRecords } from './annotation-set.js';
import { baseName, stem } from './paths.js';
import { type FolderFile, type FormatOptions, Pace, Problems, textOf } from './reading.js';
import { vocPieces } from './voc-pieces.js';

/** 0: corners as they are written; 1: of pixels counted from 1, both included, as the devkit of Pascal VOC has it. */
export type VocBase = 0 | 1;

type Range = readonly [number, number];

/** An object of a file: where it, its name and its sides (xmin, ymin, xmax, ymax) are written, and what was read. */
export type VocRecord = {
  readonly object: Range;
  readonly name: Range | null;
  readonly sides: readonly Range[];
  readonly image: AnnotatedImage;
  readonly box: readonly number[];
  readonly className: string;
};

export type VocOrigin = {
  readonly format: 'voc';
  readonly base: VocBase;
  readonly files: ReadonlyMap<AnnotatedImage, { readonly path: string; readonly text: string }>;
  readonly records: readonly VocRecord[];
};

type Library = typeof import('@rgrove/parse-xml');

const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child): child is XmlElement => (child as XmlElement).name === name);

const textIn = (element: XmlElement, ...path: readonly string[]): string =>
  path.reduce<XmlElement | undefined>((at, name) => at && childOf(at, name), element)?.text.trim() ?? '';

const sideNames = ['xmin', 'ymin', 'xmax', 'ymax'] as const;
const isObject = (child: unknown): child is XmlElement => (child as XmlElement).name === 'object';

/** The parent of some objects, and what their positions in it are less than those in the file. */
type Objects = { readonly parent: XmlElement; readonly from: number };
type Parsed = { readonly root: XmlElement; readonly objects: readonly Objects[] };

const rangeFrom =
  (from: number) =>
  ({ start, end }: XmlElement): Range => [start + from, end + from];

const sizeIn = (root: XmlElement, side: string): number => {
  const value = Number(textIn(root, 'size', side));
  return Number.isFinite(value) && value > 0 ? value : 0;
};

/** Throws what is wrong with the object. */
const recordOf = (object: XmlElement, from: number, image: AnnotatedImage, base: VocBase): VocRecord => {
  const rangeOf = rangeFrom(from);
  const bndbox = childOf(object, 'bndbox');
  if (!bndbox) throw new Error('an object has no bndbox');
  const sides = sideNames.map((name) => {
    const side = childOf(bndbox, name);
    const value = side && side.text.trim() !== '' ? Number(side.text) : Number.NaN;
    if (!side || !Number.isFinite(value)) {
      throw new Error(`${name} of an object is ${JSON.stringify(side?.text ?? 'missing')}, not a number`);
    }
    return { value, range: rangeOf(side) };
  });
  const [xmin, ymin, xmax, ymax] = sides.map(({ value }) => value) as [number, number, number, number];
  const box = [xmin - base, ymin - base, xmax - xmin + base, ymax - ymin + base];
  if (box[2]! < 0 || box[3]! < 0) throw new Error('an object has xmax below xmin, or ymax below ymin');
  const name = childOf(object, 'name');
  return {
    object: rangeOf(object),
    name: name ? rangeOf(name) : null,
    sides: sides.map(({ range }) => range),
    image,
    box,
    className: name?.text.trim() ?? '',
  };
};

const opening = '<annotation>';

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

class VocContent {
  readonly problems = new Problems();
  readonly images: AnnotatedImage[] = [];
  readonly files = new Map<AnnotatedImage, { readonly path: string; readonly text: string }>();
  readonly records: VocRecord[] = [];
  readonly #library: Library;
  readonly #base: VocBase;

  constructor(library: Library, base: VocBase) {
    this.#library = library;
    this.#base = base;
  }

  async file(path: string, text: string, pace: Pace): Promise<void> {
    const parsed = (await this.#parseInPieces(text, pace)) ?? this.#parse(path, text);
    if (!parsed) return;
    const { root, objects } = parsed;
    const file = textIn(root, 'filename') || `${stem(baseName(path))}.jpg`;
    const image = { file, width: sizeIn(root, 'width'), height: sizeIn(root, 'height') };
    this.images.push(image);
    this.files.set(image, { path, text });
    for (const { parent, from } of objects) {
      for (const object of parent.children.filter(isObject)) this.#object(object, from, image, path, text);
      await pace.breathe();
    }
  }

  #object(object: XmlElement, from: number, image: AnnotatedImage, path: string, text: string): void {
    try {
      this.records.push(recordOf(object, from, image, this.#base));
    } catch (error) {
      const line = lineAt(text, object.start + from);
      this.problems.add({ file: path, line, message: (error as Error).message });
    }
  }

  /** Null where it must be parsed whole. */
  async #parseInPieces(text: string, pace: Pace): Promise<Parsed | null> {
    const cut = await vocPieces(text, pace);
    await pace.breathe();
    if (!cut) return null;
    const root = this.#rootOf(cut.rest);
    await pace.breathe();
    // Objects deeper in the file are none of its own.
    if (root?.children.filter(isObject).length !== cut.pieces.length) return null;
    const objects: Objects[] = [];
    for (const { start, text: piece } of cut.pieces) {
      const parent = this.#rootOf(`${opening}${piece}</annotation>`);
      if (!parent) return null;
      objects.push({ parent, from: start - opening.length });
      await pace.breathe();
    }
    return { root, objects };
  }

  /** Null where it is no XML of VOC. */
  #rootOf(text: string): XmlElement | null {
    try {
      const { root } = this.#library.parseXml(text, { includeOffsets: true });
      return root?.name === 'annotation' ? root : null;
    } catch {
      return null;
    }
  }

  #parse(path: string, text: string): Parsed | null {
    try {
      const { root } = this.#library.parseXml(text, { includeOffsets: true });
      if (root?.name === 'annotation') return { root, objects: [{ parent: root, from: 0 }] };
      this.problems.add({
        file: path,
        line: 1,
        message: 'its root is not <annotation>, so it is no Pascal VOC file',
      });
    } catch (error) {
      const { message, line } = error as Error & { readonly line?: number };
      const place = line === undefined ? {} : { line };
      this.problems.add({ file: path, ...place, message: `it is not XML: ${message.split('\n')[0]}` });
    }
    return null;
  }
}

/**
 * Reads Pascal VOC files, one XML an image. Classes come in the order of their first objects; an object without a name has none. Everything
 * else (pose, truncated, part, comments …) is kept and written back as it is. A file that is no such XML, and an object without a box, are
 * told with file and line and skipped; the object stays in its file.
 */
export const readVoc = async (
  files: readonly FolderFile[],
  options: FormatOptions & { readonly base?: VocBase } = {},
): Promise<ReadAnnotations> => {
  const pace = new Pace(options);
  const base = options.base ?? 0;
  const content = new VocContent(await import('@rgrove/parse-xml'), base);
  const xml = files.filter(({ path }) => /\.xml$/i.test(path));
  for (const [i, { path, blob }] of xml.entries()) {
    await content.file(path, (await pace.wait(textOf(blob, path))).replaceAll('\r\n', '\n'), pace);
    await pace.breathe();
    pace.progress(i + 1, xml.length);
  }
  const { images, records } = content;
  const origin: VocOrigin = { format: 'voc', base, files: content.files, records };
  const set = await setOfRecords(images, records.length, (record) => records[record]!, origin, pace);
  return { set, ...content.problems.told };
};
