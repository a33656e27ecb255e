import type { Pace } from './reading.js';

/** Some objects of a file, one after another, and where they begin in it. */
export type VocPiece = { readonly start: number; readonly text: string };

/** A file cut into pieces; `rest` is the file with `<object/>` in place of each. */
export type VocPieces = { readonly rest: string; readonly pieces: readonly VocPiece[] };

/** Parsed in about half a millisecond. */
const pieceLength = 1 << 14;
/** Tags looked at in less than a millisecond. */
const tagsATime = 1024;

/** In these, markup is text, or text may be markup. */
const isUnclear = /<!|<\?(?!xml\s)/;
const tagForm = /<object(?:\s[^<>]*)?>|<\/object\s*>/g;

/**
 * Cuts a large file at its objects, so that each piece can be parsed in a task of its own. Null where that is not worth it, or where they
 * cannot be told without parsing all: the file is to be parsed whole then, as where a piece is no XML. Positions count UTF-16 units.
 */
export const vocPieces = async (text: string, pace: Pace): Promise<VocPieces | null> => {
  if (text.length < 2 * pieceLength || isUnclear.test(text)) return null;
  const pieces: { start: number; end: number }[] = [];
  let [depth, start, tags] = [0, 0, 0];
  for (const { 0: tag, index } of text.matchAll(tagForm)) {
    tags += 1;
    if (tags % tagsATime === 0) await pace.breathe();
    if (tag.endsWith('/>') && depth > 0) continue;
    if (depth === 0) start = index;
    if (!tag.endsWith('/>')) depth += tag.startsWith('</') ? -1 : 1;
    if (depth < 0) return null;
    if (depth > 0) continue;
    const end = index + tag.length;
    const last = pieces.at(-1);
    const isNext = last && text.slice(last.end, start).trim() === '';
    if (isNext && end - last.start <= pieceLength) last.end = end;
    else pieces.push({ start, end });
  }
  if (depth > 0) return null;
  const between = pieces.map(({ start }, i) => text.slice(pieces[i - 1]?.end ?? 0, start));
  const rest = [...between, text.slice(pieces.at(-1)?.end ?? 0)].join('<object/>');
  return { rest, pieces: pieces.map(({ start, end }) => ({ start, text: text.slice(start, end) })) };
};
