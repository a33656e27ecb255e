import type { Rect } from '../../../src/geometry/index.js';
import type { Shape } from '../../../src/paint/index.js';
import {
  areas,
  choices,
  createUi,
  extras,
  type FrameOutput,
  lightTheme,
  provideWidgets,
  type Semantics,
  sheets,
  type Ui,
} from '../../../src/ui/index.js';
import { withLines } from '../../wrapped-lines.js';
import { isTrue, near } from '../expect.js';

provideWidgets({ ...areas, ...choices, ...extras, ...sheets });

const family = 'monospace';
const theme = { ...lightTheme, fontFamily: family };
const width = 640;

const context = new OffscreenCanvas(1, 1).getContext('2d')!;
const text = withLines({
  width: (words, font) => {
    context.font = `${font.weight} ${font.sizePx}px ${font.family}`;
    return context.measureText(words).width;
  },
  lineMetrics: ({ sizePx }) => ({ ascent: sizePx * 0.8, descent: sizePx * 0.2 }),
});

const drawn = (build: (ui: Ui) => void): FrameOutput =>
  createUi({ text, theme }).frame(
    { events: [], width, height: 600, devicePixelRatio: 1, timeMs: 0, coarsePointer: false },
    (ui) => ui.column('all', { layout: { alignItems: 'flex-start' } }, () => build(ui)),
  );

const flat = (shapes: readonly Shape[]): readonly Shape[] =>
  shapes.flatMap((shape) => (shape.tag === 'clip' ? [shape, ...flat(shape.shapes)] : [shape]));
const all = (node: Semantics): readonly Semantics[] => [node, ...(node.children ?? []).flatMap(all)];

type Layout = { readonly [property: string]: string };

/** Border and content box of a real element with these styles over the control's own, around content of a size. */
const real = (own: Layout, layout: Layout, content: string): { readonly box: Rect; readonly inner: Rect } => {
  const host = document.body.appendChild(document.createElement('div'));
  host.style.cssText = `position: absolute; left: 0; top: 0; width: ${width}px; display: flex; flex-direction: column; align-items: flex-start`;
  const element = host.appendChild(document.createElement('div'));
  element.style.cssText = 'box-sizing: border-box; display: flex; align-items: stretch';
  for (const [name, value] of Object.entries({ ...own, ...layout })) element.style.setProperty(name, value);
  const inside = element.appendChild(document.createElement('div'));
  inside.style.cssText = content;
  const { x, y, width: w, height: h } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const px = (side: string) => Number.parseFloat(style.getPropertyValue(`padding-${side}`));
  const inner = {
    x: x + px('left'),
    y: y + px('top'),
    width: w - px('left') - px('right'),
    height: h - px('top') - px('bottom'),
  };
  host.remove();
  return { box: { x, y, width: w, height: h }, inner };
};

const label = 'Words of it';
const lineHeight = Math.round(theme.fontSizePx * 1.4);
const wide = (extra: number) => {
  const font = { family, sizePx: theme.fontSizePx, weight: 400 };
  return Math.ceil(text.width(label, font)) + extra;
};
const tall = theme.controlHeightPx;
const control = { 'min-height': `${tall}px`, 'flex-shrink': '0' };

type Case = {
  readonly name: string;
  readonly own: Layout;
  /** The size of what it holds, as styles. */
  readonly content: string;
  build(ui: Ui, layout: Layout): void;
  readonly role: Semantics['role'];
  /** Where what it holds is drawn, by its left edge and its middle. */
  held(output: FrameOutput): { readonly left: number; readonly middle: number };
};

/** Left edge and middle of its words. */
const words = (output: FrameOutput, of = label) => {
  const shape = flat(output.picture).find((one) => one.tag === 'text' && one.text === of);
  if (shape?.tag !== 'text') throw new Error(`no words in ${JSON.stringify(output.picture)}`);
  const w = text.width(of, shape.font);
  const left = shape.align === 'center' ? shape.at.x - w / 2 : shape.at.x;
  return { left, middle: shape.at.y - 0.8 * shape.font.sizePx + shape.font.sizePx / 2 };
};
/** Left edge and middle of the first box of a height that is drawn. */
const boxOf = (output: FrameOutput, height: number) => {
  const shape = flat(output.picture).find((one) => one.tag === 'rounded' && one.rect.height === height);
  if (shape?.tag !== 'rounded') throw new Error(`no box ${height} px high`);
  return { left: shape.rect.x, middle: shape.rect.y + shape.rect.height / 2 };
};

const size = (w: number, h: number) => `width: ${w}px; min-height: ${h}px`;
const cases: readonly Case[] = [
  {
    name: 'a button',
    own: { ...control, 'min-width': `${tall}px`, padding: '0 10px' },
    content: size(wide(4), lineHeight),
    build: (ui, layout) => ui.button('it', label, { layout }),
    role: 'button',
    held: words,
  },
  {
    name: 'a text field',
    own: { ...control, padding: '0 10px' },
    content: size(180, lineHeight),
    build: (ui, layout) => ui.textField('it', label, { label: 'f', caption: 'none', layout }),
    role: 'textbox',
    held: words,
  },
  {
    name: 'a text area',
    own: { 'min-height': `${tall}px`, padding: '7px 10px' },
    content: size(380, 3 * lineHeight),
    build: (ui, layout) =>
      ui.textField('it', label, { label: 'f', caption: 'none', multiline: true, layout }),
    role: 'textbox',
    // The first of its three lines.
    held: (output) => ({ ...words(output), middle: words(output).middle + lineHeight }),
  },
  {
    name: 'a spin field',
    own: { ...control, padding: '0 10px' },
    content: size(
      Math.ceil(text.width('0000', { family, sizePx: theme.fontSizePx, weight: 400 })) + 4,
      lineHeight,
    ),
    build: (ui, layout) => ui.spinField('it', 77, { label: 'n', min: 0, max: 99, steppers: false, layout }),
    role: 'spinbutton',
    held: (output) => words(output, '77'),
  },
  {
    name: 'a checkbox',
    own: { 'min-height': `${tall}px` },
    content: size(wide(26), lineHeight),
    build: (ui, layout) => ui.checkbox('it', false, { label, layout }),
    role: 'checkbox',
    held: (output) => boxOf(output, 18),
  },
  {
    name: 'a toggle',
    own: { 'min-height': `${tall}px` },
    content: size(wide(44), lineHeight),
    build: (ui, layout) => ui.toggle('it', false, { label, layout }),
    role: 'switch',
    held: (output) => boxOf(output, 20),
  },
  {
    name: 'a slider',
    own: { 'min-height': `${tall}px` },
    content: size(160, 16),
    build: (ui, layout) =>
      ui.slider('it', 0, { label: 's', min: 0, max: 9, layout: { ...layout, flex: 'none' } }),
    role: 'slider',
    held: (output) => boxOf(output, 16),
  },
  {
    name: 'a list',
    own: { padding: '3px' },
    content: size(wide(24), 52),
    build: (ui, layout) => ui.listBox('it', [label, 'b'], 0, { label: 'l', caption: 'none', layout }),
    role: 'listbox',
    held: (output) => {
      const { rect } = all(output.semantics).find(({ role }) => role === 'option')!;
      return { left: rect.x, middle: rect.y + rect.height };
    },
  },
  {
    name: 'a dropdown',
    own: { ...control, padding: '0 4px 0 10px' },
    content: size(Math.max(80, wide(0)) + 18, lineHeight),
    build: (ui, layout) => ui.comboBox('it', [label, 'b'], 0, { label: 'l', caption: 'none', layout }),
    role: 'combobox',
    held: words,
  },
  {
    name: 'a progress bar',
    own: {},
    content: size(160, 10),
    build: (ui, layout) => ui.progressBar('it', { label: 'p', value: 0.5, layout }),
    role: 'progressbar',
    held: (output) => boxOf(output, 6),
  },
  {
    name: 'a text',
    own: {},
    content: size(wide(0), lineHeight),
    build: (ui, layout) => ui.label('it', label, { layout }),
    role: 'text',
    held: words,
  },
];

const layouts: readonly Layout[] = [
  {},
  { padding: '9px 14px 21px 33px' },
  { padding: '0' },
  { 'padding-left': '5%', width: '300px' },
  { padding: '12px', height: '90px' },
];

describe('R11: padding of a control is that of CSS: inside its box, around what it holds', () => {
  for (const { name, own, content, build, role, held } of cases) {
    for (const layout of layouts) {
      it(`${name} with ${JSON.stringify(layout)}`, () => {
        const output = drawn((ui) => build(ui, layout));
        const { rect } = all(output.semantics).find((node) => node.role === role)!;
        const { box, inner } = real(own, layout, content);
        isTrue(inner.width > 0, 'the oracle has a content box');
        near(rect.width, box.width, 0.6, 'width');
        near(rect.height, box.height, 0.6, 'height');
        const { left, middle } = held(output);
        const room = role === 'button' ? (inner.width - wide(0)) / 2 : 0;
        near(left, inner.x + room, 1, 'left edge of what it holds');
        const line = role === 'text' || role === 'textbox' || role === 'listbox';
        if (!line || !('height' in layout))
          near(middle, inner.y + inner.height / 2, 1, 'middle of what it holds');
      });
    }
  }
});
