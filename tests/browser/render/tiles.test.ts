import { rect } from '../../../src/geometry/index.js';
import type { Picture } from '../../../src/paint/index.js';
import { createRenderer, type Renderer } from '../../../src/render/index.js';
import {
  assert,
  assertEqual,
  compare,
  drawn,
  fullTile,
  painted,
  pixelAt,
  readCanvas,
  tileOf,
  white,
} from './kit.js';

/** A picture with detail in every channel; `x` and `y` in pixels of the whole. */
const detail = (x: number, y: number): readonly [number, number, number, number] => [
  (x * 37 + y * 11) % 256,
  (x * 5 + y * 71) % 256,
  (x * y) % 256,
  255,
];

/** The whole 64×32 as one tile 'w', and as two halves 'a', 'b' with `gutter` texels of the neighbour. */
const uploadHalves = (gutter: number) => (renderer: Renderer) => {
  renderer.uploadTile('w', tileOf(64, 32, detail));
  renderer.uploadTile('a', tileOf(32 + gutter, 32, detail));
  renderer.uploadTile(
    'b',
    tileOf(32 + gutter, 32, (x, y) => detail(x + 32 - gutter, y)),
  );
};

type Place = { readonly x: number; readonly y: number; readonly zoom: number };

const whole = ({ x, y, zoom }: Place, filter: 'nearest' | 'linear'): Picture => [
  { ...fullTile('w', 64, 32, filter), target: rect(x, y, 64 * zoom, 32 * zoom) },
];

const halves = ({ x, y, zoom }: Place, filter: 'nearest' | 'linear', gutter: number): Picture => [
  { ...fullTile('a', 32, 32, filter), target: rect(x, y, 32 * zoom, 32 * zoom) },
  {
    ...fullTile('b', 32, 32, filter),
    source: rect(gutter, 0, 32, 32),
    target: rect(x + 32 * zoom, y, 32 * zoom, 32 * zoom),
  },
];

const places: readonly Place[] = [
  { x: 0, y: 0, zoom: 1 },
  { x: 3.5, y: 2.5, zoom: 1 },
  { x: 1.3, y: 0.7, zoom: 1.37 },
  { x: -10.1, y: -3.3, zoom: 2.9 },
  { x: 4, y: 4, zoom: 0.61 },
  { x: -500.25, y: -200.5, zoom: 17 },
];

/** An image of four opaque tiles, and over it outlines in two that are clear between them and reach beyond it. */
const uploadLayers = (renderer: Renderer) => {
  for (const [i, key] of ['i0', 'i1', 'i2', 'i3'].entries()) {
    renderer.uploadTile(
      key,
      tileOf(32, 32, (x, y) => detail(x + 32 * (i % 2), y + 32 * Math.floor(i / 2))),
    );
  }
  for (const key of ['o0', 'o1']) {
    renderer.uploadTile(
      key,
      tileOf(40, 72, (x, y) => (x % 7 === 0 || y % 5 === 0 ? detail(y, x) : [0, 0, 0, 0])),
    );
  }
};

const layers = (zoom: number, opacity: number): Picture => [
  ...['i0', 'i1', 'i2', 'i3'].map((key, i) => ({
    ...fullTile(key, 32, 32, 'linear'),
    target: rect(4.3 + 32 * zoom * (i % 2), 6.1 + 32 * zoom * Math.floor(i / 2), 32 * zoom, 32 * zoom),
  })),
  ...['o0', 'o1'].map((key, i) => ({
    ...fullTile(key, 40, 72, 'nearest'),
    target: rect(2 + 40 * i, 3, 40, 72),
    opacity,
  })),
];

describe('tiles', () => {
  it('show every pixel bit for bit at one to one', () => {
    const pixels = drawn(64, 32, 1, whole(places[0]!, 'linear'), { prepare: uploadHalves(0) });
    const expected = tileOf(64, 32, detail);
    assert(
      pixels.rgba.every((value, i) => value === expected.rgba[i]),
      'pixels changed on their way',
    );
  });

  for (const place of places) {
    for (const scale of [1, 1.25, 1.5, 2]) {
      it(`nearest: two halves equal the whole at (${place.x}, ${place.y}) × ${place.zoom}, ratio ${scale}`, () => {
        const draw = (picture: Picture) => drawn(80, 50, scale, picture, { prepare: uploadHalves(0) });
        assertEqual(
          compare(draw(whole(place, 'nearest')), draw(halves(place, 'nearest', 0))),
          { largest: 0, count: 0 },
          'difference',
        );
      });
      it(`linear: two halves with a texel of the neighbour equal the whole at (${place.x}, ${place.y}) × ${place.zoom}, ratio ${scale}`, () => {
        const draw = (picture: Picture) => drawn(80, 50, scale, picture, { prepare: uploadHalves(1) });
        const { largest } = compare(draw(whole(place, 'linear')), draw(halves(place, 'linear', 1)));
        assert(largest <= 2, `a seam of up to ${largest}`);
      });
    }
  }

  it('linear: halves without a texel of the neighbour still leave no gap and no overlap', () => {
    for (let i = 0; i < 40; i += 1) {
      const place = { x: 2 + i / 13, y: 1 + i / 7, zoom: 0.7 + i / 19 };
      const red = { ...fullTile('r', 8, 8, 'linear'), opacity: 0.5 };
      const picture: Picture = [
        { ...red, target: rect(place.x, place.y, 8 * place.zoom, 8 * place.zoom) },
        { ...red, target: rect(place.x + 8 * place.zoom, place.y, 8 * place.zoom, 8 * place.zoom) },
      ];
      const prepare = (renderer: Renderer) =>
        renderer.uploadTile(
          'r',
          tileOf(8, 8, () => [255, 0, 0, 255]),
        );
      const pixels = drawn(60, 40, 1, picture, { prepare });
      const row = Math.floor(place.y) + 3;
      const values = new Set<number>();
      for (let x = 0; x < 60; x += 1) values.add(pixelAt(pixels, x, row)[1]!);
      assertEqual([...values].sort(), [127, 255].sort(), `colours of a row, step ${i}`);
    }
  });

  it('nearest: a texel is a sharp square of its own colour', () => {
    const prepare = (renderer: Renderer) => renderer.uploadTile('t', tileOf(4, 4, detail));
    const pixels = drawn(64, 64, 1, [{ ...fullTile('t', 4, 4, 'nearest'), target: rect(0, 0, 64, 64) }], {
      prepare,
    });
    for (let y = 0; y < 64; y += 1) {
      for (let x = 0; x < 64; x += 1) assertEqual(pixelAt(pixels, x, y), detail(x >> 4, y >> 4), `${x},${y}`);
    }
  });

  it('stay exact when zoomed to tens of thousands of px', () => {
    const prepare = (renderer: Renderer) => renderer.uploadTile('t', tileOf(512, 512, detail));
    const target = rect(-20000, -30000, 512 * 80, 512 * 80);
    const pixels = drawn(200, 100, 1, [{ ...fullTile('t', 512, 512, 'nearest'), target }], { prepare });
    for (let x = 0; x < 200; x += 1) {
      const texel = detail(Math.floor((x + 20000) / 80), Math.floor((40 + 30000) / 80));
      assertEqual(pixelAt(pixels, x, 40), texel, `${x}`);
    }
  });

  it('blend half-transparent pixels as canvas 2D does', () => {
    const color = (x: number) => [200, 100, 50, x * 16] as const;
    const prepare = (renderer: Renderer) => renderer.uploadTile('t', tileOf(16, 1, color));
    const pixels = drawn(16, 1, 1, [{ ...fullTile('t', 16, 1, 'nearest'), opacity: 0.5 }], { prepare });
    const expected = painted(16, 1, (context) => {
      for (let x = 0; x < 16; x += 1) {
        context.fillStyle = `rgba(200, 100, 50, ${(x * 16 * 0.5) / 255})`;
        context.fillRect(x, 0, 1, 1);
      }
    });
    const { largest } = compare(pixels, expected);
    assert(largest <= 2, `up to ${largest} off`);
  });

  it('linear: the colour of invisible texels does not bleed (no fringe)', () => {
    const color = (x: number) => (x < 4 ? ([255, 255, 255, 255] as const) : ([0, 0, 0, 0] as const));
    const prepare = (renderer: Renderer) => renderer.uploadTile('t', tileOf(8, 8, color));
    const picture: Picture = [{ ...fullTile('t', 8, 8, 'linear'), target: rect(0, 0, 64, 64) }];
    const { rgba } = drawn(64, 64, 1, picture, { prepare });
    assert(
      rgba.every((value) => value === 255),
      'white over white with transparent black beside it is not white',
    );
  });

  it('that were never uploaded or were freed are left out', () => {
    const prepare = (renderer: Renderer) => {
      renderer.uploadTile('gone', tileOf(4, 4, detail));
      renderer.freeTile('gone');
      renderer.freeTile('never');
    };
    const { rgba } = drawn(4, 4, 1, [fullTile('gone', 4, 4, 'nearest'), fullTile('other', 4, 4, 'linear')], {
      prepare,
    });
    assert(
      rgba.every((value) => value === 255),
      'something was drawn',
    );
  });

  for (const [zoom, opacity] of [
    [1, 1],
    [1.6, 1],
    [0.8, 0.6],
  ] as const) {
    it(`over others are drawn in one pass with them, and look the same (zoom ${zoom}, opacity ${opacity})`, async () => {
      const size = { width: 100, height: 90 };
      const oneByOne = drawn(size.width, size.height, 1, layers(zoom, opacity), { prepare: uploadLayers });
      const renderer = createRenderer(document.createElement('canvas'));
      renderer.resize(size, size);
      uploadLayers(renderer);
      const gl = renderer.canvas.getContext('webgl2')!;
      const draw = gl.drawArrays;
      let pieces = 0;
      gl.drawArrays = (...given) => {
        pieces += 1;
        draw.apply(gl, given);
      };
      try {
        // What draws them so is loaded by the first such picture.
        while (pieces === 0) {
          renderer.draw([], white);
          renderer.draw(layers(zoom, opacity), white);
          await new Promise((resolve) => setTimeout(resolve));
        }
        renderer.draw([], white);
        renderer.draw(layers(zoom, opacity), white);
        const { largest } = compare(oneByOne, readCanvas(renderer.canvas));
        // A pass of its own rounds what is under half transparent tiles; stretched, pieces have their coordinates rounded anew.
        assert(largest <= (zoom === 1 ? 0 : 1), `differs by ${largest}`);
        assertEqual(gl.getError(), 0, 'error');
      } finally {
        renderer.dispose();
      }
    });
  }
});
