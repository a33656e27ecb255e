import { clamp, type Rect } from '../../geometry/index.js';
import { dragBy, type Gliding, glide, letGo, takeHold } from '../behaviours/gliding.js';
import { isPlain } from '../behaviours/keys.js';
import type { ScrollAreaOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { PointerInput, WidgetId } from '../input.js';
import { roundedBox } from '../looks.js';
import type { KeyInput, NewNode } from '../node.js';

/** A press: a finger on what is scrolled, or a pointer on the bar, `grip` CSS px below the thumb's top. */
type Press = { readonly kind: 'content' | 'bar'; lastY: number; readonly grip: number };

type Kept = Gliding & { press: Press | null; shownFocus: WidgetId | null };

type Area = {
  readonly id: WidgetId;
  readonly kept: Kept;
  /** What is seen through, and what is scrolled behind it; of the last layout, null before it. */
  readonly port: Rect | null;
  readonly content: Rect | null;
};

const barWidth = 10;
const leastThumb = 24;
/** What an arrow key moves by, CSS px. */
const linePx = 40;
/** Distance that what gets the focus keeps from the edges, CSS px: room for its ring. */
const focusMargin = 6;

const portId = (id: WidgetId) => `${id}#port`;
const contentId = (id: WidgetId) => `${id}#content`;
const barId = (id: WidgetId) => `${id}#bar`;

const mostOf = ({ port, content }: Area): number =>
  port && content ? Math.max(0, content.height - port.height) : 0;

const thumbIn = (area: Area, bar: Rect): Rect | null => {
  const most = mostOf(area);
  if (most === 0 || !area.content) return null;
  const height = Math.min(bar.height, Math.max(leastThumb, (bar.height * bar.height) / area.content.height));
  const y = bar.y + (area.kept.scrollTop / most) * (bar.height - height);
  return { x: bar.x + 3, y, width: bar.width - 4, height };
};

const scrollTo = (area: Area, top: number): void => {
  area.kept.scrollTop = clamp(top, 0, mostOf(area));
};

/** Where a key leads; null for keys that scroll nothing. */
const keyTarget = (area: Area, { key, modifiers }: KeyInput): number | null => {
  const { scrollTop } = area.kept;
  const page = Math.max(linePx, (area.port?.height ?? 0) - linePx);
  switch (key) {
    case 'ArrowDown':
      return scrollTop + linePx;
    case 'ArrowUp':
      return scrollTop - linePx;
    case 'PageDown':
      return scrollTop + page;
    case 'PageUp':
      return scrollTop - page;
    case ' ':
      return scrollTop + (modifiers.shift ? -page : page);
    case 'Home':
      return 0;
    case 'End':
      return mostOf(area);
    default:
      return null;
  }
};

const wantsKey = (area: Area, event: KeyInput): boolean =>
  mostOf(area) > 0 && isPlain(event) && keyTarget(area, event) !== null;

const keyed = (host: WidgetHost, area: Area, event: KeyInput): void => {
  const target = keyTarget(area, event);
  host.use(event);
  if (event.phase === 'down' && target !== null) scrollTo(area, target);
};

const pressBar = (area: Area, bar: Rect, event: PointerInput): void => {
  const thumb = thumbIn(area, bar);
  if (!thumb) return;
  const isOnThumb = event.at.y >= thumb.y && event.at.y < thumb.y + thumb.height;
  area.kept.press = {
    kind: 'bar',
    lastY: event.at.y,
    grip: isOnThumb ? event.at.y - thumb.y : thumb.height / 2,
  };
  dragBar(area, bar, event);
};

const dragBar = (area: Area, bar: Rect, event: PointerInput): void => {
  const thumb = thumbIn(area, bar);
  const way = bar.height - (thumb?.height ?? 0);
  if (!area.kept.press || way <= 0) return;
  scrollTo(area, ((event.at.y - bar.y - area.kept.press.grip) / way) * mostOf(area));
};

/** A finger on what is scrolled; mouse and pen use the bar and the wheel. */
const dragContent = (host: WidgetHost, area: Area, event: PointerInput): void => {
  const { kept } = area;
  if (event.phase === 'down') {
    takeHold(kept, event.timeMs);
    kept.press = { kind: 'content', lastY: event.at.y, grip: 0 };
  }
  if (kept.press?.kind !== 'content') return;
  if (event.phase === 'move') {
    dragBy(kept, kept.press.lastY - event.at.y, mostOf(area), event.timeMs);
    kept.press.lastY = event.at.y;
  }
  if (event.phase === 'up' || event.phase === 'cancel') {
    letGo(kept, event.timeMs, host.reducedMotion);
    kept.press = null;
  }
};

const follow = (host: WidgetHost, area: Area): void => {
  const { id, kept } = area;
  const bar = host.lastRect(barId(id));
  const events = [...host.events(id), ...host.events(barId(id))];
  for (const event of events) {
    if (event.tag === 'key') keyed(host, area, event);
    if (event.tag === 'wheel') {
      scrollTo(area, kept.scrollTop + event.deltaY);
      kept.velocity = 0;
      host.use(event);
    }
  }
  for (const event of host.events(id)) if (event.tag === 'pointer') dragContent(host, area, event);
  for (const event of host.events(barId(id))) {
    if (event.tag !== 'pointer' || !bar) continue;
    if (event.phase === 'down') pressBar(area, bar, event);
    else if (event.phase === 'move') dragBar(area, bar, event);
    else kept.press = null;
  }
  if (events.length > 0) host.answered();
};

/** What gets the focus in it, by Tab or by its element, comes into sight; once. */
const showFocused = (host: WidgetHost, area: Area): void => {
  const { focused } = host;
  if (focused === area.kept.shownFocus) return;
  area.kept.shownFocus = focused;
  const rect = focused?.startsWith(`${area.id}/`) ? host.lastRect(focused) : null;
  if (!rect || !area.port) return;
  const { port } = area;
  const above = port.y + focusMargin - rect.y;
  const below = rect.y + rect.height + focusMargin - (port.y + port.height);
  if (above > 0) scrollTo(area, area.kept.scrollTop - above);
  else if (below > 0) scrollTo(area, area.kept.scrollTop + below);
};

const bare = (id: WidgetId, style: NewNode['style'], more: Partial<NewNode> = {}): NewNode => ({
  id,
  style,
  content: '',
  measure: null,
  children: [],
  hit: null,
  paint: null,
  semantics: null,
  ...more,
});

const addBar = (host: WidgetHost, area: Area): void => {
  const { theme } = host;
  const { id, kept } = area;
  host.add(
    bare(
      barId(id),
      { width: barWidth, flexShrink: 0, alignSelf: 'stretch' },
      {
        hit: { cursor: 'default', disabled: mostOf(area) === 0, pointer: 'press', wantsKey: () => false },
        paint: (rect, shapes) => {
          const thumb = thumbIn(area, rect);
          const strong = kept.press?.kind === 'bar' || host.isHovered(barId(id));
          if (thumb) shapes.push(roundedBox(thumb, 3, strong ? theme.textMuted : theme.controlBorder));
        },
      },
    ),
  );
};

/** Things in a box that may be smaller than they are: scrolled by wheel, finger, bar, keys, and by the focus coming into them. `scrolls`: they are longer. */
export const scrollArea = (
  host: WidgetHost,
  key: string,
  options: ScrollAreaOptions,
  build: () => void,
): { readonly id: WidgetId; readonly scrolls: boolean } => {
  const id = host.claim(key);
  const kept = host.kept<Kept>(id, () => ({
    scrollTop: 0,
    velocity: 0,
    movedAtMs: 0,
    press: null,
    shownFocus: null,
  }));
  const area: Area = { id, kept, port: host.lastRect(portId(id)), content: host.lastRect(contentId(id)) };
  follow(host, area);
  showFocused(host, area);
  if (!kept.press) glide(host, kept, mostOf(area));
  if (area.port) scrollTo(area, kept.scrollTop);
  const scrolls = mostOf(area) > 0;
  const outer = bare(
    id,
    { flexDirection: 'row', alignItems: 'stretch', minHeight: 0, ...options.layout },
    {
      hit: {
        cursor: 'default',
        disabled: false,
        pointer: 'scroll',
        wantsKey: (event) => wantsKey(area, event),
        wantsWheel: ({ deltaY, zoom }) =>
          !zoom && (deltaY < 0 ? kept.scrollTop > 0 : deltaY > 0 && kept.scrollTop < mostOf(area)),
      },
      semantics: (rect, children) => ({
        id,
        role: 'group',
        name: options.label,
        rect,
        focusable: scrolls,
        clips: true,
        ...(scrolls ? { touchAction: 'none' as const } : {}),
        children,
      }),
    },
  );
  host.within(outer, true, () => {
    host.within(
      bare(
        portId(id),
        { flexDirection: 'column', flexGrow: 1, flexShrink: 1, minWidth: 0, minHeight: 0 },
        { scrollTop: kept.scrollTop },
      ),
      false,
      () => {
        host.within(
          bare(contentId(id), {
            flexDirection: 'column',
            flexShrink: 0,
            gap: host.theme.spacePx,
            padding: options.padding ?? 0,
          }),
          false,
          build,
        );
      },
    );
    addBar(host, area);
  });
  return { id, scrolls };
};
