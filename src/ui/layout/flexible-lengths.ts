/** One item of a line along the main axis, in CSS px, border boxes without margins. `max` may be infinite; `padding` does not shrink. */
export type Flexible = {
  readonly base: number;
  readonly min: number;
  readonly max: number;
  readonly padding: number;
  readonly grow: number;
  readonly shrink: number;
};

/** A size between limits; the lower one wins. */
export const clamped = (size: number, min: number, max: number): number => Math.max(min, Math.min(max, size));

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const factorOf = (item: Flexible, grows: boolean): number =>
  grows ? item.grow : item.shrink * Math.max(0, item.base - item.padding);

/** Gives the items still open their shares of `free` and fixes those that break a limit. */
const fixRound = (
  items: readonly Flexible[],
  fixed: (number | null)[],
  free: number,
  grows: boolean,
): void => {
  const open = items.map((item, i) => ({ item, i })).filter(({ i }) => fixed[i] === null);
  const factors = sumOf(open.map(({ item }) => factorOf(item, grows)));
  const tries = open.map(({ item, i }) => {
    const share = factors > 0 ? (free * factorOf(item, grows)) / factors : 0;
    const aim = item.base + share;
    const size = clamped(aim, item.min, item.max);
    return { i, size, excess: size - aim };
  });
  const total = sumOf(tries.map(({ excess }) => excess));
  // Not below, but not above: what is no number must end the rounds as well.
  const isLast = !(Math.abs(total) >= 1e-9);
  for (const { i, size, excess } of tries) if (isLast || excess * total > 0) fixed[i] = size;
};

/** Sizes of a line's items in `room` CSS px (without margins and gaps), by "Resolving Flexible Lengths" of CSS Flexible Box Layout. */
export const flexedSizes = (items: readonly Flexible[], room: number): readonly number[] => {
  const wanted = items.map((item) => clamped(item.base, item.min, item.max));
  const grows = sumOf(wanted) < room;
  const fixed = items.map((item, i) => {
    const inert = (grows ? item.grow : item.shrink) === 0;
    const held = grows ? item.base > wanted[i]! : item.base < wanted[i]!;
    return inert || held ? wanted[i]! : null;
  });
  const freeNow = () => room - sumOf(items.map((item, i) => fixed[i] ?? item.base));
  const initial = freeNow();
  while (fixed.includes(null)) {
    const share = sumOf(items.map((item, i) => (fixed[i] !== null ? 0 : grows ? item.grow : item.shrink)));
    const part = share < 1 ? initial * share : freeNow();
    fixRound(items, fixed, Math.abs(part) < Math.abs(freeNow()) ? part : freeNow(), grows);
  }
  return fixed.map((size) => size ?? 0);
};

/**
 * Where the first part begins and what is added between parts, for `free` CSS px left over (below zero: overflow). `backwards`: the
 * axis runs from the end, so that 'start' is where it ends.
 */
export const distributed = (
  how: string,
  free: number,
  count: number,
  backwards: boolean,
): readonly [number, number] => {
  const spare = Math.max(0, free);
  if (how === 'center') return [free / 2, 0];
  if (how === 'flex-end' || how === (backwards ? 'start' : 'end')) return [free, 0];
  if (how === 'space-between' && count > 1) return [0, spare / (count - 1)];
  if (how !== 'space-around' && how !== 'space-evenly') return [0, 0];
  if (free < 0) return [backwards ? free : 0, 0];
  return how === 'space-around'
    ? [spare / count / 2, spare / count]
    : [spare / (count + 1), spare / (count + 1)];
};
