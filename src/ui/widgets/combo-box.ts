import { contains, intersection, isEmpty, type Rect } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import { isPlain } from '../behaviours/keys.js';
import {
  dropSearch,
  endSearch,
  type KeyedList,
  keepSearching,
  type ListSearch,
  noListSearch,
  rowByKey,
  rowBySearch,
  wantsListKey,
} from '../behaviours/list-keys.js';
import { isSearching } from '../behaviours/type-ahead.js';
import type { ListBoxOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { PointerInput } from '../input.js';
import type { LayoutStyle } from '../layout/style.js';
import { cutTooltip, lineHeightOf, paddingX, textLine } from '../looks.js';
import type { KeyInput, Look } from '../node.js';
import type { Semantics } from '../output.js';
import { captioned } from './caption.js';
import {
  type ComboList,
  chosenInPopup,
  comboPopup,
  listIdOf,
  type OpenList,
  rowUnder,
} from './combo-popup.js';
import { fieldBox } from './field-box.js';
import { firstItemsKey } from './first-items.js';
import { atRest } from './list-press.js';

type Kept = ListSearch & { open: OpenList | null; combo: Combo | null };

type Combo = KeyedList & {
  readonly kept: Kept;
  readonly label: string;
  readonly disabled: boolean;
  readonly visibleRows: number;
  readonly selected: number;
};

const defaultRows = 10;
/** Room for the sign of a list at the right end, CSS px. */
const signRoom = 18;
const unsetText = 'Choose…';

const isOpening = (combo: Combo, event: KeyInput, timeMs: number): boolean => {
  const { ctrl, meta, alt } = event.modifiers;
  if (ctrl || meta) return false;
  if (alt) return event.key === 'ArrowDown' || event.key === 'ArrowUp';
  return event.key === 'Enter' || (event.key === ' ' && !isSearching(combo.search, timeMs));
};

const isClosing = (event: KeyInput): boolean => event.key === 'Escape' || event.key === 'Tab';

const wantsKey = (combo: Combo, event: KeyInput, timeMs: number): boolean =>
  isOpening(combo, event, timeMs) ||
  (combo.kept.open !== null && isPlain(event) && isClosing(event)) ||
  wantsListKey(combo, event, timeMs);

const listOf = ({ items, label, visibleRows }: Combo, open: OpenList): ComboList => ({
  items,
  label,
  visibleRows,
  open,
});

const openAt = (combo: Combo, active: number): void => {
  combo.kept.open = { active, shown: null, wasInSight: false, ...atRest() };
};

/** A key while the list is open; the chosen row, or −1. */
const keyOnOpen = (host: WidgetHost, combo: Combo, open: OpenList, event: KeyInput): number => {
  const chooses = event.key === 'Tab' || isOpening(combo, event, host.timeMs);
  if (event.phase !== 'down') return -1;
  if (chooses || event.key === 'Escape') {
    // The browser moves the focus on; the choice is taken along.
    if (event.key !== 'Tab') host.use(event);
    combo.kept.open = null;
    return chooses ? open.active : -1;
  }
  const row = rowByKey(host, combo, event, open.active, combo.visibleRows - 1);
  if (row >= 0) open.active = row;
  return -1;
};

/** A key while it is closed: opens, or chooses at once as a list does. */
const keyOnClosed = (host: WidgetHost, combo: Combo, now: number, event: KeyInput): number => {
  if (!isOpening(combo, event, host.timeMs)) {
    return rowByKey(host, combo, event, now, combo.visibleRows - 1);
  }
  if (event.phase === 'down') openAt(combo, now);
  host.use(event);
  return -1;
};

/** A press opens or closes; let go over the list it chooses what it points at. A finger opens when it has tapped. */
const pointed = (host: WidgetHost, combo: Combo, now: number, event: PointerInput): number => {
  const { kept } = combo;
  const opens = event.pointerType === 'touch' ? 'up' : 'down';
  const rect = host.lastRect(combo.id);
  if (event.phase === opens && rect && contains(rect, event.at)) {
    if (kept.open) kept.open = null;
    else openAt(combo, now);
    return -1;
  }
  if (!kept.open || event.pointerType === 'touch') return -1;
  const row = rowUnder(host, combo.id, listOf(combo, kept.open), event.at);
  if (row >= 0 && event.phase === 'move') kept.open.active = row;
  return event.phase === 'up' ? row : -1;
};

const toggle = (combo: Combo, now: number): void => {
  if (combo.kept.open) combo.kept.open = null;
  else openAt(combo, now);
};

/** The chosen index after this build's events. */
const follow = (host: WidgetHost, combo: Combo): number => {
  const { id, kept, items } = combo;
  let now = combo.selected;
  const choose = (row: number) => {
    if (row < 0 || row >= items.length) return;
    now = row;
    kept.open = null;
  };
  endSearch(host, combo);
  const found = rowBySearch(host, combo, kept.open?.active ?? now);
  if (!kept.open) choose(found);
  else if (found >= 0) {
    kept.open.active = found;
    host.answered();
  }
  const pressed = kept.open ? chosenInPopup(host, id, listOf(combo, kept.open)) : -1;
  if (pressed >= 0) dropSearch(kept);
  choose(pressed);
  for (const event of host.events(id)) {
    if (event.tag === 'focusLost') kept.open = null;
    if (event.tag === 'activate') toggle(combo, now);
    if (event.tag === 'pointer') choose(pointed(host, combo, now, event));
    if (event.tag === 'key') {
      const row = kept.open ? keyOnOpen(host, combo, kept.open, event) : keyOnClosed(host, combo, now, event);
      choose(row);
    }
  }
  if (host.events(id).length > 0) host.answered();
  keepSearching(host, combo, kept.open?.active ?? now);
  return now;
};

const sign = (host: WidgetHost, combo: Combo, rect: Rect): readonly Shape[] => {
  const color = combo.disabled ? host.theme.textDisabled : host.theme.textMuted;
  const x = rect.x + rect.width - signRoom / 2 - 2;
  const y = rect.y + rect.height / 2 + 2;
  const tip = { x, y };
  const arm = (dx: number): Shape => ({
    tag: 'line',
    from: { x: x + dx, y: y - 4.5 },
    to: tip,
    width: 1.5,
    color,
  });
  return [arm(-4.5), arm(4.5)];
};

const textRoom = (inner: Rect): Rect => ({ ...inner, width: Math.max(0, inner.width - signRoom) });

const paintCombo = (
  host: WidgetHost,
  combo: Combo,
  now: number,
  rect: Rect,
  inner: Rect,
): readonly Shape[] => {
  const { theme } = host;
  const { disabled, id, items } = combo;
  const text = items[now];
  const color = disabled ? theme.textDisabled : text === undefined ? theme.textMuted : theme.text;
  const state = { disabled, invalid: false, marked: false };
  return [
    ...fieldBox(host, id, rect, state),
    textLine(host, text ?? unsetText, textRoom(inner), { color }),
    ...sign(host, combo, inner),
  ];
};

const comboSemantics = (combo: Combo, now: number, rect: Rect): Semantics => {
  const { id, label, disabled, items, kept } = combo;
  const { open } = kept;
  return {
    id,
    role: 'combobox',
    name: label,
    value: items[now] ?? '',
    rect,
    focusable: !disabled,
    disabled,
    expanded: open !== null,
    ...(open ? { controls: listIdOf(id) } : {}),
    ...(open && open.active >= 0 ? { activeOption: `${listIdOf(id)}/${open.active}` } : {}),
  };
};

/** Items whose width is measured for the box's own width. */
const measuredItems = 50;

/** What its node is made of. */
const lookOf = (host: WidgetHost, { id, items, kept }: Combo, now: number, options: ListBoxOptions) => {
  const first = firstItemsKey(host, id, items, measuredItems);
  return { options, values: [first, now, items[now], kept.open !== null, kept.open?.active] };
};

const addCombo = (
  host: WidgetHost,
  { id, disabled, kept }: Combo,
  now: number,
  look: Look,
  own: LayoutStyle,
): void => {
  // A node may stand in later builds: it shows the combo of those.
  const combo = (): Combo => kept.combo!;
  const { font, controlHeight } = host.metrics;
  host.add({
    id,
    style: { minHeight: controlHeight, minWidth: 60, padding: `0 4px 0 ${paddingX}px`, ...own },
    content: String(look.values[0]),
    measure: () => {
      const widths = combo()
        .items.slice(0, measuredItems)
        .map((item) => host.text.width(item, font));
      return { width: Math.ceil(Math.max(80, ...widths)) + signRoom, height: lineHeightOf(host.text, font) };
    },
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press',
      wantsKey: (event, timeMs) => wantsKey(combo(), event, timeMs),
      tooltip: (rect, _, inner) =>
        kept.open ? null : cutTooltip(host, combo().items[now] ?? '', textRoom(inner), rect),
    },
    look,
    paint: (rect, shapes, inner) => shapes.push(...paintCombo(host, combo(), now, rect, inner)),
    semantics: (rect) => comboSemantics(combo(), now, rect),
  });
};

/** Scrolled out of sight it closes; opened out of sight (assistive technology can) it stays, at the window's edge. */
const closeOutOfSight = (host: WidgetHost, { id, kept }: Combo): void => {
  const rect = host.lastRect(id);
  if (!kept.open || !rect) return;
  const isInSight = !isEmpty(intersection(rect, host.viewport));
  if (kept.open.wasInSight && !isInSight) kept.open = null;
  else kept.open.wasInSight = isInSight;
};

/**
 * A closed list of which the choice is shown; its rows open in a popup. Closed, the keys of a list choose at once; open, they move the
 * active row, which Enter, Space, Tab or a press takes and Esc leaves. The new index in the build in which another was chosen; −1 is unset.
 */
export const comboBox = (
  host: WidgetHost,
  key: string,
  items: readonly string[],
  selected: number,
  options: ListBoxOptions,
): number | undefined => {
  const id = host.claim(key);
  const { label, disabled = false, visibleRows = defaultRows } = options;
  const kept = host.kept<Kept>(id, () => ({ ...noListSearch(), open: null, combo: null }));
  // Every sign searches while the list is open; closed, shortcuts of the whole come first.
  const reservedKeys = kept.open ? [] : (options.reservedKeys ?? []);
  const combo: Combo = {
    id,
    items,
    label,
    disabled,
    visibleRows,
    selected,
    reservedKeys,
    search: kept,
    kept,
  };
  kept.combo = combo;
  if (disabled) kept.open = null;
  closeOutOfSight(host, combo);
  const now = disabled ? selected : follow(host, combo);
  const look = lookOf(host, combo, now, options);
  if (!host.again(id, look.options, look.values)) {
    captioned(host, id, label, options, (own) => addCombo(host, combo, now, look, own));
  }
  if (kept.open) comboPopup(host, id, listOf(combo, kept.open));
  if (now === selected) return undefined;
  host.answered();
  return now;
};
