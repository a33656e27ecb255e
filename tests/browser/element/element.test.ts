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

  it('shows what its properties say, raises events that bubble, and draws nothing when taken out', async () => {
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
    await waitFor(() => view.canvas === null, 'nothing drawn any more');
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

  const shown = async (more: Partial<InnotaterViewElement> = {}, boxes = [[0, 0, 0, 0]]) => {
    const element = document.createElement('innotater-view');
    Object.assign(element, parts(boxes), more);
    document.body.append(element);
    await element.ready;
    return element;
  };
  const typed = async (element: InnotaterViewElement, text: string) => {
    const { shadowRoot } = element.querySelector('div')!;
    const field = shadowRoot!.querySelector<HTMLInputElement>('input[aria-label="box"]')!;
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.blur();
  };
  const errorsOf = (element: InnotaterViewElement) => {
    const errors: string[] = [];
    element.addEventListener('error', (event) => {
      event.preventDefault();
      // The test runner takes what reaches the window for a failure.
      event.stopPropagation();
      errors.push(event.detail.error.message);
    });
    return errors;
  };
  /** Whether anything but the background is on the canvas. */
  const isDrawn = async (element: InnotaterViewElement) => {
    const bitmap = await createImageBitmap(await element.view!.snapshot());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    return (
      new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size > 5
    );
  };

  it('takes over properties that were set before it was defined', async () => {
    const early = document.implementation.createHTMLDocument().createElement('innotater-view');
    isTrue(!(early instanceof InnotaterViewElement), 'not defined there');
    Object.assign(early, parts([[0, 0, 0, 0]]), { index: 0, theme: 'dark' });
    document.body.append(early);
    await waitFor(() => early.view, 'a view');
    isTrue(early instanceof InnotaterViewElement && !Object.hasOwn(early, 'inputs'), 'upgraded');
    equal(early.getAttribute('theme'), 'dark');
    equal(early.view!.theme, 'dark');
  });

  it('taken out and put back in another place, it goes on with its work and its undo', async () => {
    const boxes = [[0, 0, 0, 0]];
    const element = await shown({}, boxes);
    const { view } = element;
    await typed(element, '1, 2, 3, 4');
    element.remove();
    await waitFor(() => view!.canvas === null, 'unmounted');
    equal([view!.isDirty, boxes], [true, [[1, 2, 3, 4]]]);
    const place = document.body.appendChild(document.createElement('section'));
    place.append(element);
    await element.ready;
    isTrue(element.view === view, 'the same view');
    isTrue(await isDrawn(element), 'drawn');
    view!.undo();
    equal(boxes, [[0, 0, 0, 0]]);
    place.remove();
  });

  it('hidden, of no size, and shown again, it is drawn', async () => {
    const element = await shown();
    const errors = errorsOf(element);
    for (const [name, value] of [
      ['display', 'none'],
      ['width', '0'],
      ['height', '0'],
    ] as const) {
      const before = element.style.getPropertyValue(name);
      element.style.setProperty(name, value);
      await new Promise(requestAnimationFrame);
      element.setAttribute('theme', name === 'width' ? 'dark' : 'light');
      await new Promise(requestAnimationFrame);
      element.style.setProperty(name, before);
      await new Promise(requestAnimationFrame);
      await element.ready;
      isTrue(await isDrawn(element), `after ${name}: ${value}`);
    }
    equal(errors, []);
  });

  it('equal options make no other view, a theme is taken at once, other options are an error that keeps the view', async () => {
    const element = await shown({ options: { label: 'A', prefetch: 1 } });
    const errors = errorsOf(element);
    const { view } = element;
    element.options = { label: 'A', prefetch: 1 };
    element.setAttribute('theme', 'dark');
    await Promise.resolve();
    equal([element.view === view, view!.theme, errors.length], [true, 'dark', 0]);
    element.options = { label: 'B' };
    await Promise.resolve();
    isTrue(
      element.view === view && /inputs and targets/.test(errors.join()),
      'the error says what would be right',
    );
    Object.assign(element, parts([[0, 0, 0, 0]]));
    await Promise.resolve();
    isTrue(element.view !== view && element.view !== null, 'another view');
    await element.ready;
    equal(errors.length, 1);
  });

  it('what cannot be shown, and a position that is none, are error events', async () => {
    const element = document.createElement('innotater-view');
    const errors = errorsOf(element);
    element.targets = new BoundingBoxInnotation([[0, 0, 0, 0]], { name: 'box' });
    document.body.append(element);
    await waitFor(() => errors.length > 0, 'an error');
    isTrue(/needs an ImageInnotation/.test(errors[0]!), errors[0]!);
    const reason = element.querySelector<HTMLElement>('[role="alert"]')!;
    isTrue(
      reason.textContent!.endsWith(errors[0]!) && reason.offsetHeight > 20,
      'the reason is seen in its place',
    );
    element.inputs = new ImageInnotation([], { name: 'none' });
    await waitFor(() => errors.length > 1, 'another error');
    equal(
      [...element.children].map((child) => child.textContent),
      [`Nothing can be shown: ${errors[1]}`],
    );
    errors.pop();
    Object.assign(element, parts([[0, 0, 0, 0]]));
    await element.ready;
    equal(element.querySelector('[role="alert"]'), null, 'a view is in its place');
    element.setAttribute('index', '7');
    equal([errors.length, element.index], [2, 0]);
  });

  it('in a form, its name stands for the edits; reset takes them back in one step; a disabled fieldset makes it inert', async () => {
    const form = document.body.appendChild(document.createElement('form'));
    const fieldset = form.appendChild(document.createElement('fieldset'));
    const element = document.createElement('innotater-view');
    element.setAttribute('name', 'boxes');
    const boxes = [[0, 0, 0, 0]];
    Object.assign(element, parts(boxes));
    fieldset.append(element);
    await element.ready;
    const sent = () => JSON.parse(String(new FormData(form).get('boxes')));
    equal(sent(), []);
    await typed(element, '1, 2, 3, 4');
    await typed(element, '5, 6, 7, 8');
    await waitFor(() => sent().length > 0, 'an edit');
    equal(sent(), [{ uindex: 0, name: 'box', repeatIndex: -1, value: [5, 6, 7, 8] }]);
    form.reset();
    equal([boxes, sent()], [[[0, 0, 0, 0]], []], 'what the data held before');
    element.view!.undo();
    equal([boxes, sent().length], [[[5, 6, 7, 8]], 1], 'nothing is lost by it');
    fieldset.disabled = true;
    equal([element.inert, new FormData(form).has('boxes')], [true, false]);
    form.remove();
  });
});
