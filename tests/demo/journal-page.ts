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
const make = () =>
  new Innotater(
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
const page = { view: make(), data, states, errors, restored, again: () => {}, beside: () => {} };
const open = () => {
  page.view.addEventListener('savestatechange', ({ detail }) => states.push(detail.state));
  page.view.addEventListener('error', ({ detail }) => errors.push(detail.error.message));
  page.view.addEventListener('restore', ({ detail }) => restored.push(detail));
  page.view.mount(document.querySelector<HTMLElement>('#view')!);
};
/** Another view on the same data in place of the one that is there. */
page.again = () => {
  page.view.dispose();
  page.view = make();
  open();
};
/** One more on the same key. */
page.beside = () => make().mount(document.body.appendChild(document.createElement('div')));
open();
Object.assign(globalThis, { journalPage: page });
