/** The page of the simulated user: one view over plain arrays, which the test compares with its own. */
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '/dist/innotater.js';

const samples = 12;
const width = 240;
const height = 180;
const contexts = new Set();
for (const Canvas of [HTMLCanvasElement, OffscreenCanvas]) {
  const { getContext } = Canvas.prototype;
  Canvas.prototype.getContext = function (kind, ...rest) {
    const context = getContext.call(this, kind, ...rest);
    if (context && kind === 'webgl2') contexts.add(context);
    return context;
  };
}

const data = {
  boxes: Array.from({ length: samples }, () => [0, 0, 0, 0]),
  kinds: Array.from({ length: samples }, () => -1),
  flags: Array.from({ length: samples }, () => false),
  texts: Array.from({ length: samples }, () => ''),
  marks: Array.from({ length: samples }, () => [0, 0, 0]),
};
const pictures = Array.from({ length: samples }, (_, i) => ({
  data: new Uint8Array(width * height * 3).map((_, k) => (k * 7 + i * 31) % 256),
  shape: [height, width, 3],
}));
const errors = [];
addEventListener('error', ({ message }) => errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));

const make = () => {
  const view = new Innotater(
    new ImageInnotation(pictures, { desc: 'Picture' }),
    [
      new BoundingBoxInnotation(data.boxes, { name: 'box' }),
      new MultiClassInnotation(data.kinds, { name: 'kind', classes: ['ant', 'bee', 'cat'] }),
      new BinaryClassInnotation(data.flags, { name: 'flag' }),
      new TextInnotation(data.texts, { name: 'text', multiline: false }),
      new RepeatInnotation([BinaryClassInnotation, data.marks, { name: 'mark' }], {
        minRepeats: 3,
        maxRepeats: 3,
      }),
    ],
    { undoButtons: true, saveHook: () => true },
  );
  view.addEventListener('error', ({ detail }) => errors.push(detail.error.message));
  return view;
};

const all = (root) =>
  [...root.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]));

globalThis.soak = {
  errors,
  view: null,
  start() {
    this.view = make();
    this.view.mount(document.querySelector('#here'));
    return this.view.ready;
  },
  end() {
    this.view.dispose();
    this.view = null;
  },
  /** The rectangle of a control, by its role's element and its name. */
  rect(selector) {
    const found = all(document.querySelector('#here')).find((element) => element.matches(selector));
    if (!found || found.disabled) return null;
    found.scrollIntoView({ block: 'nearest' });
    const { x, y, width, height } = found.getBoundingClientRect();
    return { x, y, width, height };
  },
  state() {
    const { index, dirtyUindexes } = this.view;
    return { data, index, dirty: [...dirtyUindexes], errors };
  },
  loseContext(msAway) {
    for (const gl of contexts) {
      if (gl.isContextLost()) continue;
      const lose = gl.getExtension('WEBGL_lose_context');
      lose.loseContext();
      setTimeout(() => lose.restoreContext(), msAway);
    }
  },
  /** A moment later, as a person would go on. */
  settled: async () => {
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  },
  held() {
    const { textureBytes, decodedBytes, pendingTiles } = this.view.stats;
    return { textureBytes, decodedBytes, pendingTiles };
  },
};
