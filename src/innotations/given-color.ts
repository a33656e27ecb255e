import { InnotaterError } from '../errors/index.js';
import { type Color, parseColor } from '../paint/index.js';

/** What the browser makes of a word: null where it is the name of no colour. */
const namedColor = (word: string): Color | null => {
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  const colorAfter = (before: string): string => {
    context.fillStyle = before;
    context.fillStyle = word;
    return String(context.fillStyle);
  };
  const color = colorAfter('#000');
  return color === colorAfter('#fff') ? parseColor(color) : null;
};

const black: Color = [0, 0, 0, 1];

/**
 * The caller's CSS colour: what `parseColor` reads, or a name that the browser knows, 'transparent' among them, space around it ignored.
 * Where there is no canvas (Node) nothing is painted, and any word is taken. 'currentcolor' is refused: there is no text whose colour
 * it were. Throws `InnotaterError` 'data' that says `what` the colour was for.
 */
export const givenColor = (what: string, text: string): Color => {
  const word = text.trim().toLowerCase();
  const isName = /^[a-z]+$/.test(word) && word !== 'currentcolor';
  const name = () => (typeof OffscreenCanvas === 'undefined' ? black : namedColor(word));
  const color = isName ? name() : parseColor(text);
  if (color) return color;
  throw new InnotaterError('data', `${what} is not a CSS colour: ${JSON.stringify(text)}`);
};
