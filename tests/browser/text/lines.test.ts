import { executeServerCommand } from '@web/test-runner-commands';
import { TextInnotation } from '../../../src/innotater/index.js';
import { createLineBreaker } from '../../../src/shell/native-lines.js';
import { equal, isTrue, near } from '../expect.js';
import { clear, one, show } from '../innotater/support.js';
import { samples } from './samples.js';

const font = { family: 'sans-serif', sizePx: 14, weight: 400 };

/** Lines of a laid out paragraph, sign by sign: a second way to find them, slow and plain. */
const linesOneByOne = (paragraph: string, width: number): string[] => {
  const element = document.body.appendChild(document.createElement('div'));
  element.style.cssText = `position: absolute; white-space: pre-wrap; overflow-wrap: break-word; unicode-bidi: plaintext;
    font: 400 14px sans-serif; line-height: 60px; width: ${width}px`;
  element.textContent = paragraph;
  const range = document.createRange();
  const lines: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < paragraph.length; i++) {
    range.setStart(element.firstChild!, i);
    range.setEnd(element.firstChild!, i + 1);
    const top = range.getClientRects()[0]?.top ?? last;
    if (top > last + 30) lines.push('');
    last = Math.max(last, top);
    lines.push((lines.pop() ?? '') + paragraph[i]!);
  }
  element.remove();
  return lines;
};

/** How many lines a text area of this inner width has. */
const linesOfArea = (text: string, width: number): number => {
  const area = document.body.appendChild(document.createElement('textarea'));
  area.style.cssText = `box-sizing: content-box; border: 0; padding: 0; font: 400 14px sans-serif; line-height: 20px; width: ${width}px;
    height: 0; overflow: hidden; overflow-wrap: break-word; white-space: pre-wrap`;
  area.value = text;
  const { scrollHeight } = area;
  area.remove();
  return scrollHeight / 20;
};

type Ink = {
  readonly bands: readonly (readonly [number, number])[];
  readonly rows: readonly (readonly [number, number])[];
};

/** Where the ink of each line is in a picture of the field: rows of lines with ink, and from where to where in each. */
const inkIn = async (element: Element): Promise<Ink> => {
  const { x, y, width, height } = element.getBoundingClientRect();
  const clip = {
    x: x + window.scrollX + 4,
    y: y + window.scrollY + 4,
    width: width - 8,
    height: height - 8,
    scale: 1,
  };
  const { data } = (await executeServerCommand('cdp', {
    method: 'Page.captureScreenshot',
    params: { format: 'png', clip },
  })) as { data: string };
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return inkOf(pixels);
};

const inkOf = ({ data, width, height }: ImageData): Ink => {
  const ground = [data[0]!, data[1]!, data[2]!];
  const isInk = (i: number) => [0, 1, 2].some((c) => Math.abs(data[i + c]! - ground[c]!) > 40);
  const bands: [number, number][] = [];
  const rows: [number, number][] = [];
  for (let y = 0; y < height; y++) {
    let [left, right] = [width, -1];
    for (let x = 0; x < width; x++) {
      if (!isInk((y * width + x) * 4)) continue;
      left = Math.min(left, x);
      right = x;
    }
    if (right < 0) continue;
    const band = bands.at(-1);
    if (band && rows.at(-1)![1] === y - 1) {
      rows.at(-1)![1] = y;
      band[0] = Math.min(band[0], left);
      band[1] = Math.max(band[1], right);
    } else {
      rows.push([y, y]);
      bands.push([left, right]);
    }
  }
  return { bands, rows };
};

describe('lines of text', () => {
  const breaker = () => {
    const host = document.body.appendChild(document.createElement('div'));
    const shadow = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '.lines { position: absolute; white-space: pre-wrap; overflow-wrap: break-word; unicode-bidi: plaintext }',
    );
    shadow.adoptedStyleSheets = [sheet];
    return { breaker: createLineBreaker(shadow), remove: () => host.remove() };
  };

  for (const [name, text] of Object.entries(samples)) {
    it(`${name}: broken as the browser breaks them, sign by sign, at six widths`, () => {
      const { breaker: made, remove } = breaker();
      for (const width of [41, 90, 137.5, 200, 333, 600]) {
        for (const paragraph of text.split('\n')) {
          if (paragraph === '') continue;
          const lines = made.lines(paragraph, font, width);
          equal(lines, linesOneByOne(paragraph, width), `at ${width} px`);
          equal(lines.length, linesOfArea(paragraph, width), `lines of a text area at ${width} px`);
        }
      }
      remove();
    });

    it(`${name}: the first lines of a long paragraph are those of the whole, asked for by and by`, () => {
      const { breaker: made, remove } = breaker();
      const paragraph = text.replaceAll('\n', ' ').repeat(12);
      for (const width of [41, 200]) {
        const whole = breaker();
        const lines = whole.breaker.lines(paragraph, font, width);
        whole.remove();
        for (const most of [1, 4, 3, 9, 10_000, 2]) {
          equal(made.lines(paragraph, font, width, most), lines.slice(0, most), `${most} at ${width} px`);
        }
      }
      remove();
    });
  }

  it('plain words without any width break at each sign, as the browser breaks them', () => {
    const { breaker: made, remove } = breaker();
    const every = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
    const words = [
      'box_12',
      'a b',
      'office fl ffi fi',
      'e-mail/path.name, 12.5%',
      '-1 --x',
      every.join(''),
      every.join(' '),
    ];
    for (const word of [...words, ...every]) {
      equal(made.lines(word, font, 0), linesOneByOne(word, 0), word);
      equal(made.lines(word, font, 0, 1), linesOneByOne(word, 0).slice(0, 1), `the first of ${word}`);
    }
    for (const other of [' a', 'a ', 'a  b', 'a\tb', 'é', '']) {
      equal(made.lines(other, font, 0), linesOneByOne(other, 0), JSON.stringify(other));
    }
    remove();
  });

  it('no room at all, or less than none: sign by sign or as the browser has it, without end never', () => {
    const { breaker: made, remove } = breaker();
    for (const width of [0, -5, -5.5, -200]) {
      equal(made.lines('no room', font, width).join(''), 'no room', `whole at ${width} px`);
      equal(made.lines('nowhere', font, width, 2).length <= 2, true, `two lines at ${width} px`);
    }
    remove();
  });
});

describe('drawn text lies where the native field has it', () => {
  afterEach(clear);

  for (const [name, text] of Object.entries(samples)) {
    it(`${name}: nothing jumps when the field gets the focus`, async () => {
      const mounted = await show(null, new TextInnotation([text], { desc: 'Note', layout: { width: 300 } }), {
        theme: 'light',
      });
      const area = one<HTMLTextAreaElement>(mounted.host, 'textbox', 'Note');
      area.style.caretColor = 'transparent';
      const drawn = await inkIn(area);
      equal(getComputedStyle(area).opacity, '0');
      area.focus();
      await mounted.view.ready;
      equal(getComputedStyle(area).opacity, '1');
      const native = await inkIn(area);
      isTrue(native.bands.length > 0, 'there is ink');
      equal(drawn.bands.length, native.bands.length, 'lines with ink');
      for (const [i, [left, right]] of native.bands.entries()) {
        near(drawn.bands[i]![0], left, 2, `left of line ${i}`);
        near(drawn.bands[i]![1], right, 2, `right of line ${i}`);
        near(drawn.rows[i]![0], native.rows[i]![0], 1.5, `top of line ${i}`);
      }
    });
  }
});
