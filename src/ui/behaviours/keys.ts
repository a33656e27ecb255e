import type { KeyInput } from '../node.js';

/** A key without Ctrl, Alt or Meta: what a control may take for itself. */
export const isPlain = ({ modifiers }: KeyInput): boolean =>
  !modifiers.ctrl && !modifiers.alt && !modifiers.meta;

/** Enter and Space go to the element, which answers with 'activate'; they are no shortcuts then. */
export const wantsActivation = (key: KeyInput): boolean =>
  isPlain(key) && (key.key === 'Enter' || key.key === ' ');

/** Where a stepping key leads from `value`; null where it is none. `page` is the length of a page step. */
export const steppedValue = (
  key: KeyInput,
  value: number,
  min: number,
  max: number,
  page: number,
): number | null => {
  const target = stepTarget(key.key, value, min, max, page);
  return target === null ? null : Math.min(max, Math.max(min, target));
};

const stepTarget = (key: string, value: number, min: number, max: number, page: number): number | null => {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return value + 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return value - 1;
    case 'PageUp':
      return value + page;
    case 'PageDown':
      return value - page;
    case 'Home':
      return min;
    case 'End':
      return max;
    default:
      return null;
  }
};
