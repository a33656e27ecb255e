import type { Ui } from '../ui/index.js';
import type { Command } from './shortcuts.js';

/** What the control bar shows. */
export type ControlBar = {
  readonly index: number;
  readonly length: number;
  readonly save: 'none' | 'disabled' | 'enabled';
};
/** What was asked for in it. */
export type ControlBarAnswer = { readonly command?: Command; readonly index?: number };

const sliderLayout = { flexGrow: 1, flexShrink: 1, flexBasis: 160, minWidth: 80 };

/** `< Previous`, slider, read-out, `Next >`, `Save` (C4–C6). */
export const controlBar = (ui: Ui, { index, length, save }: ControlBar): ControlBarAnswer => {
  const last = length - 1;
  const answer: { command?: Command; index?: number } = {};
  ui.row('bar', { layout: { flexWrap: 'wrap' } }, () => {
    if (ui.button('previous', '< Previous', { disabled: index === 0 })) answer.command = 'previous';
    const slid = ui.slider('position', index, {
      label: 'Sample',
      min: 0,
      max: last,
      valueText: `${index + 1} of ${length}`,
      disabled: length === 1,
      layout: sliderLayout,
    });
    const typed = ui.spinField('number', index, { label: 'Sample number', min: 0, max: last });
    if (ui.button('next', 'Next >', { disabled: index === last })) answer.command = 'next';
    if (save !== 'none' && ui.button('save', 'Save', { disabled: save === 'disabled', tone: 'primary' })) {
      answer.command = 'save';
    }
    const wanted = slid ?? typed;
    if (wanted !== undefined) answer.index = wanted;
  });
  return answer;
};
