import { isCsv, isImage, isNpy, nameOf } from '../dataset.js';
import { framePage } from '../frame/frame.js';
import { make } from '../frame/make.js';
import { sourcePanel } from '../frame/source-panel.js';
import { sceneChart } from './chart.js';
import { benchHook } from './hook.js';
import { describeMachine, machineText } from './machine.js';
import source from './main.ts?raw';
import type { Row, Scene } from './model.js';
import { type Report, reportOf } from './report.js';
import { runScenes } from './run-scenes.js';
import { scenes } from './scenes/index.js';
import { sceneTable, targetTable } from './table.js';

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const say = (message: string): void => {
  element('status').textContent = message;
};

framePage(() => {});
element('stage').tabIndex = 0; // what is wider than the page scrolls by keys
const machine = describeMachine();
element('machine').textContent = machineText(machine);

let files: readonly File[] = [];
let report: Report | null = null;
let running: AbortController | null = null;

const sceneBox = ({ name, title, about, needsFiles }: Scene): HTMLElement => {
  const box = make('input', { type: 'checkbox', name: 'scene', value: name, disabled: needsFiles ?? false });
  box.setAttribute('aria-describedby', `about-${name}`);
  return make(
    'li',
    {},
    make('label', {}, box, ` ${title}`),
    make('p', { id: `about-${name}`, className: 'about' }, about),
  );
};

const boxes = (): HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>('input[name="scene"]'),
];
const chosen = (): Scene[] => {
  const names = new Set(boxes().flatMap(({ checked, value }) => (checked ? [value] : [])));
  return scenes.filter(({ name }) => names.has(name));
};
const choose = (isChosen: (name: string) => boolean): void => {
  for (const box of boxes()) box.checked = !box.disabled && isChosen(box.value);
};

/** Files are for the scene of one's own files; arrays of a scene's own size, such as 32768x32768x3.npy, stand in for what it would make. */
const takeFiles = (given: readonly File[]): void => {
  files = given.filter((file) => isNpy(file) || isImage(file) || isCsv(file));
  const isOwn = ({ value }: HTMLInputElement) => scenes.find(({ name }) => name === value)?.needsFiles;
  for (const box of boxes().filter(isOwn)) {
    box.disabled = files.length === 0;
    box.checked = files.length > 0;
  }
  const names = files.slice(0, 3).map(nameOf).join(', ');
  const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
  const rest = given.length - files.length;
  element('chosen-files').textContent =
    `${files.length === 0 ? 'No picture, .npy or .csv file' : `${names}${more}`}.${rest > 0 ? ` ${rest} of another kind left out.` : ''}`;
};

const show = (rows: readonly Row[], quick: boolean): void => {
  report = reportOf(machine, quick, rows);
  const made = scenes.flatMap((scene) => {
    const ofScene = rows.filter((row) => row.scene === scene.name);
    if (ofScene.length === 0) return [];
    const chart = sceneChart(scene.title, ofScene);
    return [sceneTable(scene, ofScene), ...(chart ? [chart] : [])];
  });
  const targets = report.targets.length > 0 ? [targetTable(report.targets)] : [];
  const warning = quick ? [make('p', {}, 'A quick run: it shows that everything runs, not how fast.')] : [];
  element('results').replaceChildren(...warning, ...targets, ...made);
  element('download').removeAttribute('disabled');
};

const setRunning = (isRunning: boolean): void => {
  for (const id of ['start', 'all', 'none', 'quick', 'choose-files', 'choose-folder']) {
    element<HTMLButtonElement>(id).disabled = isRunning;
  }
  element<HTMLFieldSetElement>('scenes').disabled = isRunning;
  element<HTMLButtonElement>('cancel').disabled = !isRunning;
  element('view').ariaBusy = String(isRunning);
  element('progress').hidden = !isRunning;
};

const start = async (): Promise<void> => {
  const list = chosen();
  if (list.length === 0) {
    say('Choose a scene first.');
    return;
  }
  const { checked: quick } = element<HTMLInputElement>('quick');
  const progress = element<HTMLProgressElement>('progress');
  const rows: Row[] = [];
  running = new AbortController();
  const { signal } = running;
  setRunning(true);
  element('view').scrollIntoView({ block: 'nearest' });
  try {
    await runScenes(list, {
      host: element('view'),
      quick,
      files,
      signal,
      onProgress: ({ done, total, text }) => {
        progress.value = done / total;
        if (element('status').textContent !== text) say(text);
      },
      onRows: (more) => {
        rows.push(...more);
        show(rows, quick);
      },
    });
    const scenesDone = new Set(rows.map(({ scene }) => scene)).size;
    say(
      signal.aborted
        ? `Cancelled; ${scenesDone} of ${list.length} scenes are done.`
        : `Done: ${scenesDone} of ${list.length} scenes.`,
    );
  } finally {
    running = null;
    setRunning(false);
  }
};

const download = (): void => {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  make('a', { href: url, download: 'innotater-bench.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

const wirePicker = (buttonId: string, inputId: string): void => {
  const input = element<HTMLInputElement>(inputId);
  element(buttonId).addEventListener('click', () => input.click());
  input.addEventListener('change', () => takeFiles([...(input.files ?? [])]));
};

element('scenes').append(make('ul', { className: 'scenes' }, ...scenes.map(sceneBox)));
wirePicker('choose-files', 'files');
wirePicker('choose-folder', 'folder');
element('all').addEventListener('click', () => choose(() => true));
element('none').addEventListener('click', () => choose(() => false));
element('start').addEventListener('click', () => void start());
element('cancel').addEventListener('click', () => {
  running?.abort();
  say('Stops after the present step.');
});
element('download').addEventListener('click', download);
element('copy-machine').addEventListener('click', () => {
  navigator.clipboard.writeText(machineText(machine)).then(
    () => say('The description of the machine is in the clipboard.'),
    () => say('The browser does not allow copying.'),
  );
});
choose((name) => name === 'boxes-1k' || name === 'list-11319');
Object.assign(globalThis, { innotaterBench: benchHook(() => report) });
element('content').append(sourcePanel('demo/bench/main.ts', source));
