import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import axe from 'axe-core';
import { createRenderer, type Renderer } from '../../../src/render/index.js';
import { mountShell, type Shell } from '../../../src/shell/index.js';
import {
  areas,
  choices,
  createUi,
  extras,
  lightTheme,
  provideWidgets,
  sheets,
  type Ui,
} from '../../../src/ui/index.js';
import { withLines } from '../../wrapped-lines.js';
import { equal, isTrue, near } from '../expect.js';
import { cdp, middle, settled } from './kit.js';

provideWidgets({ ...areas, ...choices, ...extras, ...sheets });

let host: HTMLElement;
let shell: Shell;

const mount = async (build: (ui: Ui) => void): Promise<void> => {
  host = document.createElement('main');
  host.style.width = '500px';
  document.body.append(host);
  let renderer: Renderer;
  let context: ReturnType<typeof createUi> | null = null;
  shell = mountShell(host, {
    createRenderer: (canvas) => {
      renderer = createRenderer(canvas);
      return renderer;
    },
    frame: (input) => {
      context ??= createUi({ text: withLines(renderer.text), theme: lightTheme });
      return context.frame(input, build);
    },
    background: () => lightTheme.background,
    label: 'Trial',
    onContext: () => undefined,
  });
  shell.flush();
  await settled();
};

const shadow = (): ShadowRoot => (host.firstElementChild as HTMLElement).shadowRoot!;
const at = <T extends HTMLElement = HTMLElement>(name: string): T =>
  shadow().querySelector<T>(`[aria-label="${name}"]`)!;

afterEach(async () => {
  shell.dispose();
  host.remove();
  await resetMouse();
});

/** Columns and rows with dark px in a picture of a part of the page: [first x, first y, last y], in CSS px of the window. */
const darkBounds = async (x: number, y: number, width: number, height: number): Promise<number[]> => {
  const clip = { x, y, width, height, scale: 1 };
  const { data } = await cdp('Page.captureScreenshot', { format: 'png', clip });
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const rgba = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
  const bounds = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1];
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i]! > 120) continue;
    const [px, py] = [(i / 4) % bitmap.width, Math.floor(i / 4 / bitmap.width)];
    bounds[0] = Math.min(bounds[0]!, px);
    bounds[1] = Math.min(bounds[1]!, py);
    bounds[2] = Math.max(bounds[2]!, py);
  }
  return bounds;
};

describe('the shell with the ui itself', () => {
  it('a form works by mouse, by keys and by its elements alike', async () => {
    const state = { presses: 0, slide: 3, spin: 5, text: 'one', flag: false, kind: 0 };
    await mount((ui) => {
      if (ui.button('go', 'Go')) state.presses += 1;
      state.slide = ui.slider('slide', state.slide, { label: 'Slide', min: 0, max: 100 }) ?? state.slide;
      state.spin = ui.spinField('spin', state.spin, { label: 'Spin', min: 0, max: 9 }) ?? state.spin;
      const typed = ui.textField('text', state.text, { label: 'Text' });
      if (typed.edited !== undefined) state.text = typed.edited;
      state.flag = ui.checkbox('flag', state.flag, { label: 'Flag' }) ?? state.flag;
      state.kind = ui.listBox('kind', ['cat', 'dog', 'fox'], state.kind, { label: 'Kind' }) ?? state.kind;
    });
    await sendMouse({ type: 'click', position: middle(at('Go')) });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Space' });
    at('Go').click();
    equal(state.presses, 4);
    await sendMouse({ type: 'click', position: middle(at('Slide')) });
    near(state.slide, 50, 2);
    const before = state.slide;
    await sendKeys({ press: 'ArrowRight' });
    equal(
      [state.slide, at<HTMLInputElement>('Slide').value],
      [before + 1, String(before + 1)],
      'one step a key',
    );
    await sendMouse({ type: 'click', position: middle(at('Spin')) });
    await sendKeys({ press: 'ArrowUp' });
    equal([state.spin, at<HTMLInputElement>('Spin').value], [6, '6'], 'one step a key');
    at<HTMLInputElement>('Spin').select();
    await sendKeys({ type: '2' });
    await sendKeys({ press: 'Enter' });
    equal(state.spin, 2);
    await sendMouse({ type: 'click', position: middle(at('Text')) });
    at<HTMLInputElement>('Text').select();
    await sendKeys({ type: 'two' });
    await sendKeys({ press: 'Tab' });
    equal([state.text, at<HTMLInputElement>('Text').value], ['two', 'two']);
    await sendMouse({ type: 'click', position: middle(at('Flag')) });
    equal([state.flag, at<HTMLInputElement>('Flag').checked], [true, true]);
    await sendKeys({ press: 'Space' });
    equal([state.flag, at<HTMLInputElement>('Flag').checked], [false, false]);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'ArrowDown' });
    equal(state.kind, 1);
    shadow().querySelectorAll<HTMLElement>('[role=option]')[2]!.click();
    equal(state.kind, 2);
    const { violations } = await axe.run(host);
    equal(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      [],
    );
  });

  it('the text of a field lies at the same place while the browser edits it', async () => {
    await mount((ui) => {
      ui.textField('text', 'HHH wordy', { label: 'Text' });
    });
    await document.fonts.ready;
    const box = at('Text').getBoundingClientRect();
    const inside = [box.left + 3, box.top + 4, box.width - 6, box.height - 8] as const;
    const drawn = await darkBounds(...inside);
    at<HTMLInputElement>('Text').focus();
    at<HTMLInputElement>('Text').setSelectionRange(9, 9);
    at<HTMLInputElement>('Text').style.caretColor = 'transparent';
    await settled();
    const native = await darkBounds(...inside);
    isTrue(Number.isFinite(drawn[0]!) && Number.isFinite(native[0]!), 'both are there');
    ['left', 'top', 'bottom'].forEach((side, i) => {
      near(native[i]!, drawn[i]!, 1, side);
    });
  });

  it('a button that disables itself keeps keys working in the view', async () => {
    const state = { index: 0 };
    const keys: string[] = [];
    await mount((ui) => {
      for (const key of ui.unusedKeys) if (key.phase === 'down') keys.push(key.key);
      if (ui.button('next', 'Next >', { disabled: state.index === 2 })) state.index += 1;
    });
    for (let i = 0; i < 2; i++) await sendMouse({ type: 'click', position: middle(at('Next >')) });
    equal([state.index, at<HTMLButtonElement>('Next >').disabled], [2, true]);
    await sendKeys({ press: 'p' });
    equal(keys.at(-1), 'p');
  });

  it('200 controls: one value changed updates little', async () => {
    const values = Array.from({ length: 200 }, (_, i) => i);
    await mount((ui) => {
      values.forEach((value, i) => {
        ui.slider(`s${i}`, value, { label: `Slide ${i}`, min: 0, max: 1000 });
      });
    });
    equal(shadow().querySelectorAll('input').length, 200);
    await shell.whenDrawn(); // it is tall: its canvas has another size when the code for that is there
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((list) => records.push(...list));
    observer.observe(shadow(), { subtree: true, childList: true, attributes: true });
    values[77] = 500;
    shell.invalidate('one value');
    shell.flush();
    await settled();
    observer.disconnect();
    equal([records.length, at<HTMLInputElement>('Slide 77').value], [0, '500']);
  });
});
