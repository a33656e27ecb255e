import { BoundingBoxInnotation, ImageInnotation } from 'innotater';
import { InnotaterViewElement } from 'innotater/element';
import { equal, isTrue, waitFor } from '../expect.js';

const parts = (boxes: number[][]) => ({
  inputs: new ImageInnotation([{ data: new Uint8Array(60_000), shape: [200, 300] }]),
  targets: new BoundingBoxInnotation(boxes, { name: 'box' }),
});

describe('<innotater-view>', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('innotater-view')) element.remove();
  });

  it('shows what its properties say, raises events that bubble, and disposes when taken out', async () => {
    const boxes = [[0, 0, 0, 0]];
    const element = document.createElement('innotater-view');
    isTrue(element instanceof InnotaterViewElement, 'it is registered');
    element.setAttribute('label', 'Boxes');
    Object.assign(element, parts(boxes));
    document.body.append(element);
    await waitFor(() => element.view, 'a view');
    const view = element.view!;
    await view.ready;
    equal(
      element.querySelector('div')!.shadowRoot!.querySelector('[aria-label="Boxes"]') !== null,
      true,
      'label',
    );
    const changes: unknown[] = [];
    document.body.addEventListener('change', (event) => changes.push((event as CustomEvent).detail?.value), {
      once: true,
    });
    const field = element
      .querySelector('div')!
      .shadowRoot!.querySelector<HTMLInputElement>('input[aria-label="box"]')!;
    field.focus();
    field.value = '1, 2, 3, 4';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    equal(boxes[0], [1, 2, 3, 4]);
    await waitFor(() => changes.length > 0, 'the event');
    equal(changes, [[1, 2, 3, 4]]);
    element.remove();
    await waitFor(() => element.view === null, 'disposed');
    isTrue(view.canvas === null, 'nothing is drawn any more');
  });

  it('keeps its view and unsaved work when it is moved in the document', async () => {
    const element = document.createElement('innotater-view');
    Object.assign(element, parts([[0, 0, 0, 0]]));
    document.body.append(element);
    await waitFor(() => element.view, 'a view');
    const { view } = element;
    document.body.append(document.createElement('p'), element);
    await Promise.resolve();
    await Promise.resolve();
    isTrue(element.view === view, 'the same view');
    await view!.ready;
  });
});
