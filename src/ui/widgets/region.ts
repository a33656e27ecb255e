import { isEmpty, type Rect, type Size } from '../../geometry/index.js';
import type { RegionOptions, RegionResponse } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { UiEvent, WidgetId } from '../input.js';
import type { Delivered } from '../interaction.js';
import type { Semantics } from '../output.js';

const anyEvent = () => true;

/** The preferred size, smaller in the same proportion where the width is not there. */
const sizeWithin = (size: Size, width: number): Size =>
  width >= size.width || size.width <= 0
    ? size
    : { width: Math.max(0, width), height: (size.height * Math.max(0, width)) / size.width };

const isRegionEvent = (event: Delivered): event is UiEvent =>
  event.tag === 'pointer' || event.tag === 'wheel' || event.tag === 'key';

const childKey = (regionId: WidgetId, id: WidgetId | null): string | null =>
  id?.startsWith(`${regionId}/`) ? id.slice(regionId.length + 1) : null;

const response = (host: WidgetHost, id: WidgetId, options: RegionOptions): RegionResponse => {
  const delivered = options.disabled ? [] : host.events(id);
  const events = delivered.filter(isRegionEvent);
  if (delivered.length > 0) host.answered();
  const last = (tag: 'activate' | 'focus') => delivered.findLast((event) => event.tag === tag);
  const activated = last('activate');
  const focused = last('focus');
  return {
    id,
    rect: host.lastInner(id),
    hovered: host.isHovered(id),
    focused: host.focused === id || childKey(id, host.focused) !== null,
    events,
    activatedChild: activated?.tag === 'activate' ? childKey(id, activated.id) : null,
    focusedChild: focused?.tag === 'focus' ? childKey(id, focused.id) : null,
    focusedNow: childKey(id, host.focused),
    values: delivered.flatMap((event) => {
      const child = event.tag === 'value' ? childKey(id, event.id) : null;
      return event.tag === 'value' && child !== null ? [{ child, value: event.value }] : [];
    }),
    use: (event) => host.use(event),
    capture: (pointerId) => host.capture(pointerId, id),
    focus: () => host.focus(id),
  };
};

const listParts = (id: WidgetId, active: string | null) =>
  ({
    role: 'listbox',
    multiselectable: true,
    ...(active === null ? {} : { activeOption: `${id}/${active}` }),
  }) as const;

const semantics = (id: WidgetId, options: RegionOptions, rect: Rect, inner: Rect): Semantics => ({
  id,
  name: options.label,
  roleDescription: options.roleDescription,
  ...(options.list ? listParts(id, options.list.active) : { role: 'group' }),
  rect,
  focusable: !options.disabled && (options.focusable ?? true),
  disabled: options.disabled ?? false,
  busy: options.busy ?? false,
  touchAction: options.touchAction ?? 'manipulation',
  children: options.children?.(inner, (key) => `${id}/${key}`) ?? [],
});

/** A free area that its caller paints and whose events its caller answers. */
export const region = (host: WidgetHost, key: string, options: RegionOptions): RegionResponse => {
  const id = host.claim(key);
  const disabled = options.disabled ?? false;
  const { size } = options;
  host.add({
    id,
    style: { alignSelf: 'flex-start', minWidth: 0, ...options.layout },
    content: `${size.width}x${size.height}`,
    measure: (width) => sizeWithin(size, width),
    children: [],
    hit: {
      cursor: options.cursor ?? 'default',
      disabled,
      pointer: 'free',
      wantsKey: anyEvent,
      wantsWheel: anyEvent,
    },
    paint: (_, shapes, rect) => {
      if (!isEmpty(rect)) shapes.push({ tag: 'clip', rect, shapes: options.paint(rect) });
    },
    semantics: (rect, _, inner) => semantics(id, options, rect, inner),
  });
  return response(host, id, options);
};
