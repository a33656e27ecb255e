import type { Innotater } from 'innotater';
import { framePage } from './frame/frame.js';
import { make } from './frame/make.js';
import { sourcePanel } from './frame/source-panel.js';

type Themed = { theme: Innotater['theme'] };
/** `others`: what else on the page follows the choice of a theme. */
type Example = { readonly view: Innotater; readonly others?: readonly Themed[] };

const examples = import.meta.glob<Example>('./examples/*.ts');
const sources = import.meta.glob<string>('./examples/*.ts', { query: '?raw', import: 'default' });

/** The newest change that the view told of, as a listener of the page gets it. */
const changeLine = (view: Innotater): HTMLElement => {
  const text = make('code', {}, 'none yet');
  view.addEventListener('change', ({ detail }) => {
    text.textContent = JSON.stringify(detail);
  });
  return make('p', { className: 'change' }, make('span', {}, 'Last change event'), text);
};

/** Runs the example that the page names in its body, and shows the very file beside it. */
const open = async (name: string): Promise<void> => {
  const path = `./examples/${name}.ts`;
  const host = document.querySelector<HTMLElement>('#view')!;
  host.ariaBusy = 'true';
  let shown: readonly Themed[] = [];
  const theme = framePage((chosen) => {
    for (const one of shown) one.theme = chosen;
  });
  const [source, { view, others = [] }] = await Promise.all([sources[path]!(), examples[path]!()]);
  shown = [view, ...others];
  for (const one of shown) one.theme = theme;
  document.querySelector('#content')!.append(sourcePanel(`demo/examples/${name}.ts`, source));
  host.after(changeLine(view));
  await view.ready;
  host.ariaBusy = 'false';
};

void open(document.body.dataset.example!);
