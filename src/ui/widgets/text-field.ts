import { inflate, type Rect } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import { editing, keptDraft, wantsTyping } from '../behaviours/draft.js';
import type { TextFieldOptions, TextResponse } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import type { LayoutStyle } from '../layout/style.js';
import { insetX, lineHeightOf, paddingX, textLine } from '../looks.js';
import type { Semantics } from '../output.js';
import { captioned } from './caption.js';
import { type FieldState, fieldBox, markRoom, nativeStyle } from './field-box.js';
import { measureText, paintText } from './label.js';

const wantedWidth = 200;
const paddingY = 7;
/** Lines an editable area shows at least. */
const fewestLines = 3;

type Field = {
  readonly id: WidgetId;
  readonly shown: string;
  readonly options: TextFieldOptions;
  readonly state: FieldState;
};

const paintField = (host: WidgetHost, field: Field, rect: Rect, shapes: Shape[]): void => {
  const { id, shown, options, state } = field;
  shapes.push(...fieldBox(host, id, rect, state));
  if (host.isFocused(id)) return;
  const isEmpty = shown === '';
  const text = isEmpty ? (options.placeholder ?? '') : shown;
  const quiet = isEmpty ? host.theme.textMuted : host.theme.text;
  const color = state.disabled ? host.theme.textDisabled : quiet;
  const inner = insetX(rect, paddingX);
  const room = state.invalid ? { ...inner, width: Math.max(0, inner.width - markRoom) } : inner;
  if (text === '') return;
  if (!options.multiline) shapes.push(textLine(host, text, room, { color }));
  else {
    const lines: Shape[] = [];
    const top = { ...room, y: rect.y + paddingY };
    paintText(host, text, top, { font: host.metrics.font, color }, lines);
    shapes.push({ tag: 'clip', rect: inflate(rect, -2), shapes: lines });
  }
};

const measureArea = (host: WidgetHost, field: Field, width: number) => {
  const { font } = host.metrics;
  const inner = Math.min(width, 2 * wantedWidth) - 2 * paddingX;
  const { height } = measureText(host, field.shown, font, Math.max(1, inner));
  const least = field.options.readOnly ? 0 : fewestLines * lineHeightOf(host.text, font);
  return {
    width: Math.min(width, 2 * wantedWidth),
    height: Math.max(height, least) + 2 * paddingY,
  };
};

const fieldSemantics = (host: WidgetHost, field: Field, rect: Rect): Semantics => {
  const { id, shown, options, state } = field;
  const area = options.multiline
    ? { multiline: true, lineHeightPx: lineHeightOf(host.text, host.metrics.font), paddingY }
    : {};
  const { multiline, ...areaStyle } = { multiline: false, ...area };
  return {
    id,
    role: 'textbox',
    name: options.label,
    rect,
    focusable: !state.disabled,
    disabled: state.disabled,
    invalid: state.invalid,
    readOnly: options.readOnly ?? false,
    multiline,
    value: shown,
    textStyle: { ...nativeStyle(host, state, paddingX), ...areaStyle },
    nativePointer: !state.disabled,
  };
};

const addField = (host: WidgetHost, field: Field, own: LayoutStyle): void => {
  const { id, options, state } = field;
  const { controlHeight } = host.metrics;
  const draft = keptDraft(host, id);
  const { multiline, readOnly } = options;
  host.add({
    id,
    style: { minWidth: 48, minHeight: controlHeight, ...(multiline ? {} : { flexShrink: 0 }), ...own },
    content: multiline ? `${readOnly}${field.shown}` : '',
    measure: (width) =>
      multiline ? measureArea(host, field, width) : { width: wantedWidth, height: controlHeight },
    children: [],
    hit: {
      cursor: state.disabled ? 'default' : 'text',
      disabled: state.disabled,
      pointer: 'native',
      wantsKey: (key) => !readOnly && wantsTyping(key, draft),
    },
    paint: (rect, shapes) => paintField(host, field, rect, shapes),
    semantics: (rect) => fieldSemantics(host, field, rect),
  });
};

/** Text that the browser's own field edits; what is typed is shown until it is finished, then the caller's text again. */
export const textField = (
  host: WidgetHost,
  key: string,
  text: string,
  options: TextFieldOptions,
): TextResponse => {
  const id = host.claim(key);
  const writable = !options.disabled && !options.readOnly;
  const { shown, edited, ...seen } = editing(host, id, text, keptDraft(host, id), writable);
  const state = {
    disabled: options.disabled ?? false,
    invalid: options.invalid ?? false,
    marked: options.marked ?? false,
  };
  captioned(host, id, options.label, options, (own) => addField(host, { id, shown, options, state }, own));
  return { ...(edited !== undefined ? { edited } : {}), ...seen, focused: host.isFocused(id) };
};
