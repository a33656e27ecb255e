import interUrl from '@fontsource/inter/files/inter-latin-400-normal.woff2?url';
import { rect } from '../../../src/geometry/index.js';
import type { Color, Font, Shape } from '../../../src/paint/index.js';
import { createRenderer, type Renderer } from '../../../src/render/index.js';
import { assert, assertEqual, black, compare, drawn, painted, pixelAt, readCanvas, white } from './kit.js';

const inter: Font = { family: 'InterUnderTest, sans-serif', sizePx: 14, weight: 400 };

const text = (
  value: string,
  x: number,
  y: number,
  more: Partial<Extract<Shape, { tag: 'text' }>> = {},
): Shape => ({
  tag: 'text',
  text: value,
  at: { x, y },
  align: 'left',
  font: inter,
  color: black,
  ...more,
});

const withRenderer = <T>(use: (renderer: Renderer) => T, scale = 1): T => {
  const renderer = createRenderer(document.createElement('canvas'));
  renderer.resize({ width: 200, height: 100 }, { width: 200 * scale, height: 100 * scale });
  try {
    return use(renderer);
  } finally {
    renderer.dispose();
  }
};

const paintText =
  (value: string, x: number, y: number, scale: number, color: string) =>
  (context: CanvasRenderingContext2D) => {
    context.font = `400 ${14 * scale}px InterUnderTest, sans-serif`;
    context.fillStyle = color;
    context.fillText(value, x, y);
  };

before(async () => {
  const face = new FontFace('InterUnderTest', `url(${interUrl})`);
  document.fonts.add(await face.load());
});

describe('text', () => {
  const colors: readonly [string, Color, string, Color, string][] = [
    ['black on white', black, '#000', white, '#fff'],
    ['white on black', white, '#fff', black, '#000'],
  ];
  for (const scale of [1, 1.25, 1.5, 2, 3]) {
    for (const [name, color, css, background, cssBackground] of colors) {
      it(`is as sharp as canvas 2D's own at ${scale}, ${name}`, () => {
        const pixels = drawn(160, 40, scale, [text('Ångström fjord, AV', 8, 24, { color })], { background });
        const expected = painted(
          160 * scale,
          40 * scale,
          paintText('Ångström fjord, AV', 8 * scale, 24 * scale, scale, css),
          cssBackground,
        );
        const { largest, count } = compare(pixels, expected, 2);
        assert(largest <= 2, `${count} pixels differ, by up to ${largest}`);
        assert(compare(expected, drawn(160, 40, scale, [], { background })).count > 100, 'no text at all');
      });
    }
  }

  it('in a colour lies within 12% of what canvas 2D draws', () => {
    const color = [0.1, 0.5, 0.9, 0.7] as const;
    const pixels = drawn(160, 40, 1, [text('Coloured words', 8, 24, { color })]);
    const expected = painted(160, 40, paintText('Coloured words', 8, 24, 1, 'rgb(26 128 230 / 0.7)'));
    const { largest, count } = compare(pixels, expected, 30);
    assert(count === 0, `${count} pixels differ, by up to ${largest}`);
  });

  it('is placed by its left end, its middle or its right end', () => {
    const width = withRenderer((renderer) => renderer.text.width('Middle', inter));
    const at = (align: 'left' | 'center' | 'right', x: number) =>
      drawn(120, 30, 1, [text('Middle', x, 20, { align })]);
    const left = at('left', 20);
    assert(compare(left, at('center', 20 + width / 2)).largest === 0, 'centre');
    assert(compare(left, at('right', 20 + width)).largest === 0, 'right');
  });

  it('wider than a piece of the atlas is drawn without a seam', () => {
    const long = 'The quick brown fox jumps over the lazy dog. '.repeat(6);
    const pixels = drawn(700, 30, 3, [text(long, 4, 20)]);
    const expected = painted(2100, 90, paintText(long, 12, 60, 3, '#000'));
    assert(compare(pixels, expected).largest <= 2, 'differs from canvas 2D');
  });

  it('larger than a piece in both directions is drawn whole', () => {
    const font = { ...inter, sizePx: 420 };
    const pixels = drawn(700, 420, 1, [text('Ag', 10, 330, { font })]);
    const expected = painted(700, 420, (context) => {
      context.font = '400 420px InterUnderTest';
      context.fillStyle = '#000';
      context.fillText('Ag', 10, 330);
    });
    // Beyond 256 px the browser fills outlines, whose smoothing of edges depends a little on where the canvas is cut.
    const { largest, count } = compare(pixels, expected, 2);
    assert(largest <= 64 && count < 600, `${count} pixels differ, by up to ${largest}`);
  });

  it('runs from the right where its first letter does, as canvas does with that direction', () => {
    const value = 'שלום (abc) 12';
    const pixels = drawn(160, 40, 2, [text(value, 10, 24)]);
    const expected = painted(320, 80, (context) => {
      context.direction = 'rtl';
      context.textAlign = 'left';
      paintText(value, 20, 48, 2, '#000')(context);
    });
    assert(compare(pixels, expected).largest <= 2, 'differs from canvas 2D');
  });

  it('with emoji keeps the colours its font gives', () => {
    const value = 'a 🙂 b';
    const pixels = drawn(80, 30, 2, [text(value, 8, 20, { color: [1, 0, 0, 1] })]);
    const expected = painted(160, 60, paintText(value, 16, 40, 2, '#f00'));
    assert(compare(pixels, expected).largest <= 3, 'differs from canvas 2D');
  });

  it('of more kinds than the atlas holds is drawn all the same', () => {
    const shapes = Array.from({ length: 900 }, (_, i) =>
      text(`Row number ${i * 7919}`, 4 + (i % 6) * 330, 30 + Math.floor(i / 6) * 26, {
        font: { ...inter, sizePx: 24 },
      }),
    );
    const pixels = drawn(2000, 3960, 1, shapes);
    const expected = painted(2000, 3960, (context) => {
      context.font = '400 24px InterUnderTest';
      context.fillStyle = '#000';
      for (const shape of shapes)
        if (shape.tag === 'text') context.fillText(shape.text, shape.at.x, shape.at.y);
    });
    assert(compare(pixels, expected).largest <= 2, 'differs from canvas 2D');
  });
});

describe('the ellipsis', () => {
  it('cuts so that one more letter would not fit, and the result fits', () => {
    withRenderer(({ text: measure }) => {
      const value = 'A long file name.jpeg';
      const full = drawn(200, 30, 1, [text(value, 4, 20, { maxWidth: 90 })]);
      const fitting = Array.from(value, (_, i) => `${value.slice(0, i).trimEnd()}…`)
        .filter((cut) => measure.width(cut, inter) <= 90)
        .at(-1)!;
      assertEqual(
        compare(full, drawn(200, 30, 1, [text(fitting, 4, 20)])),
        { largest: 0, count: 0 },
        fitting,
      );
    });
  });

  it('is not used where the text fits', () => {
    const plain = drawn(200, 30, 1, [text('Short', 4, 20)]);
    assertEqual(
      compare(plain, drawn(200, 30, 1, [text('Short', 4, 20, { maxWidth: 90 })])).count,
      0,
      'pixels',
    );
  });
});

describe('measuring', () => {
  it('tells widths as canvas 2D does at the device size', () => {
    for (const scale of [1, 1.5, 3]) {
      withRenderer(({ text: measure }) => {
        const context = document.createElement('canvas').getContext('2d')!;
        context.font = `400 ${14 * scale}px InterUnderTest`;
        const expected = context.measureText('Width of this').width / scale;
        assert(Math.abs(measure.width('Width of this', inter) - expected) < 1e-6, `${scale}`);
        const { ascent, descent } = measure.lineMetrics(inter);
        assert(ascent > 10 && ascent < 18 && descent > 2 && descent < 6, `${ascent} ${descent}`);
      }, scale);
    }
  });

  it('forgets when a font arrives late', async () => {
    const late: Font = { ...inter, family: 'LateFont, monospace' };
    const renderer = createRenderer(document.createElement('canvas'));
    renderer.resize({ width: 100, height: 30 }, { width: 100, height: 30 });
    const picture = [text('iiiiii', 4, 20, { font: late })];
    renderer.draw(picture, white);
    const before = { width: renderer.text.width('iiiiii', late), pixels: readCanvas(renderer.canvas) };
    document.fonts.add(await new FontFace('LateFont', `url(${interUrl})`).load());
    renderer.forgetText();
    assert(renderer.draw(picture, white), 'was not drawn again');
    assert(renderer.text.width('iiiiii', late) < before.width * 0.8, 'still the old width');
    assert(compare(before.pixels, readCanvas(renderer.canvas)).count > 5, 'still the old letters');
    renderer.dispose();
  });
});

describe('text at the edge', () => {
  it('is cut by its clip and drawn only where it is seen', () => {
    const pixels = drawn(60, 30, 1, [
      { tag: 'clip', rect: rect(10, 0, 20, 30), shapes: [text('mmmmmmmmmm', 2, 20)] },
    ]);
    for (const x of [9, 30]) {
      for (let y = 0; y < 30; y += 1) assertEqual(pixelAt(pixels, x, y), [255, 255, 255, 255], `${x},${y}`);
    }
  });
});
