import type { Innotation, Stage } from '../innotations/index.js';
import type { Ui } from '../ui/index.js';
import type { Busy } from './busy.js';
import { type ControlBar, type ControlBarAnswer, controlBar } from './control-bar.js';
import type { Notice, Question } from './notices.js';

export type FrameContent = {
  readonly inputs: readonly Innotation[];
  readonly targets: readonly Innotation[];
  readonly vertical: boolean;
  readonly stage: Stage;
  readonly bar: ControlBar;
  readonly notice: Notice | null;
  /** Undefined: none is ever asked. */
  readonly question: Question | null | undefined;
  /** What goes on, where it takes its time. */
  readonly busy: Busy | null;
};
export type FrameAnswer = ControlBarAnswer & {
  readonly dismissed: boolean;
  /** Which answer to the question was chosen. */
  readonly chosen: number | undefined;
};

const rootLayout = { alignItems: 'stretch', padding: 12, gap: 12 };
const sideLayout = { alignItems: 'flex-start', flexWrap: 'wrap', gap: 16 };
const stackLayout = { alignItems: 'stretch', gap: 12 };
const inputsLayout = { alignItems: 'flex-start', flexGrow: 0, flexShrink: 1, minWidth: 0 };
const targetsLayout = { alignItems: 'stretch', flexGrow: 1, flexShrink: 1, flexBasis: 260, minWidth: 0 };
const stackedLayout = { alignItems: 'stretch', minWidth: 0 };

/** Inputs left, targets right (stacked when vertical), the control bar and the message line below (C3). */
export const buildFrame = (ui: Ui, content: FrameContent): FrameAnswer => {
  let answer: ControlBarAnswer = {};
  let dismissed = false;
  let chosen: number | undefined;
  ui.column('view', { layout: rootLayout }, () => {
    samplePart(ui, content);
    answer = controlBar(ui, content.bar);
    if (content.question !== undefined) chosen = questionLine(ui, content.question);
    dismissed = noticeLine(ui, content);
    if (content.busy) ui.progressBar('progress', { ...content.busy, layout: progressLayout });
  });
  return { ...answer, dismissed, chosen };
};

const samplePart = (ui: Ui, { inputs, targets, vertical, stage }: FrameContent): void => {
  const side = (key: string, list: readonly Innotation[], layout: typeof stackedLayout) => {
    if (list.length === 0) return;
    ui.column(key, { layout: vertical ? stackedLayout : layout }, () => {
      for (const innotation of list) innotation.build(ui, stage);
    });
  };
  const both = () => {
    side('inputs', inputs, inputsLayout);
    side('targets', targets, targetsLayout);
  };
  if (vertical) ui.column('sample', { layout: stackLayout }, both);
  else ui.row('sample', { layout: sideLayout }, both);
};

const lineLayout = { flexWrap: 'wrap' };

/** Both kinds of line are always there, so that assistive technology hears what comes into them. */
const noticeLine = (ui: Ui, { notice }: FrameContent): boolean => {
  const text = (kind: Notice['kind']) => (notice?.kind === kind ? notice.text : '');
  ui.message('status', text('status'), { kind: 'status' });
  return ui.message('alert', text('alert'), { kind: 'alert', action: 'Dismiss' });
};

/** In the padding below all else: it comes and goes without moving anything, nor changing the height, for which the GPU would be waited for. */
const progressLayout = {
  height: 10,
  marginTop: 1 - rootLayout.gap,
  marginBottom: -(1 + 10),
};

const questionLine = (ui: Ui, question: Question | null): number | undefined => {
  let chosen: number | undefined;
  ui.row('question', { layout: question ? lineLayout : { display: 'none' } }, () => {
    ui.message('asked', question?.text ?? '', { kind: 'status' });
    question?.answers.forEach(({ label }, at) => {
      if (ui.button(label, label)) chosen = at;
    });
  });
  return chosen;
};
