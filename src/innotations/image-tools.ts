import type { Ui } from '../ui/index.js';
import type { ImageKeyAction } from './image-keys.js';
import type { Keymap, ShortcutName } from './keymap.js';

/** What the buttons ask of the view. */
export type ToolAction = Extract<ImageKeyAction, { tag: 'fit' | 'zoom' | 'oneToOne' }>;

/** Distance of the buttons from the edges of the image, CSS px. */
const marginPx = 8;
/** So much of an image's lower edge is theirs on a coarse pointer, the most they take. */
export const toolsHeightPx = 44 + marginPx;

type Tool = {
  readonly shortcut: ShortcutName;
  readonly label: string;
  readonly name: string;
  readonly action: ToolAction;
};

const tools: readonly Tool[] = [
  { shortcut: 'zoomIn', label: '+', name: 'Zoom in', action: { tag: 'zoom', factor: 1.5 } },
  { shortcut: 'zoomOut', label: '−', name: 'Zoom out', action: { tag: 'zoom', factor: 1 / 1.5 } },
  { shortcut: 'fit', label: 'Fit', name: 'Show the whole image', action: { tag: 'fit' } },
  { shortcut: 'oneToOne', label: '1:1', name: 'Show pixels one to one', action: { tag: 'oneToOne' } },
];

/**
 * Buttons over the lower left corner of the image that was built before, in a row that takes no room. The action of the one that was
 * pressed; null for none.
 */
export const imageTools = (
  ui: Ui,
  {
    desc,
    isAtRest,
    isClosest,
  }: { readonly desc: string; readonly isAtRest: boolean; readonly isClosest: boolean },
  keymap: Keymap,
): ToolAction | null => {
  let chosen: ToolAction | null = null;
  const isSpent = ({ label }: Tool): boolean => (label === '+' ? isClosest : isAtRest && label !== '1:1');
  const layout = {
    height: 0,
    alignItems: 'flex-end',
    alignSelf: 'flex-start',
    gap: 4,
    marginTop: -marginPx,
    marginBottom: marginPx,
    marginLeft: marginPx,
  };
  ui.row('tools', { label: `Zoom of ${desc}`, layout }, () => {
    for (const tool of tools) {
      const { shortcut, label, name, action } = tool;
      const hint = keymap.hint(shortcut, name);
      const description = hint === undefined ? {} : { description: hint };
      if (ui.button(shortcut, label, { name, disabled: isSpent(tool), ...description })) chosen = action;
    }
  });
  return chosen;
};
