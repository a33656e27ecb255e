import type { Build } from './build.js';
import type { UiEvent } from './input.js';
import { type Interaction, nodeAt, ownerOf, type Placed } from './interaction.js';
import { roundedBox } from './looks.js';
import { innerOf, type Tooltip, type WidgetNode } from './node.js';
import { stepTooltip, type TooltipState, tooltipDueMs } from './tooltip-state.js';
import { measureText, paintText } from './widgets/label.js';

const tooltipId = '#tooltip';
const inset = { x: 10, y: 6 };
const widestPx = 320;

const isDismissal = (event: UiEvent): boolean =>
  (event.tag === 'pointer' && event.phase === 'down') ||
  (event.tag === 'key' && event.phase === 'down') ||
  event.tag === 'wheel';

/** Shows what a widget says of itself beside it: after a rest of the pointer on it, or of keyboard focus. Esc, a key or a press hides it. */
export class Tooltips {
  #state: TooltipState = { tag: 'none' };
  #tooltip: Tooltip | null = null;

  /** Adds the tooltip of this moment to a build, over everything that is in it. `placed` is the last layout. */
  add(build: Build, batch: readonly UiEvent[], interaction: Interaction, placed: Placed): void {
    const over = interaction.hoverAt && nodeAt(placed, interaction.hoverAt);
    const isOver = over?.id === tooltipId;
    const found = isOver || interaction.captures.size > 0 ? null : tooltipOf(interaction, placed, over);
    const { timeMs } = build.input;
    this.#state = stepTooltip(this.#state, {
      key: found && keyOf(found),
      isOver,
      dismisses: batch.some(isDismissal),
      timeMs,
    });
    if (found) this.#tooltip = found;
    const dueMs = tooltipDueMs(this.#state, timeMs);
    if (dueMs !== null) build.repaint('tooltip', dueMs);
    if (this.#state.tag === 'shown' && this.#tooltip) addTooltip(build, this.#tooltip);
  }
}

const keyOf = ({ text, rect }: Tooltip): string => `${rect.x} ${rect.y} ${text}`;

const tooltipOf = (state: Interaction, placed: Placed, over: WidgetNode | null): Tooltip | null => {
  const pointed = over?.hit?.tooltip?.(over.rect, state.hoverAt, innerOf(over));
  if (pointed || state.hoverAt) return pointed ?? null;
  const focused = state.focused !== null && state.focusVisible ? ownerOf(placed, state.focused) : null;
  return focused?.hit?.tooltip?.(focused.rect, null, innerOf(focused)) ?? null;
};

const addTooltip = (build: Build, { text, rect: anchor }: Tooltip): void => {
  const { theme } = build;
  const font = { ...build.metrics.font, sizePx: build.metrics.font.sizePx - 1 };
  const node = {
    id: tooltipId,
    style: { maxWidth: widestPx },
    content: text,
    measure: (width: number) => {
      const size = measureText(build, text, font, Math.min(width, widestPx) - 2 * inset.x);
      return { width: size.width + 2 * inset.x, height: size.height + 2 * inset.y };
    },
    children: [],
    // The pointer may rest on it to read it.
    hit: { cursor: 'default', disabled: false, pointer: 'free' as const, wantsKey: () => false },
    paint: (rect: WidgetNode['rect'], shapes: Parameters<NonNullable<WidgetNode['paint']>>[1]) => {
      shapes.push(roundedBox(rect, theme.radiusPx, theme.surface, theme.controlBorder));
      const inner = {
        x: rect.x + inset.x,
        y: rect.y + inset.y,
        width: rect.width - 2 * inset.x,
        height: rect.height,
      };
      paintText(build, text, inner, { font, color: theme.text }, shapes);
    },
    semantics: (rect: WidgetNode['rect']) => ({
      id: tooltipId,
      role: 'tooltip' as const,
      name: text,
      rect,
      focusable: false,
    }),
  };
  build.popup(node, { anchor, matchWidth: false }, () => {});
};
