export type TextDirection = 'ltr' | 'rtl';

const rightToLeftMarks = '\u200f\u061c';
const leftToRightMark = '\u200e';
const firstStrong = /[\p{L}\u200e\u200f\u061c]/u;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Base direction by the first letter or direction mark, as HTML's dir="auto" finds it (Unicode bidi, rules P2 and P3). */
export const directionOf = (text: string): TextDirection => {
  const strong = firstStrong.exec(text)?.[0] ?? '';
  return strong !== '' && (rightToLeftMarks.includes(strong) || rightToLeft.test(strong)) ? 'rtl' : 'ltr';
};

/** The text with a mark before it where its own letters would give it another base direction: a line of a longer paragraph. */
export const inDirection = (text: string, direction: TextDirection): string =>
  directionOf(text) === direction
    ? text
    : `${direction === 'rtl' ? rightToLeftMarks[0]! : leftToRightMark}${text}`;
