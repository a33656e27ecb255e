import type { RowRecord } from './annotation-set.js';

export type PairedRow = RowRecord & { readonly isSame: boolean };

const overlap = ([ax, ay, aw, ah]: readonly number[], [bx, by, bw, bh]: readonly number[]): number => {
  const width = Math.min(ax! + aw!, bx! + bw!) - Math.max(ax!, bx!);
  const height = Math.min(ay! + ah!, by! + bh!) - Math.max(ay!, by!);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (aw! * ah! + bw! * bh! - width * height);
};

const keyOf = ({ box, classId }: RowRecord): string => `${box.join()} ${classId}`;

/** More rows than these are not compared each with each. */
const mostCompared = 500;

/** Rows after an editing with the records of the rows before: of an equal row, of the one that overlaps most, of the one in the same place. */
export const pairedRows = (
  before: readonly RowRecord[],
  after: readonly RowRecord[],
): readonly PairedRow[] => {
  const found = after.map((): number => -1);
  const isTaken = before.map(() => false);
  const pair = (now: number, was: number) => {
    found[now] = was;
    isTaken[was] = true;
  };
  const equal = groups(before);
  for (const [now, row] of after.entries()) {
    const was = equal.get(keyOf(row))?.shift();
    if (was !== undefined) pair(now, was);
  }
  const isSame = found.map((was) => was >= 0);
  const news = after.flatMap((_, now) => (found[now]! < 0 ? [now] : []));
  const olds = before.flatMap((_, was) => (isTaken[was] ? [] : [was]));
  if (news.length * olds.length <= mostCompared ** 2) {
    const pairs = news
      .flatMap((now) => olds.map((was) => ({ now, was, share: overlap(after[now]!.box, before[was]!.box) })))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share);
    for (const { now, was } of pairs) if (found[now]! < 0 && !isTaken[was]) pair(now, was);
  }
  for (const now of news) if (found[now]! < 0 && now < before.length && !isTaken[now]) pair(now, now);
  return after.map((row, now) => ({
    ...row,
    record: found[now]! < 0 ? -1 : before[found[now]!]!.record,
    isSame: isSame[now]!,
  }));
};

const groups = (rows: readonly RowRecord[]): Map<string, number[]> => {
  const at = new Map<string, number[]>();
  for (const [i, row] of rows.entries()) {
    const key = keyOf(row);
    const list = at.get(key);
    if (list) list.push(i);
    else at.set(key, [i]);
  }
  return at;
};
