import { rect } from '../../../src/geometry/index.js';
import type { Picture, Shape } from '../../../src/paint/index.js';
import { createRenderer, type Renderer } from '../../../src/render/index.js';
import { assert, assertEqual, black, compare, drawn, readCanvas, tileOf, white } from './kit.js';

const [width, height] = [240, 160];
const font = { family: 'Arimo, sans-serif', sizePx: 13, weight: 400 };

/** xorshift32: whole numbers below `below`. */
const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

const shapeOf = (random: (below: number) => number): Shape => {
  const place = () => rect(random(width - 40), random(height - 30), random(60), random(40));
  const color = [random(2), random(2), random(2), 1] as const;
  const dashes = [random(5) + 1, random(5) + 1];
  switch (random(6)) {
    case 0:
      return { tag: 'quad', rect: random(2) === 0 ? place() : rect(random(80), random(40), 200, 120), color };
    case 1:
      return { tag: 'rounded', rect: place(), radius: 4, fill: color, border: { width: 1, color: black } };
    case 2:
      return { tag: 'clip', rect: place(), shapes: [shapeOf(random), shapeOf(random)] };
    case 3:
      return {
        tag: 'tile',
        key: 'tile',
        source: rect(0, 0, 8, 8),
        target: place(),
        filter: 'nearest',
        opacity: 1,
      };
    case 4: {
      const style = { color1: color, color2: white, lineDash: dashes, lineWidth: 2, opacity: 1 };
      return { tag: 'box', rect: place(), style };
    }
    default: {
      const at = { x: random(width), y: random(height) };
      return { tag: 'text', text: `word ${random(1000)}`, at, align: 'left', font, color };
    }
  }
};

/** Some shapes in a row replaced by others, as many or not. */
const changed = (picture: Picture, random: (below: number) => number): Picture => {
  const first = random(picture.length + 1);
  const gone = random(Math.min(4, picture.length - first + 1));
  const added = Array.from({ length: random(4) }, () => shapeOf(random));
  return [...picture.slice(0, first), ...added, ...picture.slice(first + gone)];
};

const prepare = (renderer: Renderer): void =>
  renderer.uploadTile(
    'tile',
    tileOf(8, 8, (x, y) => [x * 30, y * 30, 90, 255]),
  );

const opened = (): Renderer => {
  const renderer = createRenderer(document.createElement('canvas'));
  renderer.resize({ width, height }, { width, height });
  prepare(renderer);
  return renderer;
};

describe('pictures that differ in some shapes', () => {
  for (const seed of [3, 14, 159, 2653]) {
    it(`are drawn as if nothing had been drawn before, seed ${seed}`, () => {
      const random = seeded(seed);
      const renderer = opened();
      let picture: Picture = Array.from({ length: 30 }, () => shapeOf(random));
      for (let step = 0; step < 12; step += 1) {
        renderer.draw(picture, white);
        const { largest } = compare(
          readCanvas(renderer.canvas),
          drawn(width, height, 1, picture, { prepare }),
        );
        assertEqual(largest, 0, `difference at step ${step}`);
        picture = changed(picture, random);
      }
      renderer.dispose();
    });
  }

  it('keep their texts while thousands of others come and go in one place', () => {
    const renderer = opened();
    const word = (text: string, y: number): Shape => ({
      tag: 'text',
      text,
      at: { x: 2, y },
      align: 'left',
      font: { ...font, sizePx: 40 },
      color: black,
    });
    const kept = [word('fleeting', 40), word('lasting', 80)];
    const last = word('staying', 150);
    let picture: Picture = [];
    for (let i = 0; i < 3000; i += 1) {
      picture = [...kept, word(`fleeting ${i}`, 120), last];
      renderer.draw(picture, white);
      if (i % 250 !== 249) continue;
      const { largest } = compare(readCanvas(renderer.canvas), drawn(width, height, 1, picture));
      assertEqual(largest, 0, `difference after ${i + 1} texts`);
    }
    const texels = renderer.textureBytes / 4 - 64;
    assert(texels <= 1024 * 512, `The atlas grew to ${texels} texels for texts that are gone.`);
    renderer.dispose();
  });

  it('use a pattern of dashes after hundreds of others came and went', () => {
    const renderer = opened();
    const box = (dash: number, x: number): Shape => ({
      tag: 'box',
      rect: rect(x, 20, 60, 60),
      style: { color1: black, color2: white, lineDash: [dash, 3], lineWidth: 2, opacity: 1 },
    });
    for (let i = 0; i < 200; i += 1) {
      const picture = [box(5, 10), box(1 + i / 8, 90), box(7, 160)];
      renderer.draw(picture, white);
      if (i % 20 !== 19) continue;
      const { largest } = compare(readCanvas(renderer.canvas), drawn(width, height, 1, picture));
      assertEqual(largest, 0, `difference after ${i + 1} patterns`);
    }
    renderer.dispose();
  });
});
