import { boxStyles } from '../../../src/innotations/annotation-styles.js';
import { BoxLayerInnotation, ImageInnotation } from '../../../src/innotations/index.js';
import type { Color } from '../../../src/paint/index.js';
import { assert, assertEqual } from './kit.js';

/** Of CSS Color Module Level 4, section 6. */
const names = `
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid
darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro
ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow
lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise
mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange
orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell
sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato
transparent turquoise violet wheat white whitesmoke yellow yellowgreen`
  .trim()
  .split(/\s+/);

const context = document.createElement('canvas').getContext('2d')!;

/** What the browser makes of a colour, as bytes and alpha; null where it does not take it. */
const browserColor = (text: string): number[] | null => {
  if (!CSS.supports('color', text)) return null;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  return Array.from(context.getImageData(0, 0, 1, 1).data);
};

const bytes = (color: Color) => color.map((value) => Math.round(value * 255));
const refusal = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    return `${(error as Error).name} ${(error as { code?: string }).code}: ${(error as Error).message}`;
  }
  return '';
};
/** What the option makes of a colour, null where it refuses it. */
const ours = (text: string): number[] | null => {
  let color: number[] | null = null;
  const refused = refusal(() => {
    color = bytes(boxStyles({ color1: text }).normal.color1);
  });
  const expected = `InnotaterError data: annotationStyles.color1 is not a CSS colour: ${JSON.stringify(text)}`;
  assertEqual(refused, color ? '' : expected, text);
  return color;
};

describe('colours of the options against the browser', () => {
  it('knows all 148 names and transparent as the browser does', () => {
    assertEqual(names.length, 149, 'number of names');
    const element = document.body.appendChild(document.createElement('i'));
    for (const name of names) {
      element.style.color = name;
      const computed = getComputedStyle(element)
        .color.match(/[\d.]+/g)!
        .map(Number);
      const [r, g, b, a = 1] = computed;
      assertEqual(ours(name), [r, g, b, a * 255], name);
      assertEqual(ours(` ${name.toUpperCase()}\n`), ours(name), name);
    }
    element.remove();
  });

  it('refuses words that name no colour, by each option', () => {
    const words = [
      'reddish',
      'constructor',
      'inherit',
      'initial',
      'none',
      'auto',
      'currentcolor',
      'currentColor',
    ];
    for (const word of words) {
      assertEqual(ours(word), null, word);
      const image = () => new ImageInnotation(['a.png'], { annotationStyles: { color2: word } });
      const ofStyle = `InnotaterError data: annotationStyles.color2 is not a CSS colour: "${word}"`;
      assertEqual(refusal(image), ofStyle, word);
      const layer = () => new BoxLayerInnotation([[]], { name: 'cells', color: word });
      const ofLayer = `InnotaterError data: BoxLayerInnotation cells: color is not a CSS colour: "${word}"`;
      assertEqual(refusal(layer), ofLayer, word);
    }
  });

  it('takes and refuses the same notations', () => {
    const texts = [
      '#abc',
      '#abcf',
      '#aabbcc',
      '#AABBCCFF',
      '#ab',
      '#abcde',
      'rgb(1,2,3)',
      'rgb(1 2 3)',
      'rgb(1, 2 3)',
      'rgba(9,8,7,1)',
      'rgb(9 8 7 / 1)',
      'rgb(9,8,7/1)',
      'rgb(50%,0%,100%)',
      'rgb(300,-4,2)',
      'rgb(1,2)',
      'rgb()',
      'rgb(1 2 3 4)',
      'RED',
      'not-a-colour',
      '12',
      'rgb(1e1, 2, 3)',
      'rgb(.5,1.5,2.)',
    ];
    for (const text of texts) {
      const [a, b] = [ours(text), browserColor(text)];
      assert((a === null) === (b === null), `${text}: ${a} and ${b}`);
      if (a && b)
        assert(
          a.every((value, i) => Math.abs(value - b[i]!) <= 1),
          `${text}: ${a} and ${b}`,
        );
    }
  });
});
