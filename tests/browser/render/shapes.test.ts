import { rect } from '../../../src/geometry/index.js';
import type { Picture, Shape } from '../../../src/paint/index.js';
import { assert, assertEqual, black, compare, drawn, painted, pixelAt, white } from './kit.js';

const red = [1, 0, 0, 1] as const;
const blue = [0, 0, 1, 1] as const;
const quad = (x: number, y: number, w: number, h: number, color: readonly [number, number, number, number]) =>
  ({ tag: 'quad', rect: rect(x, y, w, h), color }) as const;

describe('quads', () => {
  for (const scale of [1, 1.25, 1.5, 2, 3]) {
    it(`fill exactly the device pixels they round to at ${scale}`, () => {
      const pixels = drawn(60, 40, scale, [quad(10.3, 5.4, 20, 10, black)]);
      const expected = painted(pixels.width, pixels.height, (context) => {
        const [l, t] = [Math.round(10.3 * scale), Math.round(5.4 * scale)];
        context.fillStyle = '#000';
        context.fillRect(l, t, Math.round(30.3 * scale) - l, Math.round(15.4 * scale) - t);
      });
      assertEqual(compare(pixels, expected), { largest: 0, count: 0 }, 'difference from canvas 2D');
    });
  }

  it('blend as canvas 2D does', () => {
    const pixels = drawn(30, 30, 1, [
      quad(5, 5, 15, 15, [1, 0, 0, 0.5]),
      quad(10, 10, 15, 15, [0, 0, 1, 0.3]),
    ]);
    const expected = painted(30, 30, (context) => {
      context.fillStyle = 'rgba(255,0,0,0.5)';
      context.fillRect(5, 5, 15, 15);
      context.fillStyle = 'rgba(0,0,255,0.3)';
      context.fillRect(10, 10, 15, 15);
    });
    assert(compare(pixels, expected).largest <= 1, 'more than a rounding step apart');
  });

  it('as large as the canvas lie between what is before and after them, cut to their clip', () => {
    const large = rect(10, 5, 300, 200);
    const pixels = drawn(260, 180, 1.25, [
      quad(0, 0, 200, 100, red),
      {
        tag: 'clip',
        rect: rect(20, 15, 190, 150),
        shapes: [{ tag: 'quad', rect: large, color: [0.2, 0.4, 0.6, 1] }],
      },
      quad(30, 30, 150, 140, [1, 0, 0, 0.5]),
      quad(90, 40, 160, 130, black),
    ]);
    const expected = painted(pixels.width, pixels.height, (context) => {
      const fill = (color: string, l: number, t: number, r: number, b: number) => {
        context.fillStyle = color;
        const [x, y] = [Math.round(l * 1.25), Math.round(t * 1.25)];
        context.fillRect(x, y, Math.round(r * 1.25) - x, Math.round(b * 1.25) - y);
      };
      fill('rgb(255,0,0)', 0, 0, 200, 100);
      fill('rgb(51,102,153)', 20, 15, 210, 165);
      fill('rgba(255,0,0,0.5)', 30, 30, 180, 170);
      fill('rgb(0,0,0)', 90, 40, 250, 170);
    });
    assert(compare(pixels, expected).largest <= 1, 'more than a rounding step apart');
  });

  it('leave a premultiplied translucent background', () => {
    const pixels = drawn(4, 4, 1, [], { background: [1, 0.5, 0, 0.5] });
    const pixel = pixelAt(pixels, 1, 1);
    assert(Math.abs(pixel[0]! - 128) <= 1 && Math.abs(pixel[1]! - 64) <= 1 && pixel[3] === 128, `${pixel}`);
  });
});

describe('rounded rectangles', () => {
  it('cover what an exact area count says, to 0.06 of a pixel', () => {
    const pixels = drawn(24, 20, 1, [{ tag: 'rounded', rect: rect(2, 2, 20, 16), radius: 6, fill: black }]);
    const inside = (x: number, y: number) => {
      const dx = Math.max(Math.abs(x - 12) - 4, 0);
      const dy = Math.max(Math.abs(y - 10) - 2, 0);
      return Math.hypot(dx, dy) <= 6;
    };
    let worst = 0;
    for (let y = 0; y < 20; y += 1) {
      for (let x = 0; x < 24; x += 1) {
        let hits = 0;
        for (let i = 0; i < 256; i += 1)
          if (inside(x + ((i % 16) + 0.5) / 16, y + ((i >> 4) + 0.5) / 16)) hits += 1;
        worst = Math.max(worst, Math.abs(hits / 256 - (255 - pixelAt(pixels, x, y)[0]!) / 255));
      }
    }
    assert(worst < 0.06, `coverage off by ${worst}`);
  });

  it('keep their border inside, whole pixels wide, over the fill', () => {
    const shape: Shape = {
      tag: 'rounded',
      rect: rect(2, 2, 20, 10),
      radius: 0,
      fill: red,
      border: { width: 1, color: blue },
    };
    const pixels = drawn(24, 14, 1.5, [shape]);
    const row = [2, 3, 4, 5, 6, 31, 32, 33].map((x) => pixelAt(pixels, x, 9).slice(0, 3).join());
    const [w, b, r] = ['255,255,255', '0,0,255', '255,0,0'];
    assertEqual(row, [w, b, b, r, r, b, b, w], 'pixels of a row');
  });
});

describe('box outlines', () => {
  const boxes: readonly [number, readonly number[], number, number][] = [
    [1, [2], 1, 1],
    [1, [], 1, 1],
    [2, [4, 2], 1, 2],
    [3, [5, 1, 2], 1, 3],
    [1, [2], 2, 2],
    [1, [3], 3, 3],
  ];
  for (const [lineWidth, lineDash, scale, thick] of boxes) {
    it(`I12: ${lineWidth} px, dash [${lineDash}], at ${scale}: as canvas strokes two colours`, () => {
      const style = { color1: white, color2: [0, 0.5, 0, 1], lineDash, lineWidth, opacity: 0.9 } as const;
      const background = [0.5, 0.5, 0.5, 1] as const;
      const pixels = drawn(40, 30, scale, [{ tag: 'box', rect: rect(6, 5, 24, 16), style }], { background });
      const inset = thick % 2 === 0 ? 0 : 0.5;
      const expected = painted(
        40 * scale,
        30 * scale,
        (context) => {
          const path = [
            6 * scale + inset,
            5 * scale + inset,
            24 * scale - 2 * inset,
            16 * scale - 2 * inset,
          ] as const;
          context.globalAlpha = 0.9;
          context.lineWidth = thick;
          context.strokeStyle = '#fff';
          context.strokeRect(...path);
          context.strokeStyle = 'rgb(0,128,0)';
          context.setLineDash(lineDash.map((length) => length * scale));
          context.lineDashOffset = lineDash.length > 0 ? thick / 2 : 0;
          context.strokeRect(...path);
        },
        'rgb(128,128,128)',
      );
      const corner = thick * thick * 4;
      const { count } = compare(pixels, expected, 8);
      assert(count <= corner, `${count} pixels differ, at most the ${corner} of the corners may`);
    });
  }

  it('start their dashes at the top left corner and go clockwise', () => {
    const style = { color1: white, color2: black, lineDash: [2], lineWidth: 1, opacity: 1 } as const;
    const pixels = drawn(20, 20, 1, [{ tag: 'box', rect: rect(2, 2, 10, 8), style }], { background: red });
    const reds = (x: number, y: number) => pixelAt(pixels, x, y)[0]! / 255;
    assertEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10].map((x) => reds(x, 2)),
      [0, 0, 1, 1, 0, 0, 1, 1, 0],
      'top',
    );
    assertEqual(
      [2, 3, 4, 5, 6, 7, 8].map((y) => reds(11, y)),
      [0, 1, 1, 0, 0, 1, 1],
      'right',
    );
    assertEqual(
      [11, 10, 9, 8, 7, 6].map((x) => reds(x, 9)),
      [0, 0, 1, 1, 0, 0],
      'bottom, from the right',
    );
    assertEqual(pixelAt(pixels, 3, 3), [255, 0, 0, 255], 'the inside stays free');
  });

  it('are sharp wherever they lie: no pixel is a mixture', () => {
    const style = { color1: white, color2: black, lineDash: [2], lineWidth: 1, opacity: 1 } as const;
    for (const scale of [1, 1.25, 1.5, 2, 3]) {
      const picture: Picture = [3.1, 3.37, 3.5, 3.77].map((x, i) => ({
        tag: 'box',
        rect: rect(x, 2.3 + i * 12, 20.4, 8.6),
        style,
      }));
      const { rgba } = drawn(30, 52, scale, picture, { background: red });
      for (let i = 0; i < rgba.length; i += 4) {
        const pixel = [rgba[i], rgba[i + 1], rgba[i + 2]].join();
        assert(['255,0,0', '0,0,0', '255,255,255'].includes(pixel), `a pixel is ${pixel} at ${scale}`);
      }
    }
  });

  it('stay exact when they reach tens of thousands of px beyond the view', () => {
    const style = { color1: white, color2: black, lineDash: [4], lineWidth: 1, opacity: 1 } as const;
    const near = drawn(40, 20, 1, [{ tag: 'box', rect: rect(-8, 5, 100, 100), style }], { background: red });
    const far = drawn(40, 20, 1, [{ tag: 'box', rect: rect(-80008, 5, 90000, 90000), style }], {
      background: red,
    });
    assertEqual(compare(near, far), { largest: 0, count: 0 }, 'difference');
  });
});

describe('lines', () => {
  it('are whole pixels when straight, and as canvas draws them when slanted', () => {
    const pixels = drawn(40, 40, 1, [
      { tag: 'line', from: { x: 4, y: 4 }, to: { x: 30, y: 4 }, width: 1, color: black },
      { tag: 'line', from: { x: 5, y: 10 }, to: { x: 33, y: 31 }, width: 3, color: black },
    ]);
    const expected = painted(40, 40, (context) => {
      context.fillRect(4, 4, 26, 1);
      context.lineWidth = 3;
      context.beginPath();
      context.moveTo(5, 10);
      context.lineTo(33, 31);
      context.strokeStyle = '#000';
      context.stroke();
    });
    for (let x = 0; x < 40; x += 1) {
      const value = pixelAt(pixels, x, 4)[0]!;
      assert(value === (x >= 4 && x < 30 ? 0 : 255), `x ${x} of the straight line is ${value}`);
    }
    const { largest } = compare(
      { ...pixels, rgba: pixels.rgba.slice(40 * 4 * 7) as Uint8ClampedArray<ArrayBuffer>, height: 33 },
      { ...expected, rgba: expected.rgba.slice(40 * 4 * 7) as Uint8ClampedArray<ArrayBuffer>, height: 33 },
    );
    assert(largest < 40, `slanted line is up to ${largest} of 255 off`);
  });
});

describe('clips', () => {
  it('cut every kind of shape exactly, nested ones to what they have in common', () => {
    const inner: Shape[] = [
      quad(0, 0, 40, 40, red),
      { tag: 'rounded', rect: rect(3, 3, 20, 20), radius: 8, fill: blue, border: { width: 2, color: black } },
      { tag: 'line', from: { x: 0, y: 30 }, to: { x: 30, y: 0 }, width: 2, color: white },
      {
        tag: 'box',
        rect: rect(2, 2, 25, 25),
        style: { color1: white, color2: black, lineDash: [3], lineWidth: 2, opacity: 1 },
      },
      {
        tag: 'text',
        text: 'Wide text',
        at: { x: 2, y: 20 },
        align: 'left',
        font: { family: 'sans-serif', sizePx: 16, weight: 400 },
        color: black,
      },
    ];
    const whole = drawn(40, 40, 1, inner);
    const clipped = drawn(40, 40, 1, [
      {
        tag: 'clip',
        rect: rect(5, 0, 20, 30),
        shapes: [{ tag: 'clip', rect: rect(0, 8, 40, 9), shapes: inner }],
      },
    ]);
    const expected = { ...whole, rgba: whole.rgba.slice() as Uint8ClampedArray<ArrayBuffer> };
    for (let y = 0; y < 40; y += 1) {
      for (let x = 0; x < 40; x += 1) {
        if (x < 5 || x >= 25 || y < 8 || y >= 17)
          expected.rgba.fill(255, (y * 40 + x) * 4, (y * 40 + x) * 4 + 4);
      }
    }
    const { largest, count } = compare(clipped, expected, 1);
    assert(count === 0, `clipping changed ${count} pixels inside or left some outside, by up to ${largest}`);
    assertEqual(
      compare(clipped, drawn(40, 40, 1, [{ tag: 'clip', rect: rect(5, 8, 20, 9), shapes: inner }])),
      { largest: 0, count: 0 },
      'nested against the common part',
    );
  });

  it('that are empty draw nothing', () => {
    const pixels = drawn(10, 10, 1, [
      {
        tag: 'clip',
        rect: rect(0, 0, 5, 5),
        shapes: [{ tag: 'clip', rect: rect(6, 6, 3, 3), shapes: [quad(0, 0, 10, 10, red)] }],
      },
    ]);
    assert(
      pixels.rgba.every((value) => value === 255),
      'something was drawn',
    );
  });
});
