import { rect } from '../../../src/geometry/index.js';
import type { Picture } from '../../../src/paint/index.js';
import { createRenderer, type Renderer } from '../../../src/render/index.js';
import { seeded } from '../../kernels/seeded.js';
import { assert, assertEqual, compare, drawn, fullTile, readCanvas, tileOf, white } from './kit.js';

const size = { width: 150, height: 120 };
/** Texels of an image's tile, and of one over it, a side. */
const [texels, overTexels] = [32, 40];

type Place = { readonly x: number; readonly y: number; readonly zoom: number };

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const grid = (across: number) =>
  numbers(across * across).map((i) => [i % across, Math.floor(i / across)] as const);

/** An image of 5 × 5 opaque tiles. */
const uploadImage = (renderer: Renderer, seed = 0) => {
  for (const [x, y] of grid(5)) {
    const pixel = (u: number, v: number) => {
      const [a, b] = [u + x * texels, v + y * texels];
      return [(a * 37 + b * 11 + seed) % 256, (a * 5 + b * 71) % 256, (a * b) % 256, 255] as const;
    };
    renderer.uploadTile(`i${x}${y}`, tileOf(texels, texels, pixel));
  }
};

/** Outlines that are clear between them, in tiles that are drawn px by px at each zoom. */
const uploadOvers = (renderer: Renderer, zoom: number) => {
  for (const [x, y] of grid(6)) {
    const pixel = (u: number, v: number) =>
      (u + x) % 7 === 0 || (v + y) % 5 === 0
        ? ([(zoom * 60) % 256, (u * 7) % 256, (v * 9) % 256, 255] as const)
        : ([0, 0, 0, 0] as const);
    renderer.uploadTile(`o${zoom}/${x}${y}`, tileOf(overTexels, overTexels, pixel));
  }
};

const zooms = [0.8, 1.3, 2];
const upload = (renderer: Renderer) => {
  uploadImage(renderer);
  for (const zoom of zooms) uploadOvers(renderer, zoom);
};

const tiles = ({ x, y, zoom }: Place, opacity = 1): Picture => {
  const side = texels * zoom;
  return [
    ...grid(5).map(([i, j]) => ({
      ...fullTile(`i${i}${j}`, texels, texels, 'linear'),
      target: rect(x + i * side, y + j * side, side, side),
    })),
    ...grid(6).map(([i, j]) => ({
      ...fullTile(`o${zoom}/${i}${j}`, overTexels, overTexels, 'nearest'),
      target: rect(Math.round(x) + i * overTexels, Math.round(y) + j * overTexels, overTexels, overTexels),
      opacity,
    })),
  ];
};

/** A renderer with these tiles that draws tiles over tiles in one pass: what does so is loaded by the first of them. */
const ready = async (): Promise<Renderer> => {
  const renderer = createRenderer(document.createElement('canvas'));
  renderer.resize(size, size);
  upload(renderer);
  const gl = renderer.canvas.getContext('webgl2')!;
  const draw = gl.drawArrays;
  let isReady = false;
  gl.drawArrays = (...given) => {
    isReady = true;
    draw.apply(gl, given);
  };
  while (!isReady) {
    renderer.draw([], white);
    renderer.draw(tiles({ x: 0.7, y: 0.3, zoom: 2 }), white);
    await new Promise((resolve) => setTimeout(resolve));
  }
  gl.drawArrays = draw;
  return renderer;
};

const draw = (renderer: Renderer, picture: Picture) => {
  renderer.draw([], white);
  renderer.draw(picture, white);
  return readCanvas(renderer.canvas);
};

/** One after the other. */
const all =
  (...prepared: readonly ((renderer: Renderer) => void)[]) =>
  (renderer: Renderer): void => {
    for (const prepare of prepared) prepare(renderer);
  };

/** Each tile drawn by itself: a renderer does so until it has loaded what draws them together. */
const oneByOne = (picture: Picture, prepare = upload) =>
  drawn(size.width, size.height, 1, picture, { prepare });

const bytesOf = (pixels: number) => pixels * 4;

describe('tiles with those over them in composites', () => {
  for (const opacity of [1, 0.6]) {
    it(`look as drawn one by one on 60 steps by whole px and between three zooms (seed 12, opacity ${opacity})`, async () => {
      const next = seeded(12);
      const renderer = await ready();
      const before = renderer.textureBytes;
      const fractions = zooms.map(() => [(next() % 8) / 8, (next() % 8) / 8] as const);
      let at = { x: -20, y: -15, zoom: 0 };
      try {
        for (const step of numbers(60)) {
          const zoom = next() % 5 === 0 ? next() % 3 : at.zoom;
          const move = () => (next() % 41) - 20;
          at = {
            x: Math.max(-90, Math.min(40, at.x + move())),
            y: Math.max(-70, Math.min(40, at.y + move())),
            zoom,
          };
          const [fx, fy] = fractions[zoom]!;
          const picture = tiles({ x: at.x + fx, y: at.y + fy, zoom: zooms[zoom]! }, opacity);
          const { largest } = compare(oneByOne(picture), draw(renderer, picture));
          assert(largest <= 1, `step ${step} differs by ${largest}`);
        }
        assert(renderer.textureBytes > before, 'no composite was made');
        assertEqual(renderer.canvas.getContext('webgl2')!.getError(), 0, 'error');
      } finally {
        renderer.dispose();
      }
    });
  }

  it('are made of what is seen a second time at the same place, and go with the tiles over it', async () => {
    const renderer = await ready();
    try {
      const before = renderer.textureBytes;
      draw(renderer, tiles({ x: -10.5, y: -10.5, zoom: 1.3 }));
      assertEqual(renderer.textureBytes, before, 'bytes after the first sight');
      draw(renderer, tiles({ x: -15.5, y: -8.5, zoom: 1.3 }));
      // From -10 and -10 on 150 × 120 px show four columns of 40 px and four rows; the fifth column is new.
      assertEqual(renderer.textureBytes - before, bytesOf(16 * overTexels ** 2), 'bytes after the second');
      for (const [x, y] of grid(6)) renderer.freeTile(`o1.3/${x}${y}`);
      assertEqual(renderer.textureBytes, before - bytesOf(36 * overTexels ** 2), 'bytes after freeing');
    } finally {
      renderer.dispose();
    }
  });

  it('are not made while each frame moves the image by parts of a px', async () => {
    const renderer = await ready();
    try {
      const before = renderer.textureBytes;
      for (const step of numbers(6)) {
        const picture = tiles({ x: -10 + step * 0.3, y: -10, zoom: 1.3 });
        const { largest } = compare(oneByOne(picture), draw(renderer, picture));
        assert(largest <= 1, `step ${step} differs by ${largest}`);
      }
      assertEqual(renderer.textureBytes, before, 'bytes');
    } finally {
      renderer.dispose();
    }
  });

  it('show the pixels that a tile under or over them has anew', async () => {
    const renderer = await ready();
    const picture = tiles({ x: -10.5, y: -10.5, zoom: 1.3 });
    const asOneByOne = (prepare: (renderer: Renderer) => void, what: string) => {
      for (const time of [1, 2, 3]) {
        const { largest } = compare(oneByOne(picture, prepare), draw(renderer, picture));
        assert(largest <= 1, `${what}, ${time}. time: differs by ${largest}`);
      }
    };
    const image = (to: Renderer) => uploadImage(to, 100);
    const over = (to: Renderer) =>
      to.uploadTile(
        'o1.3/11',
        tileOf(overTexels, overTexels, (u) => (u % 3 ? [0, 0, 0, 0] : [9, 99, 200, 255])),
      );
    try {
      asOneByOne(upload, 'at first');
      image(renderer);
      asOneByOne(all(upload, image), 'another image');
      over(renderer);
      asOneByOne(all(upload, image, over), 'another tile over it');
      renderer.freeTile('i22');
      const without = (to: Renderer) => to.freeTile('i22');
      asOneByOne(all(upload, image, over, without), 'a tile gone');
    } finally {
      renderer.dispose();
    }
  });

  it('show a coarse tile where it stands in for finer ones, as they come one by one', async () => {
    const renderer = await ready();
    const coarse = (to: Renderer) =>
      to.uploadTile(
        'c',
        tileOf(64, 64, (u, v) => [(u * 4) % 256, (v * 4) % 256, 80, 255]),
      );
    coarse(renderer);
    const fine = grid(5);
    try {
      for (const there of [0, 3, 3, 3, 11, 11, 25, 25]) {
        const full = tiles({ x: -10, y: -10, zoom: 1.3 });
        const side = texels * 1.3;
        const picture = full.map((shape, i) => {
          if (i >= fine.length || i < there) return shape;
          const [x, y] = fine[i]!;
          const part = rect(x * 12.8, y * 12.8, 12.8, 12.8);
          return {
            ...fullTile('c', 64, 64, 'linear'),
            source: part,
            target: rect(-10 + x * side, -10 + y * side, side, side),
          };
        });
        const { largest } = compare(oneByOne(picture, all(upload, coarse)), draw(renderer, picture));
        assert(largest <= 1, `with ${there} tiles differs by ${largest}`);
      }
    } finally {
      renderer.dispose();
    }
  });

  const looksRight = (renderer: Renderer, picture: Picture, what: string) => {
    const { largest } = compare(oneByOne(picture), draw(renderer, picture));
    assert(largest <= 1, `${what}: differs by ${largest}`);
  };

  for (const [what, pictures] of [
    [
      'as the image moves by whole px under tiles that stay',
      [0, 1, 1, 3, 3].map((by) => {
        const there = tiles({ x: -10.5, y: -10.5, zoom: 0.8 });
        const moved = tiles({ x: -10.5 + by, y: -10.5 - by, zoom: 0.8 });
        return [...moved.slice(0, 25), ...there.slice(25)];
      }),
    ],
    [
      'as they fade',
      [1, 1, 0.5, 0.5, 1, 1].map((opacity) => tiles({ x: -10.5, y: -10.5, zoom: 1.3 }, opacity)),
    ],
    [
      'over tiles that lie on one another, as those come that lie lower',
      [2, 2, 2, 1, 1, 1].map((each) => {
        const side = texels * 1.3;
        const wider = (i: number) =>
          rect(-10 + (i % 5) * side, -10 + Math.floor(i / 5) * side, side + 7, side + 7);
        const all = tiles({ x: -10, y: -10, zoom: 1.3 });
        const unders = all
          .slice(0, 25)
          .map((shape, i) => ({ ...shape, target: wider(i) }) as (typeof all)[0]);
        return [...unders.filter((_, i) => (i + 1) % each === 0), ...all.slice(25)];
      }),
    ],
    [
      'that come to be drawn at two sizes at once',
      [1, 1, 1, 2, 2, 1, 1].map((sizes) => {
        const key = 'o1.3/00';
        const small = { ...fullTile(key, overTexels, overTexels, 'nearest'), target: rect(70, 60, 20, 20) };
        const large = { ...small, target: rect(0, 0, overTexels, overTexels) };
        return [...tiles({ x: -10, y: -10, zoom: 1.3 }).slice(0, 25), ...[large, small].slice(0, sizes)];
      }),
    ],
  ] as const) {
    it(`look as drawn one by one ${what}`, async () => {
      const renderer = await ready();
      try {
        for (const [i, picture] of pictures.entries()) looksRight(renderer, picture, `picture ${i}`);
        assertEqual(renderer.canvas.getContext('webgl2')!.getError(), 0, 'error');
      } finally {
        renderer.dispose();
      }
    });
  }

  describe('of large tiles over one', () => {
    const side = 1100;
    const under = { ...fullTile('u', 8, 8, 'nearest'), target: rect(0, 0, side, side) };
    let renderer: Renderer;

    beforeEach(async () => {
      renderer = await ready();
      renderer.resize({ width: side, height: side }, { width: side, height: side });
      const green = () => [10, 200, 30, 255] as const;
      renderer.uploadTile('u', tileOf(8, 8, green));
    });

    afterEach(() => renderer.dispose());

    const uploadClear = (key: string, length: number) => {
      const rgba = new Uint8Array(bytesOf(length ** 2));
      renderer.uploadTile(key, { width: length, height: length, rgba, isPremultiplied: true });
    };

    const see = (overs: Picture) => {
      renderer.draw([], white);
      renderer.draw([under, ...overs], white);
    };

    it('are made of half a canvas at a time, and of nothing that is interpolated', () => {
      for (const [x, y] of grid(2)) uploadClear(`${x}${y}`, 512);
      const start = renderer.textureBytes;
      const made = (filter: 'nearest' | 'linear') => {
        see(
          grid(2).map(([x, y]) => ({
            ...fullTile(`${x}${y}`, 512, 512, filter),
            target: rect(x * 512, y * 512, 512, 512),
          })),
        );
        return (renderer.textureBytes - start) / bytesOf(512 ** 2);
      };
      assertEqual(
        numbers(4)
          .map(() => made('linear'))
          .join(),
        '0,0,0,0',
        'composites of interpolated ones',
      );
      assertEqual(
        numbers(4)
          .map(() => made('nearest'))
          .join(),
        '0,2,4,4',
        'composites after each frame',
      );
    });

    it('take 64 MiB at most, those go first that were not seen for a second, and none is larger than 1024 px', async () => {
      const over = (key: string, length = 1024): Picture => [
        { ...fullTile(key, 1024, 1024, 'nearest'), target: rect(0, 0, length, length) },
      ];
      const show = (key: string, length = 1024) => {
        uploadClear(key, 1024);
        for (const _ of numbers(3)) see(over(key, length));
      };
      show('stretched', 1025);
      const start = renderer.textureBytes;
      const composites = (tiles: number) => (renderer.textureBytes - start) / bytesOf(1024 ** 2) - tiles;
      for (const i of numbers(16)) show(`${i}`);
      assertEqual(composites(16), 16, 'composites of 16 tiles');
      let fromMs = 0;
      // All are seen within the second, however busy the machine is.
      do {
        fromMs = performance.now();
        for (const i of numbers(48)) see(over(`${i % 16}`));
        show('16');
        renderer.freeTile('16');
      } while (performance.now() - fromMs > 900);
      assertEqual(composites(16), 16, 'composites after one more, that had none');
      await new Promise((resolve) => setTimeout(resolve, 1100));
      show('17');
      assertEqual(composites(17), 16, 'composites a second later');
      renderer.freeTile('17');
      assertEqual(composites(16), 15, 'composites without the last');
      renderer.freeTile('0');
      assertEqual(composites(15), 15, 'composites without that unseen the longest, whose was gone before');
    });
  });
});
