import {
  type AnnotationFormat,
  type AnnotationSet,
  type FolderFile,
  type FormatProblem,
  problemText,
  type ReadFiles,
  readAnnotations,
  writeAnnotations,
  zipBlob,
} from 'innotater/formats';
import { nameOf, samplePhotos } from '../dataset.js';
import { onDrop } from '../dropped.js';
import { framePage } from '../frame/frame.js';
import { make } from '../frame/make.js';
import { sourcePanel } from '../frame/source-panel.js';
import { forgetClasses, keepClass, keyOf, withAddedClasses } from './added-classes.js';
import { type AnnotatedView, annotatedView } from './annotated-view.js';
import {
  canPickFolder,
  type Folder,
  filesIn,
  mayWrite,
  pickFolder,
  withCopies,
  writeInto,
} from './folder.js';
import source from './main.ts?raw';

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const formatSelect = element<HTMLSelectElement>('format');
const words = new Map([...formatSelect.options].map(({ value, text }) => [value, text]));
const say = (message: string): void => {
  element('status').textContent = message;
};
const counted = (n: number, one: string, more: string) => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

let folder: Folder | null = null;
let files: readonly (FolderFile | null)[] = [];
let shown: AnnotatedView | null = null;
/** Of what is shown: the journal's, and that of the classes added to it. */
let key = '';
/** Whether something was added that no view knows to be dirty. */
let isChanged = false;
const isDirty = () => isChanged || (shown?.view.isDirty ?? false);

const theme = framePage((chosen) => {
  if (shown) shown.view.theme = chosen;
});

/** Runs what takes long, with progress and Cancel after half a second; says what went wrong. */
const work = async (
  run: (progress: (done: number, total: number) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const stop = new AbortController();
  const bar = element<HTMLProgressElement>('progress');
  const cancel = () => stop.abort(new DOMException('Cancelled', 'AbortError'));
  const late = setTimeout(() => {
    element('working').hidden = false;
  }, 500);
  element('cancel').addEventListener('click', cancel);
  try {
    await run((done, total) => {
      bar.value = done / Math.max(1, total);
    }, stop.signal);
  } catch (error) {
    say((error as Error).message);
  } finally {
    clearTimeout(late);
    element('working').hidden = true;
    element('cancel').removeEventListener('click', cancel);
  }
};

/** What the view needs beside the picture and below it for a row of fields, px; padding and gaps are in it. */
const [fieldsWidth, fieldsHeight, barHeight] = [430, 190, 84];

/** As large as leaves fields and control bar in sight: beside the picture where there is room for both, else below. */
const pictureSize = () => {
  const { top, width } = element('view').getBoundingClientRect();
  const isBeside = width >= 640 + fieldsWidth;
  const height = innerHeight - top - scrollY - barHeight - (isBeside ? 0 : fieldsHeight);
  return {
    width: Math.max(280, Math.min(960, isBeside ? width - fieldsWidth : width - 24)),
    height: Math.max(300, Math.min(720, height)),
  };
};

const show = (set: AnnotationSet, format: AnnotationFormat | null): void => {
  shown?.view.dispose();
  key = keyOf(format, set);
  const size = pictureSize();
  shown = annotatedView(withAddedClasses(key, set), files, size, { theme, saveHook: save, journal: key });
  shown.view.mount(element('view'));
};

const mostListed = 50;

/** Files whose annotations can be read in place of the others have a button for it. */
const readInstead = (path: string, reopen: (path: string) => void): HTMLElement => {
  const button = make('button', { type: 'button', textContent: 'Read this one' });
  button.setAttribute('aria-label', `Read ${path}`);
  button.addEventListener('click', () => {
    if (mayReplace()) reopen(path);
  });
  return button;
};

/** What was left out and what was wrong, in a list that opens. */
const tell = ({ recognised, problems, problemCount }: ReadFiles, reopen: (path: string) => void): void => {
  const { skipped } = recognised;
  const entries = skipped.map(({ path, why, format }) => {
    const isOther = format !== undefined && format !== 'voc' && format !== 'yolo';
    return make('li', {}, `${path}: ${why} `, ...(isOther ? [readInstead(path, reopen)] : []));
  });
  const all = [...entries, ...problems.map((problem) => make('li', {}, problemText(problem)))];
  const count = skipped.length + problemCount;
  const listed = all.slice(0, mostListed);
  if (count > listed.length) {
    listed.push(make('li', {}, `and ${(count - listed.length).toLocaleString('en')} more`));
  }
  const list = element('problems');
  list.hidden = count === 0;
  list.querySelector('summary')!.textContent =
    `${counted(count, 'thing was', 'things were')} left out or wrong`;
  list.querySelector('ul')!.replaceChildren(...listed);
};

const summary = ({ recognised, set, files: found }: ReadFiles): string => {
  const boxes = counted(set.classIds.length, 'box', 'boxes');
  const images = counted(set.images.length, 'picture', 'pictures');
  const lost = found.filter((file) => file === null).length;
  const what = recognised.format
    ? `${words.get(recognised.format)}: ${boxes} of ${counted(set.classes.length, 'class', 'classes')} on ${images}.`
    : `${images} without annotations.`;
  return lost > 0 ? `${what} ${counted(lost, 'picture is', 'pictures are')} not among the files.` : what;
};

const open = (given: readonly FolderFile[], from: Folder | null, annotations?: string): Promise<void> =>
  work(async (progress, signal) => {
    say('Reading…');
    const chosen = annotations === undefined ? {} : { annotations };
    const options = { onProgress: progress, signal, ...chosen };
    const read = await readAnnotations(await withCopies(given, signal), options);
    folder = from;
    files = read.files;
    isChanged = false;
    element('write').hidden = folder === null;
    if (read.recognised.format) formatSelect.value = read.recognised.format;
    tell(read, (path) => void open(given, from, path));
    say(summary(read));
    show(read.set, read.recognised.format);
  });

/** What is not saved is never put away unasked. */
const mayReplace = (): boolean =>
  !isDirty() ||
  confirm(
    'What you changed is not saved yet; this browser keeps it for when you open these files again. Open others?',
  );

const openFiles = async (chosen: readonly File[]): Promise<void> => {
  if (chosen.length > 0 && mayReplace())
    await open(
      chosen.map((file) => ({ path: nameOf(file), blob: file })),
      null,
    );
};

const openFolder = async (): Promise<void> => {
  if (!canPickFolder()) {
    element('folder').click();
    return;
  }
  if (!mayReplace()) return;
  const picked = await pickFolder();
  if (picked) await work(async (_, signal) => open(await filesIn(picked, signal), picked));
};

/** What the format cannot hold as its readers expect it, in a sentence or two. */
const lossesOf = (problems: readonly FormatProblem[]): string =>
  [
    ...problems.slice(0, 3).map((problem) => ` ${problemText(problem)}.`),
    ...(problems.length > 3 ? [` ${counted(problems.length - 3, 'more problem', 'more problems')}.`] : []),
  ].join('');

const download = async (format: AnnotationFormat): Promise<boolean> => {
  let isDone = false;
  await work(async (progress, signal) => {
    const problems: FormatProblem[] = [];
    const options = { onProgress: progress, signal, onProblem: (one: FormatProblem) => problems.push(one) };
    const written = await writeAnnotations(shown!.current(), format, options);
    const isOne = written.length === 1;
    const blob = isOne ? written[0]!.blob : await zipBlob(written, options);
    const name = isOne ? written[0]!.path.split('/').at(-1)! : `${format}.zip`;
    const href = URL.createObjectURL(blob);
    make('a', { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    say(`${name} was made: ${counted(written.length, 'file', 'files')}.${lossesOf(problems)}`);
    isDone = true;
  });
  return isDone;
};

const writeBack = async (to: Folder, format: AnnotationFormat): Promise<boolean> => {
  if (!(await mayWrite(to))) {
    say(`The browser was not allowed to write into ${to.name}. Allow it, or press Download.`);
    return false;
  }
  let isDone = false;
  await work(async (progress, signal) => {
    const problems: FormatProblem[] = [];
    const onProblem = (one: FormatProblem) => problems.push(one);
    const options = { onProgress: progress, signal, onProblem };
    const written = await writeAnnotations(shown!.current(), format, options);
    const count = await writeInto(to, written, progress, signal);
    say(`${counted(count, 'file was', 'files were')} written into ${to.name}.${lossesOf(problems)}`);
    isDone = true;
  });
  return isDone;
};

const chosenFormat = () => formatSelect.value as AnnotationFormat;

/** Where Save brings what was changed: what a button asked for, else into the folder where there is one, else a download. */
let asked: (() => Promise<boolean>) | null = null;

const save = async (): Promise<boolean> => {
  const run = asked ?? (() => (folder ? writeBack(folder, chosenFormat()) : download(chosenFormat())));
  const isDone = await run();
  if (!isDone) return false;
  isChanged = false;
  forgetClasses(key);
  return true;
};

/** Saves through the view where it has something to save, so that it knows. */
const saveBy = async (run: () => Promise<boolean>): Promise<void> => {
  asked = run;
  try {
    await (shown!.view.isDirty ? shown!.view.save() : save());
  } finally {
    asked = null;
  }
};

element('open-files').addEventListener('click', () => element('files').click());
element('open-folder').addEventListener('click', () => {
  openFolder().catch((error: Error) => say(error.message));
});
for (const id of ['files', 'folder']) {
  const input = element<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    const chosen = [...(input.files ?? [])];
    input.value = '';
    void openFiles(chosen);
  });
}
onDrop(element('drop'), (dropped) => void openFiles(dropped));
element('download').addEventListener('click', () => void saveBy(() => download(chosenFormat())));
element('write').addEventListener('click', () => void saveBy(() => writeBack(folder!, chosenFormat())));
element('add-class').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = element<HTMLInputElement>('class-name');
  const name = input.value.trim();
  if (name === '' || shown!.classes.includes(name)) return say(`There is a class “${name}” already.`);
  isChanged = true;
  keepClass(key, name);
  shown!.addClass(name);
  input.value = '';
  say(`The class “${name}” was added.`);
});
addEventListener('beforeunload', (event) => {
  if (isDirty()) event.preventDefault();
});

/** Four of the sample photographs, to begin with. */
const openSamples = async (): Promise<void> => {
  const { names, images } = samplePhotos();
  const { signal } = new AbortController();
  const wanted = ['astronaut.jpg', 'cat.webp', 'coffee.jpg', 'horse.png'].filter((name) =>
    names.includes(name),
  );
  const photos = wanted.map(async (path) => {
    const url = (await images.get(names.indexOf(path), { signal })) as URL;
    return { path, blob: await (await fetch(url)).blob() };
  });
  const read = await readAnnotations(await Promise.all(photos));
  files = read.files;
  say(`${counted(wanted.length, 'sample photo', 'sample photos')}. Draw boxes, or open your own.`);
  show({ ...read.set, classes: ['person', 'animal', 'thing'] }, null);
};

element('content').append(sourcePanel('demo/formats/main.ts', source));
openSamples()
  .catch((error: Error) => say(error.message))
  .finally(() => {
    element('view').ariaBusy = 'false';
  });
