import { readdirSync, readFileSync } from 'node:fs';
import { InnotaterError } from '../../../src/errors/index.js';
import { displayedSize } from '../../../src/formats/displayed-size.js';
import {
  type AnnotationFormat,
  type AnnotationSet,
  type FolderFile,
  openNpy,
  openNpz,
  readBoxCsv,
  readCoco,
  readCsv,
  readNpy,
  readVia,
  readVoc,
  readYolo,
  toRepeatColumns,
  writeAnnotations,
} from '../../../src/formats/index.js';
import { annotations, folderOf } from './annotation-files.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** A reader, and valid files to begin with. `run` throws where it breaks a promise; an `InnotaterError` is none. */
export type Subject = {
  readonly name: string;
  readonly seeds: readonly Bytes[];
  run(bytes: Bytes): Promise<void>;
};

const bytesAt = (path: string): Bytes => new Uint8Array(readFileSync(new URL(path, annotations)));
const npys = () => {
  const folder = new URL('../npy/', annotations);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.npy'))
    .map((name) => bytesAt(`../npy/${name}`).slice(0, 4096));
};
const pictures = () =>
  [
    'smooth.jpg',
    'oriented-6.jpg',
    'progressive.jpg',
    'smooth.png',
    'noise.webp',
    'animated.gif',
    'smooth.bmp',
    'smooth.avif',
  ].map((name) => bytesAt(`../images/${name}`).slice(0, 8192));

const rowsOf = (set: AnnotationSet) => {
  const { boxes, classIds } = toRepeatColumns(set);
  return set.images.map(({ file }, i) => [
    file,
    boxes[i]!.map((box, row) => [set.classes[classIds[i]![row]!] ?? null, ...box]),
  ]);
};

const readAs = (format: AnnotationFormat, files: readonly FolderFile[]) => {
  const [{ blob, path }] = files as [FolderFile];
  if (format === 'coco') return readCoco(blob, path);
  if (format === 'via') return readVia(blob, path);
  if (format === 'csv') return readCsv(blob, path);
  return format === 'voc' ? readVoc(files) : readYolo(files);
};

/** What was read of a broken file is what is read of it once it is written back. */
const readAndWrite = async (format: AnnotationFormat, files: readonly FolderFile[]): Promise<void> => {
  const { set } = await readAs(format, files);
  const written = await writeAnnotations(set, format);
  const rest = files.filter(({ path }) => !written.some((file) => file.path === path));
  const { set: back } = await readAs(format, [...written, ...rest]);
  const [before, after] = [set, back].map((one) => JSON.stringify(rowsOf(one)));
  if (set.images.length > 0 && before !== after) {
    throw new Error(`what is written back differs: ${before} and ${after}`);
  }
};

const oneFile = (format: AnnotationFormat, path: string, seeds: readonly string[]): Subject => ({
  name: format,
  seeds: seeds.map(bytesAt),
  run: (bytes) => readAndWrite(format, [{ path, blob: new Blob([bytes]) }]),
});

const street = folderOf('yolo').find(({ path }) => path === 'images/street.png')!;

/** The first byte says which file of the folder it is. */
const yolo: Subject = {
  name: 'yolo',
  seeds: ['labels/street.txt', 'data.yaml'].map((path, i) =>
    Uint8Array.from([i, ...bytesAt(`yolo/${path}`)]),
  ),
  run: ([which, ...bytes]) => {
    const given = (path: string, at: number): FolderFile => ({
      path,
      blob: new Blob([which === at ? Uint8Array.from(bytes) : bytesAt(`yolo/${path}`)]),
    });
    return readAndWrite('yolo', [given('labels/street.txt', 0), given('data.yaml', 1), street]);
  },
};

export const subjects: readonly Subject[] = [
  {
    name: 'npy',
    seeds: npys(),
    run: async (bytes) => {
      await readNpy(await openNpy(new Blob([bytes]), 'fuzzed.npy'));
    },
  },
  {
    name: 'npz',
    seeds: ['npz/stored.npz', 'npz/compressed.npz'].map(bytesAt),
    run: async (bytes) => {
      for (const entry of await openNpz(new Blob([bytes]), 'fuzzed.npz')) await readNpy(await entry.open());
    },
  },
  {
    name: 'box csv',
    seeds: [new TextEncoder().encode('file,x,y,w,h\na.png,1,2,3,4\n"b,c",5,6,7,8\n')],
    run: async (bytes) => {
      readBoxCsv(new TextDecoder().decode(bytes), 'fuzzed.csv');
    },
  },
  oneFile('csv', 'fuzzed.csv', ['csv/pandas.csv']),
  oneFile('coco', 'fuzzed.json', ['coco/rich.json', 'coco/one-line.json', 'coco/globox.json']),
  oneFile('voc', 'fuzzed.xml', ['voc-lxml/street.xml', 'voc/street.xml']),
  oneFile('via', 'fuzzed.json', ['via/globox.json', 'via/via2.csv', 'via/project.json']),
  yolo,
  {
    name: 'image headers',
    seeds: pictures(),
    run: async (bytes) => {
      await displayedSize(new Blob([bytes]));
    },
  },
];

const tokens = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '<',
  '>',
  '&',
  '/',
  '\n',
  '\r\n',
  '\0',
  '-',
  'e9',
  '1e999',
  'NaN',
  'null',
  '0',
  '\uFEFF',
  '😀',
  '"__proto__":',
].map((text) => new TextEncoder().encode(text));

type Random = () => number;
const upTo = (random: Random, most: number) => Math.floor(random() * most);

const spliced = (bytes: Bytes, at: number, gone: number, added: Uint8Array): Bytes => {
  const out = new Uint8Array(bytes.length - gone + added.length);
  out.set(bytes.subarray(0, at));
  out.set(added, at);
  out.set(bytes.subarray(at + gone), at + added.length);
  return out;
};

const mutations: readonly ((bytes: Bytes, random: Random) => Bytes)[] = [
  (bytes, random) => {
    const out = bytes.slice();
    out[upTo(random, out.length)]! ^= 1 << upTo(random, 8);
    return out;
  },
  (bytes, random) => {
    const out = bytes.slice();
    out[upTo(random, out.length)] = [0, 255, 127, 128, 32][upTo(random, 5)]!;
    return out;
  },
  (bytes, random) => bytes.slice(0, upTo(random, bytes.length)),
  (bytes, random) => {
    const at = upTo(random, bytes.length);
    return spliced(bytes, at, Math.min(bytes.length - at, upTo(random, 40)), new Uint8Array(0));
  },
  (bytes, random) => spliced(bytes, upTo(random, bytes.length), 0, tokens[upTo(random, tokens.length)]!),
  (bytes, random) => {
    const from = upTo(random, bytes.length);
    const part = bytes.subarray(from, from + upTo(random, 200));
    return spliced(bytes, upTo(random, bytes.length), 0, part);
  },
];

/** A seed with one to four mutations. */
export const mutated = ({ seeds }: Subject, random: Random): Bytes => {
  let bytes = seeds[upTo(random, seeds.length)]!;
  for (let count = 1 + upTo(random, 4); count > 0 && bytes.length > 0; count--) {
    bytes = mutations[upTo(random, mutations.length)]!(bytes, random);
  }
  return bytes;
};

const mostMs = 5000;

/** Runs one case. Throws, with the bytes, where it takes too long or throws anything but an `InnotaterError`. */
export const runCase = async (subject: Subject, bytes: Bytes): Promise<void> => {
  const start = performance.now();
  try {
    await subject.run(bytes);
  } catch (error) {
    if (error instanceof InnotaterError) return;
    const shown = Buffer.from(bytes).toString('base64').slice(0, 4000);
    throw new Error(`${subject.name}: ${(error as Error).stack}\n${shown}`, { cause: error });
  }
  const ms = performance.now() - start;
  if (ms > mostMs) throw new Error(`${subject.name}: took ${ms} ms`);
};
