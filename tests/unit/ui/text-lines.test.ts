import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textLines } from '../../../src/ui/text-lines.js';
import { evenText } from './drive.js';

const font = { family: 'any', sizePx: 14, weight: 400 };
/** 7 px a sign. */
const lines = (text: string, signs: number) =>
  textLines(text, font, signs * 7, evenText).map((line) => line.text);

describe('text lines', () => {
  it('breaks at white space', () => {
    expect(lines('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });
  it('breaks at line feeds and keeps empty lines', () => {
    expect(lines('a\n\nb', 10)).toEqual(['a', '', 'b']);
    expect(lines('', 10)).toEqual(['']);
  });
  it('cuts a word that is too long by itself', () => {
    expect(lines('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  });
  it('leaves out white space at the end of a line, and takes every kind of line end', () => {
    expect(lines('one  \r\ntwo\rthree', 20)).toEqual(['one', 'two', 'three']);
  });
  it('each paragraph has the base direction of its first letter, its later lines too', () => {
    const text = 'abc\n12 שלום abc def';
    const directions = textLines(text, font, 8 * 7, evenText).map(({ text: line, direction }) => [
      line,
      direction,
    ]);
    expect(directions).toEqual([
      ['abc', 'ltr'],
      ['12 שלום', 'rtl'],
      ['abc def', 'rtl'],
    ]);
  });
  it('asks the browser for the lines of what is too wide, and for nothing else', () => {
    const asked: string[] = [];
    const native = (paragraph: string) => {
      asked.push(paragraph);
      return [paragraph.slice(0, 3), paragraph.slice(3)];
    };
    const got = textLines('short\nlonger text', font, 8 * 7, { ...evenText, lines: native });
    expect([got.map(({ text }) => text), asked]).toEqual([['short', 'lon', 'ger text'], ['longer text']]);
  });
  it('breaks no more lines than are wanted, and asks the browser for no more', () => {
    const asked: [string, number][] = [];
    const native = (paragraph: string, _font: unknown, _width: number, most: number) => {
      asked.push([paragraph, most]);
      return [...paragraph].slice(0, most);
    };
    const few = (text: string, most: number) =>
      textLines(text, font, 7, { ...evenText, lines: native }, most).map((line) => line.text);
    expect(few('a\nbcde\nfgh', 3)).toEqual(['a', 'b', 'c']);
    expect(few('a\nbc\nfgh', 9)).toEqual(['a', 'b', 'c', 'f', 'g', 'h']);
    expect(asked).toEqual([
      ['bcde', 2],
      ['bc', 8],
      ['fgh', 6],
    ]);
  });
  it('breaks between signs of East Asian scripts', () => {
    expect(lines('日本語の文章', 2)).toEqual(['日本', '語の', '文章']);
  });
  it('does not cut a sign outside the basic plane', () => {
    expect(lines('😀😀😀', 1)).toEqual(['😀', '😀', '😀']);
  });
  it('seed 20: keeps every sign but white space, and every line fits', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '日', 'defghijkl'), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), (parts, signs) => {
        const whole = parts.join('');
        const got = lines(whole, signs);
        expect(got.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
        for (const line of got) expect([...line.trimEnd()].length).toBeLessThanOrEqual(signs);
      }),
      { seed: 20 },
    );
  });
});
