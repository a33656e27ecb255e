import { executeServerCommand, setViewport } from '@web/test-runner-commands';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ButtonInnotation,
  ImageInnotation,
  MultiClassInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { all, clear, flatImage, type Mounted, one, show } from './support.js';

const cdp = (method: string, params: Readonly<Record<string, unknown>> = {}) =>
  executeServerCommand('cdp', { method, params });
const media = (features: Readonly<Record<string, string>>) =>
  cdp('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });

const everyKind = () =>
  show(new ImageInnotation([flatImage(120, 90, 128)], { desc: 'Photo', name: 'photo' }), [
    new BoundingBoxInnotation([[0, 0, 0, 0]], { desc: 'Box', source: 'photo' }),
    new MultiClassInnotation([1], { desc: 'Fruit', classes: ['apple', 'banana', 'cherry'] }),
    new MultiClassInnotation([0], { desc: 'Breed', classes: ['Akita', 'Beagle'], dropdown: true }),
    new BinaryClassInnotation([1], { desc: 'Ripe' }),
    new TextInnotation(['words'], { desc: 'Note' }),
    new ButtonInnotation(null, { desc: 'Press' }),
  ]);

/** The colours that fill at least `share` of a picture of the view, as 'r,g,b'. */
const colorsOf = async ({ view }: Mounted, share: number): Promise<Set<string>> => {
  const bitmap = await createImageBitmap(await view.snapshot());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const counts = new Map<string, number>();
  for (let i = 0; i < data.length; i += 4) {
    const color = `${data[i]},${data[i + 1]},${data[i + 2]}`;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const least = (data.length / 4) * share;
  return new Set([...counts].filter(([, count]) => count >= least).map(([color]) => color));
};

/** A CSS system colour as the browser shows it now. */
const systemColor = (name: string): string => {
  const element = document.body.appendChild(document.createElement('span'));
  element.style.cssText = `forced-color-adjust: none; color: ${name}`;
  const [r = 0, g = 0, b = 0, a = 1] = getComputedStyle(element)
    .color.match(/[\d.]+/g)!
    .map(Number);
  element.remove();
  // On the black canvas of this scheme.
  return [r, g, b].map((value) => Math.round(value * a)).join(',');
};

const systemNames = [
  'Canvas',
  'CanvasText',
  'ButtonFace',
  'ButtonText',
  'Field',
  'FieldText',
  'Highlight',
  'HighlightText',
  'GrayText',
  'LinkText',
];

describe('what the system asks for', () => {
  afterEach(async () => {
    clear();
    await media({});
  });

  it('forced colours: everything that is drawn, pictures apart, is in colours of the system, and follows when they go', async () => {
    await media({ 'forced-colors': 'active', 'prefers-color-scheme': 'dark' });
    isTrue(matchMedia('(forced-colors: active)').matches, 'forced');
    const mounted = await everyKind();
    const system = new Set(systemNames.map(systemColor));
    system.add('128,128,128');
    const drawn = await colorsOf(mounted, 0.002);
    equal(
      [...drawn].filter((color) => !system.has(color)),
      [],
      'colours that are not of the system',
    );
    isTrue(
      drawn.has(systemColor('Canvas')) && drawn.has(systemColor('Highlight')),
      `there are ${[...drawn].join(' ')}`,
    );
    await media({ 'prefers-color-scheme': 'light' });
    await waitFor(async () => (await colorsOf(mounted, 0.2)).has('255,255,255'), 'the light theme');
  });

  it("the system's scheme decides where the theme is auto, at once and while it runs", async () => {
    await media({ 'prefers-color-scheme': 'dark' });
    const mounted = await everyKind();
    isTrue((await colorsOf(mounted, 0.2)).has('22,24,29'), 'dark');
    await media({ 'prefers-color-scheme': 'light' });
    await waitFor(async () => (await colorsOf(mounted, 0.2)).has('255,255,255'), 'light');
    mounted.view.theme = 'dark';
    await waitFor(async () => (await colorsOf(mounted, 0.2)).has('22,24,29'), 'dark by choice');
  });

  it('the page shows through where the theme chosen while it runs lets it', async () => {
    const mounted = await everyKind();
    const corner = async (): Promise<number[]> => {
      const bitmap = await createImageBitmap(await mounted.view.snapshot());
      const context = new OffscreenCanvas(1, 1).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(0, 0, 1, 1).data];
    };
    await waitFor(async () => (await corner()).join() === '255,255,255,255', 'opaque');
    const canvas = mounted.view.canvas;
    mounted.view.theme = { background: [1, 1, 1, 0] };
    await waitFor(async () => (await corner())[3] === 0, 'the page through it');
    isTrue(!canvas?.isConnected && mounted.host.isConnected, 'another canvas in its place');
    await waitFor(() => one(mounted.host, 'textbox', 'Note') !== null, 'the controls');
    mounted.view.theme = 'dark';
    await waitFor(async () => (await corner()).join() === '22,24,29,255', 'opaque again');
  });

  for (const [name, isCoarse, least] of [
    ['a mouse', false, 24],
    ['a finger', true, 44],
  ] as const) {
    it(`${name}: no target is smaller than ${least} px, what stands on an image apart`, async () => {
      if (isCoarse) await cdp('Emulation.setTouchEmulationEnabled', { enabled: true });
      equal(matchMedia('(pointer: coarse)').matches, isCoarse);
      const mounted = await everyKind();
      const roles = ['button', 'checkbox', 'combobox', 'textbox', 'slider', 'spinbutton'];
      const targets = roles
        .flatMap((role) => all(mounted.host, role))
        .filter((element) => element.getAttribute('aria-roledescription') !== 'box');
      isTrue(targets.length >= 9, `${targets.length} targets`);
      for (const target of targets) {
        const { width, height } = target.getBoundingClientRect();
        isTrue(
          Math.min(width, height) >= least - 0.01,
          `${target.outerHTML.slice(0, 90)}: ${width} × ${height}`,
        );
      }
      await cdp('Emulation.setTouchEmulationEnabled', { enabled: false });
    });
  }
});

describe('a narrow host', () => {
  before(() => setViewport({ width: 800, height: 1000 }));
  after(() => setViewport({ width: 800, height: 600 }));
  afterEach(clear);

  it('C3: the targets stand below the inputs, nothing is wider than the host, all in reading order', async () => {
    const mounted = await everyKind();
    const place = (role: string, name: string) => one(mounted.host, role, name).getBoundingClientRect();
    isTrue(
      place('textbox', 'Box').left > place('group', 'Photo').right,
      'beside each other where there is room',
    );
    mounted.host.style.width = '300px';
    await waitFor(() => place('textbox', 'Box').top > place('group', 'Photo').bottom, 'below each other');
    await mounted.view.ready;
    const { right } = mounted.host.getBoundingClientRect();
    for (const role of [
      'button',
      'checkbox',
      'combobox',
      'textbox',
      'listbox',
      'slider',
      'spinbutton',
      'group',
    ]) {
      for (const element of all(mounted.host, role)) {
        isTrue(element.getBoundingClientRect().right <= right + 0.5, element.outerHTML.slice(0, 90));
      }
    }
  });
});
