import { clamp } from '../../geometry/index.js';
import { type Draft, wantsTyping } from '../behaviours/draft.js';
import { isPlain, steppedValue } from '../behaviours/keys.js';
import type { SpinOptions } from '../contract.js';
import { givenWidget } from '../given-widgets.js';
import type { WidgetHost } from '../host.js';
import type { UiEvent, WidgetId } from '../input.js';
import type { Delivered } from '../interaction.js';
import type { LayoutStyle } from '../layout/style.js';
import { lineHeightOf, paddingX, textLine } from '../looks.js';
import type { KeyInput } from '../node.js';
import { described, fieldBox, nativeStyle } from './field-box.js';
import type { Steppers } from './steppers.js';

/** A draft that was refused stays and is shown as invalid. */
type SpinDraft = Draft & { refused: boolean };

type Kept = SpinDraft & { steppers?: Steppers };

const isStepKey = (key: string): boolean =>
  key === 'ArrowUp' || key === 'ArrowDown' || key === 'PageUp' || key === 'PageDown';

/** A whole number within the limits; null for everything else. */
const parsed = (text: string, { min, max }: SpinOptions): number | null => {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
};

const rightNumber = ({ label, min, max }: SpinOptions): string =>
  `${label} must be a whole number from ${min} to ${max}`;

const forget = (draft: SpinDraft): void => {
  draft.text = null;
  draft.refused = false;
};

const typed = (
  event: Extract<UiEvent, { tag: 'text' }>,
  now: number,
  options: SpinOptions,
  draft: SpinDraft,
) => {
  if (event.phase === 'cancel') forget(draft);
  if (event.phase === 'cancel') return now;
  if (event.phase === 'input') {
    draft.text = event.value;
    draft.refused = false;
    return now;
  }
  const value = parsed(event.value, options);
  if (value !== null) forget(draft);
  else Object.assign(draft, { text: event.value, refused: true });
  return value ?? now;
};

const stepped = (host: WidgetHost, event: KeyInput, now: number, options: SpinOptions, draft: SpinDraft) => {
  if (event.phase !== 'down' || !isPlain(event) || !isStepKey(event.key)) return now;
  host.use(event);
  forget(draft);
  return steppedValue(event, now, options.min, options.max, 10) ?? now;
};

const after = (host: WidgetHost, event: Delivered, now: number, options: SpinOptions, draft: SpinDraft) => {
  if (event.tag === 'text') {
    const value = typed(event, now, options, draft);
    if (draft.refused) host.announce(rightNumber(options), false);
    return value;
  }
  if (event.tag === 'key') return stepped(host, event, now, options, draft);
  if (event.tag === 'focusLost') {
    if (draft.refused) forget(draft);
    return now;
  }
  if (event.tag !== 'value') return now;
  forget(draft);
  return clamp(Math.round(event.value), options.min, options.max);
};

/** The value after this build's events; a value that changed from outside ends the draft. */
const follow = (host: WidgetHost, id: WidgetId, value: number, options: SpinOptions, draft: SpinDraft) => {
  if (draft.base !== String(value)) forget(draft);
  const events = host.events(id);
  if (events.length > 0) host.answered();
  const now = events.reduce((number, event) => after(host, event, number, options, draft), value);
  draft.base = String(now);
  return now;
};

/** A step ends what was typed. */
const settle = (host: WidgetHost, draft: SpinDraft, now: number): void => {
  forget(draft);
  draft.base = String(now);
  host.answered();
};

/** A whole number that is typed or stepped. */
export const spinField = (
  host: WidgetHost,
  key: string,
  value: number,
  options: SpinOptions,
): number | undefined => {
  const id = host.claim(key);
  const draft = host.kept<Kept>(id, () => ({ text: null, base: null, refused: false }));
  const buttons = options.steppers === false ? null : givenWidget('steppers');
  if (buttons) draft.steppers ??= buttons.newSteppers(host, id);
  const disabled = options.disabled ?? false;
  const typedOrKeyed = disabled ? value : follow(host, id, value, options, draft);
  const steps = disabled || !buttons ? 0 : buttons.steppedBy(host, draft.steppers!);
  const now = clamp(
    typedOrKeyed + steps,
    Math.min(options.min, typedOrKeyed),
    Math.max(options.max, typedOrKeyed),
  );
  if (now !== typedOrKeyed) settle(host, draft, now);
  const shown = draft.text ?? String(now);
  const state = { disabled, invalid: draft.refused, marked: false };
  const answer = now === value ? undefined : now;
  const values = [now, shown, state.invalid];
  if (host.again(id, options, values)) return answer;
  const { controlHeight, font } = host.metrics;
  const digits = Math.max(4, String(options.max).length, String(options.min).length);
  const color = disabled ? host.theme.textDisabled : host.theme.text;
  const add = (own: LayoutStyle): void =>
    host.add({
      id,
      style: { flexShrink: 0, minHeight: controlHeight, padding: `0 ${paddingX}px`, ...own },
      content: String(digits),
      measure: () => ({
        width: Math.ceil(host.text.width('0'.repeat(digits), font)) + 4,
        height: lineHeightOf(host.text, font),
      }),
      children: [],
      hit: {
        cursor: disabled ? 'default' : 'text',
        disabled,
        pointer: 'native',
        wantsKey: (event) => wantsTyping(event, draft),
        ...described(draft.refused ? rightNumber(options) : undefined),
      },
      look: { options, values },
      paint: (rect, shapes, inner) => {
        shapes.push(...fieldBox(host, id, rect, state));
        if (!host.isFocused(id)) shapes.push(textLine(host, shown, inner, { color }));
      },
      semantics: (rect, _, inner) => ({
        id,
        role: 'spinbutton',
        name: options.label,
        rect,
        focusable: !disabled,
        disabled,
        invalid: state.invalid,
        ...(draft.refused ? { description: rightNumber(options) } : {}),
        value: shown,
        valueNow: now,
        valueMin: options.min,
        valueMax: options.max,
        textStyle: nativeStyle(host, state, rect, inner),
        nativePointer: !disabled,
      }),
    });
  if (buttons) buttons.withSteppers(host, draft.steppers!, id, options, add);
  else add(options.layout ?? {});
  return answer;
};
