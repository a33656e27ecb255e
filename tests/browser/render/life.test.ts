import { InnotaterError } from '../../../src/errors/index.js';
import { rect } from '../../../src/geometry/index.js';
import type { Picture } from '../../../src/paint/index.js';
import { createRenderer, type Renderer } from '../../../src/render/index.js';
import { waitFor } from '../expect.js';
import { assert, assertEqual, black, compare, fullTile, readCanvas, tileOf, white } from './kit.js';

const font = { family: 'sans-serif', sizePx: 13, weight: 400 };
const picture: Picture = [
  fullTile('t', 32, 32, 'linear'),
  { tag: 'rounded', rect: rect(40, 4, 30, 20), radius: 5, fill: [0.2, 0.4, 0.8, 1] },
  { tag: 'text', text: 'Label', at: { x: 42, y: 20 }, align: 'left', font, color: white },
  {
    tag: 'box',
    rect: rect(8, 8, 16, 16),
    style: { color1: white, color2: black, lineDash: [2], lineWidth: 1, opacity: 0.9 },
  },
];
const tile = tileOf(32, 32, (x, y) => [x * 8, y * 8, 90, 255]);

const created = (width = 80, height = 40): Renderer => {
  const renderer = createRenderer(document.createElement('canvas'));
  renderer.resize({ width, height }, { width, height });
  return renderer;
};

/** Resolves in a task after the event, when every listener was told: a context cannot be restored inside its own event. */
const eventOf = (target: EventTarget, name: string) =>
  new Promise((resolve) => target.addEventListener(name, () => setTimeout(resolve), { once: true }));

/** Counts calls to draw; what they do stays as it is. */
const countingDrawCalls = (use: () => void): number => {
  const prototype = WebGL2RenderingContext.prototype;
  const real = prototype.drawElements;
  let calls = 0;
  prototype.drawElements = function (this: WebGL2RenderingContext, ...args) {
    calls += 1;
    real.apply(this, args);
  };
  try {
    use();
  } finally {
    prototype.drawElements = real;
  }
  return calls;
};

/** Runs with calls to a method of contexts going through `instead`, which is given the real one. */
const withMethod = async <Name extends 'getProgramParameter' | 'getUniformLocation' | 'shaderSource'>(
  name: Name,
  instead: (
    gl: WebGL2RenderingContext,
    real: WebGL2RenderingContext[Name],
    args: Parameters<WebGL2RenderingContext[Name]>,
  ) => unknown,
  use: () => Promise<void>,
): Promise<void> => {
  const prototype = WebGL2RenderingContext.prototype as Record<Name, unknown>;
  const real = prototype[name] as WebGL2RenderingContext[Name];
  prototype[name] = function (this: WebGL2RenderingContext, ...args: Parameters<typeof real>) {
    return instead(this, real, args);
  };
  try {
    await use();
  } finally {
    prototype[name] = real;
  }
};

describe('programs', () => {
  it('are drawn with at once: no upload and no frame asks how they linked, it is looked at once, later', async () => {
    const asked: string[] = [];
    const note = (name: string) => (gl: WebGL2RenderingContext, real: unknown, args: readonly unknown[]) => {
      asked.push(name);
      return (real as (...given: readonly unknown[]) => unknown).apply(gl, [...args]);
    };
    await withMethod('getProgramParameter', note('state'), () =>
      withMethod('getUniformLocation', note('place'), async () => {
        const renderer = created();
        renderer.uploadTile('t', tile);
        for (const background of [white, black, white]) {
          renderer.draw(picture, background);
          assertEqual(asked.join(), '', 'asked of frames');
          await new Promise((resolve) => setTimeout(resolve));
        }
        await waitFor(() => asked.length > 1, 'both are looked at');
        assertEqual(asked.join(), 'state,state', 'asked of shapes and tiles');
        renderer.draw(picture, black);
        assertEqual(asked.length, 2, 'asked again');
        renderer.dispose();
      }),
    );
  });

  it('that do not compile are told of, with the line, though nothing more is drawn', async () => {
    const broken = (
      gl: WebGL2RenderingContext,
      real: WebGL2RenderingContext['shaderSource'],
      args: unknown,
    ) => {
      const [shader, source] = args as Parameters<typeof real>;
      real.call(gl, shader, source.replace('outColor = texture', 'outColor = textur'));
    };
    const original = globalThis.reportError;
    const told: string[] = [];
    globalThis.reportError = (error: Error) => void told.push(error.message);
    try {
      await withMethod('shaderSource', broken, async () => {
        const renderer = created();
        renderer.uploadTile('t', tile);
        renderer.draw(picture, white);
        await waitFor(() => told.length > 0, 'it is told');
        assertEqual(told.length, 1, 'told');
        assert(/a shader does not compile here: [\s\S]*'textur'/.test(told[0]!), told[0]!);
        renderer.dispose();
      });
    } finally {
      globalThis.reportError = original;
    }
  });
});

describe('drawing on demand', () => {
  it('draws an equal picture no second time, and draws what changed', () => {
    const renderer = created();
    renderer.uploadTile('t', tile);
    assert(renderer.draw(picture, white), 'first');
    const calls = countingDrawCalls(() => {
      for (let i = 0; i < 10; i += 1)
        assert(!renderer.draw(structuredClone(picture) as Picture, white), 'again');
    });
    assertEqual(calls, 0, 'draw calls');
    assert(renderer.draw(picture, black), 'another background');
    assert(renderer.draw(picture.slice(1), black), 'another picture');
    renderer.dispose();
  });

  it('draws again after a new size, a tile that is shown, or forgotten text; not for a tile that is not shown', () => {
    const renderer = created();
    renderer.draw(picture, white);
    renderer.uploadTile('prefetched', tile);
    assert(!renderer.draw(picture, white), 'a tile that is not shown');
    renderer.uploadTile('t', tile);
    assert(renderer.draw(picture, white), 'a tile that is shown');
    renderer.freeTile('t');
    assert(renderer.draw(picture, white), 'its removal');
    renderer.resize({ width: 80, height: 40 }, { width: 80, height: 40 });
    assert(!renderer.draw(picture, white), 'the same size');
    renderer.resize({ width: 80, height: 40 }, { width: 160, height: 80 });
    assert(renderer.draw(picture, white), 'another size');
    renderer.forgetText();
    assert(renderer.draw(picture, white), 'forgotten text');
    renderer.dispose();
  });

  it('needs one draw call for a form of 200 clipped and rounded controls with text', () => {
    const renderer = created(800, 800);
    const form: Picture = Array.from({ length: 200 }, (_, i) => {
      const area = rect(10 + (i % 5) * 150, 4 + Math.floor(i / 5) * 19, 140, 17);
      return {
        tag: 'clip',
        rect: area,
        shapes: [
          { tag: 'rounded', rect: area, radius: 4, fill: white, border: { width: 1, color: black } },
          {
            tag: 'text',
            text: `Control ${i}`,
            at: { x: area.x + 4, y: area.y + 13 },
            align: 'left',
            font,
            color: black,
          },
        ],
      };
    });
    assertEqual(
      countingDrawCalls(() => renderer.draw(form, white)),
      1,
      'draw calls',
    );
    renderer.dispose();
  });

  it('holds the text of a form of 1,200 texts at once: nothing of it is painted again', () => {
    const renderer = created(800, 800);
    const text = (row: number, key: string): Picture[number] => ({
      tag: 'text',
      text: key,
      at: { x: 4, y: 14 + (row % 40) * 19 },
      align: 'left',
      font,
      color: black,
    });
    const form: Picture = Array.from({ length: 300 }, (_, row) => [
      text(row, `box ${row}`),
      text(row, `${row}.25, ${row * 7}.5, ${row * 3}.125, ${row * 11}.75`),
      text(row, `class ${row} of the sample`),
      text(row, `Remove row ${row}`),
    ]).flat();
    const paint = CanvasRenderingContext2D.prototype.fillText;
    let painted = 0;
    CanvasRenderingContext2D.prototype.fillText = function (...given) {
      painted += 1;
      return paint.apply(this, given);
    };
    try {
      renderer.draw(form, white);
      const first = painted;
      assert(first >= form.length, 'all was painted');
      renderer.draw([...form, { tag: 'rounded', rect: rect(1, 1, 9, 9), radius: 2, fill: black }], white);
      assertEqual(painted, first, 'painted once');
    } finally {
      CanvasRenderingContext2D.prototype.fillText = paint;
    }
    renderer.dispose();
  });
});

describe('a lost context', () => {
  it('says so, throws nowhere, and draws the same pixels when it is back', async () => {
    const renderer = created();
    const told: string[] = [];
    renderer.onContext((state) => told.push(state));
    renderer.uploadTile('t', tile);
    renderer.draw(picture, white);
    const before = readCanvas(renderer.canvas);
    const extension = renderer.canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;

    const lost = eventOf(renderer.canvas, 'webglcontextlost');
    extension.loseContext();
    assert(renderer.isLost, 'lost at once, before the event');
    renderer.uploadTile('t', tile);
    assert(!renderer.draw(picture, white), 'drawn before the event');
    await lost;
    assertEqual(renderer.textureBytes, 0, 'bytes while lost');
    renderer.uploadTile('t', tile);
    renderer.freeTile('t');
    renderer.resize({ width: 80, height: 40 }, { width: 80, height: 40 });
    renderer.forgetText();
    assert(renderer.text.width('Label', font) > 10, 'text is still measured');
    assert(!renderer.draw(picture, white), 'drawn while lost');
    const failure = await renderer.snapshot().catch((error: unknown) => error);
    assert(failure instanceof InnotaterError && failure.code === 'limit', `snapshot: ${failure}`);

    const restored = eventOf(renderer.canvas, 'webglcontextrestored');
    extension.restoreContext();
    await restored;
    assert(!renderer.isLost, 'still lost');
    renderer.uploadTile('t', tile);
    assert(renderer.draw(picture, white), 'not drawn after it is back');
    assertEqual(compare(before, readCanvas(renderer.canvas)), { largest: 0, count: 0 }, 'pixels');
    assertEqual(told, ['lost', 'restored'], 'events');
    renderer.dispose();
  });

  it('keeps its text without drawing it anew', async () => {
    const renderer = created();
    const words: Picture = [
      { tag: 'text', text: 'Kept', at: { x: 4, y: 20 }, align: 'left', font, color: black },
    ];
    renderer.draw(words, white);
    const before = readCanvas(renderer.canvas);
    const extension = renderer.canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    const lost = eventOf(renderer.canvas, 'webglcontextlost');
    extension.loseContext();
    await lost;
    const restored = eventOf(renderer.canvas, 'webglcontextrestored');
    extension.restoreContext();
    await restored;
    renderer.draw(words, white);
    assertEqual(compare(before, readCanvas(renderer.canvas)), { largest: 0, count: 0 }, 'pixels');
    renderer.dispose();
  });
});

describe('memory', () => {
  it('counts every byte of tiles and gives all back', () => {
    const renderer = created();
    assertEqual(renderer.textureBytes, 0, 'at first');
    for (let round = 0; round < 20; round += 1) {
      for (let i = 0; i < 8; i += 1) renderer.uploadTile(`${i}`, tile);
      assertEqual(renderer.textureBytes, 8 * 32 * 32 * 4, 'eight tiles');
      for (let i = 0; i < 8; i += 1) renderer.freeTile(`${i}`);
      assertEqual(renderer.textureBytes, 0, 'freed');
    }
    renderer.draw(picture, white);
    assert(renderer.textureBytes > 0, 'the atlas is not counted');
    renderer.dispose();
    assertEqual(renderer.textureBytes, 0, 'disposed');
  });

  it('does not grow with ever new text', () => {
    const renderer = created(400, 400);
    const frame = (n: number): Picture =>
      Array.from({ length: 20 }, (_, i) => ({
        tag: 'text',
        text: i < 10 ? `Label ${i}` : `file-${n}-${i}.jpeg`,
        at: { x: 4, y: 15 + i * 18 },
        align: 'left',
        font,
        color: black,
      }));
    renderer.draw(frame(-1), white);
    const bytes = renderer.textureBytes;
    for (let n = 0; n < 300; n += 1) renderer.draw(frame(n), white);
    assertEqual(renderer.textureBytes, bytes, 'bytes of the atlas after 300 pages');
    renderer.dispose();
  });

  it('frees every GL object it made', () => {
    const prototype = WebGL2RenderingContext.prototype;
    const kinds = [
      'Texture',
      'Buffer',
      'Program',
      'VertexArray',
      'Sampler',
      'Shader',
      'Framebuffer',
    ] as const;
    const alive = new Map<object, string>();
    const undo: (() => void)[] = [];
    for (const kind of kinds) {
      const methods = prototype as unknown as Record<string, (this: unknown, ...args: unknown[]) => unknown>;
      const [create, remove] = [methods[`create${kind}`]!, methods[`delete${kind}`]!];
      methods[`create${kind}`] = function (...args) {
        const made = create.apply(this, args);
        alive.set(made as object, kind);
        return made;
      };
      methods[`delete${kind}`] = function (...args) {
        alive.delete(args[0] as object);
        return remove.apply(this, args);
      };
      undo.push(() => {
        methods[`create${kind}`] = create;
        methods[`delete${kind}`] = remove;
      });
    }
    try {
      const renderer = created();
      renderer.uploadTile('t', tile);
      renderer.draw(picture, white);
      renderer.dispose();
    } finally {
      for (const restore of undo) restore();
    }
    assertEqual([...alive.values()], [], 'left over');
  });

  it('lets forty views come and go while the first one stays', () => {
    const first = created();
    first.uploadTile('t', tile);
    for (let i = 0; i < 40; i += 1) {
      const renderer = created();
      assert(renderer.draw(picture, white), `view ${i} was not drawn`);
      renderer.dispose();
      renderer.dispose();
      assert(!renderer.draw(picture, white), 'drawn after dispose');
      renderer.uploadTile('t', tile);
      renderer.freeTile('t');
    }
    assert(!first.isLost && first.draw(picture, white), 'the first view lost its context');
    first.dispose();
  });
});

describe('what cannot be', () => {
  it('a browser without WebGL2 gives an error that says what to do', () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    try {
      createRenderer(canvas);
    } catch (error) {
      assert(error instanceof InnotaterError && error.code === 'limit', `${error}`);
      assert(/WebGL2/.test((error as Error).message), 'the message does not name WebGL2');
      return;
    }
    throw new Error('nothing was thrown');
  });

  it('a tile of a wrong length is a bug and throws', () => {
    const renderer = created();
    const throws = (use: () => void) => {
      try {
        use();
        return false;
      } catch {
        return true;
      }
    };
    assert(
      throws(() => renderer.uploadTile('x', { width: 2, height: 2, rgba: new Uint8Array(15) })),
      'too short',
    );
    renderer.dispose();
  });
});

describe('snapshot', () => {
  it('is a PNG of what is drawn', async () => {
    const renderer = created();
    renderer.uploadTile('t', tile);
    renderer.draw(picture, white);
    const before = readCanvas(renderer.canvas);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const blob = await renderer.snapshot();
    assertEqual(blob.type, 'image/png', 'type');
    const bitmap = await createImageBitmap(blob);
    const context = new OffscreenCanvas(80, 40).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, 80, 40);
    assertEqual(compare(before, { width: 80, height: 40, rgba: data }), { largest: 0, count: 0 }, 'pixels');
    renderer.dispose();
  });
});
