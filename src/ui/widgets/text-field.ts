import type { Rect } from '../../geometry/index.js';
import { type Color, directionOf, type Shape } from '../../paint/index.js';
import { editing, keptDraft, wantsTyping } from '../behaviours/draft.js';
import type { TextFieldOptions, TextResponse } from '../contract.js';
import { givenWidget } from '../given-widgets.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import type { LayoutStyle } from '../layout/style.js';
import { lineHeightOf, paddingX, textLine } from '../looks.js';
import type { Semantics } from '../output.js';
import { captioned } from './caption.js';
import { described, type FieldState, fieldBox, markRoom, nativeStyle } from './field-box.js';
import { paintLine } from './text-paint.js';

/** Width that its text would like, CSS px. */
const wantedWidth = 180;
/** Distance of the lines from an area's top and bottom edge, CSS px. */
const areaPaddingY = 7;
/** Signs of one line that are drawn at most; no field is so wide. */
const longestLine = 4000;

type Field = {
  readonly id: WidgetId;
  readonly shown: string;
  readonly options: TextFieldOptions;
  readonly state: FieldState;
  readonly values: readonly unknown[];
};

/** A line that runs from the right begins at the right edge. */
const paintOneLine = (host: WidgetHost, text: string, room: Rect, color: Color): Shape => {
  const oneLine = text.slice(0, longestLine).replace(/[\r\n]/g, '');
  if (oneLine.includes('\t')) {
    const line = { text: oneLine, direction: directionOf(oneLine) };
    return {
      tag: 'clip',
      rect: room,
      shapes: paintLine(host, line, room, { font: host.metrics.font, color }),
    };
  }
  return textLine(host, oneLine, room, { color, align: directionOf(oneLine) === 'rtl' ? 'right' : 'left' });
};

const paintField = (host: WidgetHost, field: Field, rect: Rect, shapes: Shape[], inner: Rect): void => {
  const { id, shown, options, state } = field;
  shapes.push(...fieldBox(host, id, rect, state));
  if (host.isFocused(id)) return;
  const isEmpty = shown === '';
  const text = isEmpty ? (options.placeholder ?? '') : shown;
  if (text === '') return;
  const quiet = isEmpty ? host.theme.textMuted : host.theme.text;
  const color = state.disabled ? host.theme.textDisabled : quiet;
  if (options.multiline)
    shapes.push(
      givenWidget('textArea').paintArea(host, text, rect, inner, { font: host.metrics.font, color }),
    );
  else {
    const room = state.invalid ? { ...inner, width: Math.max(0, inner.width - markRoom) } : inner;
    shapes.push(paintOneLine(host, text, room, color));
  }
};

const fieldSemantics = (host: WidgetHost, field: Field, rect: Rect, inner: Rect): Semantics => {
  const { id, shown, options, state } = field;
  const multiline = options.multiline ?? false;
  const areaStyle = multiline ? { lineHeightPx: lineHeightOf(host.text, host.metrics.font) } : {};
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
    ...(options.description === undefined ? {} : { description: options.description }),
    value: shown,
    textStyle: { ...nativeStyle(host, state, rect, inner), ...areaStyle },
    nativePointer: !state.disabled,
    ...(multiline && givenWidget('textArea').overflows(host, shown, inner) ? { showsText: true } : {}),
  };
};

const addField = (host: WidgetHost, field: Field, own: LayoutStyle): void => {
  const { id, options, state } = field;
  const { controlHeight } = host.metrics;
  const draft = keptDraft(host, id);
  const { multiline, readOnly = false } = options;
  const area = multiline ? givenWidget('textArea') : undefined;
  host.add({
    id,
    style: {
      minWidth: 48,
      minHeight: controlHeight,
      padding: `${multiline ? areaPaddingY : 0}px ${paddingX}px`,
      ...(multiline ? {} : { flexShrink: 0 }),
      ...own,
    },
    content: area?.areaContent(field.shown, readOnly) ?? '',
    measure: (width) =>
      area?.areaSize(host, field.shown, readOnly, width) ?? {
        width: wantedWidth,
        height: lineHeightOf(host.text, host.metrics.font),
      },
    children: [],
    hit: {
      cursor: state.disabled ? 'default' : 'text',
      disabled: state.disabled,
      pointer: 'native',
      wantsKey: (key) => !readOnly && wantsTyping(key, draft),
      ...described(options.description),
    },
    look: { options, values: field.values },
    paint: (rect, shapes, inner) => paintField(host, field, rect, shapes, inner),
    semantics: (rect, _, inner) => fieldSemantics(host, field, rect, inner),
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
  const { shown, edited, committed, cancelled, focusGained, focusLost } = editing(
    host,
    id,
    text,
    keptDraft(host, id),
    writable,
  );
  const state = {
    disabled: options.disabled ?? false,
    invalid: options.invalid ?? false,
    marked: options.marked ?? false,
    readOnly: options.readOnly ?? false,
  };
  const field = { id, shown, options, state, values: [shown] };
  if (!host.again(id, options, field.values)) {
    captioned(host, id, options.label, options, (own) => addField(host, field, own));
  }
  const seen = { committed, cancelled, focusGained, focusLost, focused: host.isFocused(id) };
  return edited === undefined ? seen : { edited, ...seen };
};
