import { contains } from '../../geometry/index.js';
import type { SheetOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { PointerInput, WidgetId } from '../input.js';
import { roundedBox } from '../looks.js';
import type { NewNode } from '../node.js';
import { button } from './button.js';
import { label } from './label.js';
import { scrollArea } from './scroll-area.js';

type Kept = {
  /** It took the focus when it opened. */
  hasFocused: boolean;
  /** Pointers that went down beside it. */
  readonly outside: Set<number>;
};

const defaultWidth = 720;

/** True where a press began and ended beside it. */
const pressedBeside = (host: WidgetHost, id: WidgetId, kept: Kept, event: PointerInput): boolean => {
  const rect = host.lastRect(id);
  const isBeside = rect !== null && !contains(rect, event.at);
  if (event.phase === 'down') {
    host.use(event);
    if (!isBeside) return false;
    kept.outside.add(event.pointerId);
    host.capture(event.pointerId, id);
    return false;
  }
  const ends = event.phase === 'up' || event.phase === 'cancel';
  return ends && kept.outside.delete(event.pointerId) && isBeside && event.phase === 'up';
};

/** Whether the user closes it in this build. */
const isClosed = (host: WidgetHost, id: WidgetId, kept: Kept): boolean => {
  let closed = false;
  for (const event of host.events(id)) {
    if (event.tag === 'dismiss') closed = true;
    if (event.tag === 'pointer' && pressedBeside(host, id, kept, event)) closed = true;
    // The page stays where it is.
    if (event.tag === 'wheel') host.use(event);
  }
  for (const event of host.otherKeys) {
    if (event.key !== 'Escape' || event.phase !== 'down') continue;
    host.use(event);
    closed = true;
  }
  return closed;
};

const rootNode = (host: WidgetHost, id: WidgetId, width: number): NewNode => ({
  id,
  style: { flexDirection: 'column', alignItems: 'stretch', width, gap: 12, padding: 16 },
  content: '',
  measure: null,
  children: [],
  hit: {
    cursor: 'default',
    disabled: false,
    pointer: 'free',
    everywhere: true,
    wantsKey: () => false,
    wantsWheel: ({ zoom }) => !zoom,
  },
  paint: (rect, shapes) => {
    const { theme } = host;
    shapes.push(roundedBox(rect, theme.radiusPx + 4, theme.surface, theme.surfaceBorder));
  },
  semantics: null,
});

/**
 * A dialog over everything else: a title, what `build` adds, scrolled where the window is too low for it, and a button that closes it.
 * Opened, the focus goes to what scrolls, or to the button. True in the build in which the user closed it.
 */
export const sheet = (host: WidgetHost, key: string, options: SheetOptions, build: () => void): boolean => {
  const id = host.claim(key);
  const kept = host.kept<Kept>(id, () => ({ hasFocused: false, outside: new Set() }));
  let closed = isClosed(host, id, kept);
  const root = rootNode(host, id, options.width ?? defaultWidth);
  host.popup(root, { dialog: options.label }, () => {
    label(host, 'title', options.label, { tone: 'title', layout: { flexShrink: 0 } });
    const area = scrollArea(host, 'content', { label: options.label, layout: { flexShrink: 1 } }, build);
    const close = { name: options.closeName ?? 'Close', layout: { alignSelf: 'flex-end' } };
    if (button(host, 'close', 'Close', close)) closed = true;
    if (kept.hasFocused || !host.lastRect(id)) return;
    kept.hasFocused = true;
    host.focus(area.scrolls ? area.id : `${id}/close`);
  });
  if (closed) host.answered();
  return closed;
};
