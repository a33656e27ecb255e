import type { ButtonOptions, Ui } from '../ui/index.js';
import type { Command } from './shortcuts.js';

/** What its buttons do, in the words of their tooltips. */
export const barWords = {
  next: 'Next sample',
  previous: 'Previous sample',
  save: 'Save',
  undo: 'Undo',
  redo: 'Redo',
} as const;

type BarCommand = keyof typeof barWords;

/** What the control bar shows. */
export type ControlBar = {
  readonly index: number;
  readonly length: number;
  readonly save: 'none' | 'disabled' | 'enabled';
  /** Whether changes are kept, in words; undefined where it is not told. */
  readonly saveState: string | undefined;
  /** Undo and redo, for who has no keys; null where they are not shown. */
  readonly history: { readonly canUndo: boolean; readonly canRedo: boolean } | null;
  /** What a command does, in these words, and by which key; undefined where no key does it. */
  hint(command: BarCommand, does: string): string | undefined;
};
/** What was asked for in it. */
export type ControlBarAnswer = { readonly command?: Command; readonly index?: number };

const sliderLayout = { flexGrow: 1, flexShrink: 1, flexBasis: 160, minWidth: 80 };

/** `< Previous`, slider, read-out, `Next >`, `Save` (C4–C6), then `Undo` and `Redo`. */
export const controlBar = (
  ui: Ui,
  { index, length, save, saveState, history, hint }: ControlBar,
): ControlBarAnswer => {
  const last = length - 1;
  const answer: { command?: Command; index?: number } = {};
  ui.row('bar', { layout: { flexWrap: 'wrap' } }, () => {
    const button = (command: BarCommand, text: string, options: ButtonOptions) => {
      const description = hint(command, barWords[command]);
      const pressed = ui.button(
        command,
        text,
        description === undefined ? options : { ...options, description },
      );
      if (pressed) answer.command = command;
    };
    button('previous', '< Previous', { disabled: index === 0 });
    const slid = ui.slider('position', index, {
      label: 'Sample',
      min: 0,
      max: last,
      valueText: `${index + 1} of ${length}`,
      disabled: length === 1,
      layout: sliderLayout,
    });
    const typed = ui.spinField('number', index, {
      label: 'Sample number',
      min: 0,
      max: last,
      steppers: false,
    });
    button('next', 'Next >', { disabled: index === last });
    if (save !== 'none') button('save', 'Save', { disabled: save === 'disabled', tone: 'primary' });
    if (saveState !== undefined) ui.message('savestate', saveState, { kind: 'status' });
    if (history) {
      button('undo', 'Undo', { disabled: !history.canUndo });
      button('redo', 'Redo', { disabled: !history.canRedo });
    }
    const wanted = slid ?? typed;
    if (wanted !== undefined) answer.index = wanted;
  });
  return answer;
};
