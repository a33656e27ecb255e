import { Innotater, MultiClassInnotation, RepeatInnotation, TextInnotation } from 'innotater';

/**
 * A small view with a journal. `?samples=` is the length of the data; `?hook` saves into localStorage, as a server would keep it;
 * `?long` begins with a megabyte of text.
 */
const query = new URLSearchParams(location.search);
const samples = Number(query.get('samples') ?? 4);
const first = query.has('long') ? 'lorem ipsum '.repeat(90_000) : 'one';
const fresh = {
  texts: [first, 'two', 'three', 'four', 'five', 'six'].slice(0, samples),
  classes: [0, 0, 0, 0, 0, 0].slice(0, samples),
  rows: [[''], [''], [''], ['', 'b'], [''], ['']].slice(0, samples),
};
const kept = query.has('hook') ? localStorage.getItem('server') : null;
const data: typeof fresh = kept === null ? fresh : JSON.parse(kept);

const states: string[] = [];
const errors: string[] = [];
const restored: unknown[] = [];
const view = new Innotater(
  null,
  [
    new TextInnotation(data.texts, { name: 'text', desc: 'Text', multiline: false }),
    new MultiClassInnotation(data.classes, { name: 'class', desc: 'Class', classes: ['a', 'b', 'c'] }),
    new RepeatInnotation([TextInnotation, data.rows, { name: 'rows', desc: 'Row', multiline: false }]),
  ],
  {
    journal: query.get('key') ?? 'test',
    ...(query.has('hook')
      ? {
          saveHook: () => {
            localStorage.setItem('server', JSON.stringify(data));
            return true;
          },
        }
      : {}),
  },
);
view.addEventListener('savestatechange', ({ detail }) => states.push(detail.state));
view.addEventListener('error', ({ detail }) => errors.push(detail.error.message));
view.addEventListener('restore', ({ detail }) => restored.push(detail));
view.mount(document.querySelector<HTMLElement>('#view')!);
Object.assign(globalThis, { journalPage: { view, data, states, errors, restored } });
