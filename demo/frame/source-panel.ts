import { make } from './make.js';

const copyButton = (source: string): HTMLElement => {
  const button = make('button', { type: 'button' }, 'Copy');
  const tell = (text: string) => {
    button.textContent = text;
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  };
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(source).then(
      () => tell('Copied'),
      () => tell('Not allowed'),
    );
  });
  return button;
};

/** The text of a file that the page runs, to read, scroll by keys, and copy. */
export const sourcePanel = (file: string, source: string): HTMLElement => {
  const heading = make('h2', { id: 'source-title' }, 'Source ', make('code', {}, file));
  const code = make('pre', { tabIndex: 0, role: 'region', ariaLabel: file }, make('code', {}, source));
  const panel = make('section', { className: 'source' }, make('div', {}, heading, copyButton(source)), code);
  panel.setAttribute('aria-labelledby', 'source-title');
  return panel;
};
