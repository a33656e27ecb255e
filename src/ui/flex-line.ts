/** One item along the main axis, in CSS px without margins. `max` may be infinite. */
export type FlexItem = {
  readonly base: number;
  readonly min: number;
  readonly max: number;
  readonly grow: number;
  readonly shrink: number;
};

const limited = ({ min, max }: FlexItem, size: number): number => Math.max(min, Math.min(max, size));

/**
 * The sizes of the items of one line that has `room` CSS px for them: what is left is shared out by `grow`, what is missing taken by
 * `shrink` times base, and items that meet a limit are fixed until all fit (CSS Flexible Box Layout 1, 9.7).
 */
export const flexSizes = (items: readonly FlexItem[], room: number): number[] => {
  const wanted = items.reduce((sum, item) => sum + limited(item, item.base), 0);
  const grows = wanted < room;
  const factor = (item: FlexItem) => (grows ? item.grow : item.shrink * item.base);
  const fixed: (number | null)[] = items.map((item) => {
    const hypothetical = limited(item, item.base);
    const inert = factor(item) === 0 || (grows ? item.base > hypothetical : item.base < hypothetical);
    return inert ? hypothetical : null;
  });
  const left = () => room - items.reduce((sum, item, i) => sum + (fixed[i] ?? item.base), 0);
  const initial = left();
  while (fixed.includes(null)) {
    const open = items.filter((_, i) => fixed[i] === null);
    const share = open.reduce((sum, item) => sum + (grows ? item.grow : item.shrink), 0);
    const part = share < 1 ? initial * share : left();
    fixRound(items, fixed, Math.abs(part) < Math.abs(left()) ? part : left(), factor);
  }
  return fixed as number[];
};

const fixRound = (
  items: readonly FlexItem[],
  fixed: (number | null)[],
  free: number,
  factor: (item: FlexItem) => number,
): void => {
  const isOpen = (_: unknown, i: number) => fixed[i] === null;
  const factors = items.filter(isOpen).reduce((sum, item) => sum + factor(item), 0);
  const sizes = items.map((item) => item.base + (free * factor(item)) / factors);
  const excess = items.map((item, i) => (isOpen(item, i) ? limited(item, sizes[i]!) - sizes[i]! : 0));
  const total = excess.reduce((sum, value) => sum + value, 0);
  items.forEach((item, i) => {
    const breaks = total === 0 || (total > 0 ? excess[i]! > 0 : excess[i]! < 0);
    if (isOpen(item, i) && breaks) fixed[i] = limited(item, sizes[i]!);
  });
};

/** Where the first item begins and what is added to each gap, for a `justify-content` and the room left over. */
export const justified = (justify: string, left: number, count: number): readonly [number, number] => {
  const spare = Math.max(0, left);
  switch (justify) {
    case 'center':
      return [left / 2, 0];
    case 'flex-end':
    case 'end':
      return [left, 0];
    case 'space-between':
      return count > 1 ? [0, spare / (count - 1)] : [0, 0];
    case 'space-around':
      return [spare / count / 2, spare / count];
    case 'space-evenly':
      return [spare / (count + 1), spare / (count + 1)];
    default:
      return [0, 0];
  }
};
