import { createRenderer } from '../../../src/render/index.js';
import { mountShell } from '../../../src/shell/index.js';
import {
  areas,
  choices,
  createUi,
  extras,
  lightTheme,
  provideWidgets,
  sheets,
  type Ui,
} from '../../../src/ui/index.js';
import { withLines } from '../../wrapped-lines.js';
import type { Maker } from './contestant.js';
import { breeds, type Group } from './form.js';
import { controlWalk, restWalk } from './shell-pointer.js';

provideWidgets({ ...areas, ...choices, ...extras, ...sheets });

const page = { layout: { flexWrap: 'wrap', alignItems: 'flex-start', padding: 12, gap: 16 } };
const card = { layout: { width: 288 }, surface: 'panel' } as const;
const pair = { layout: {} };
const half = { flexGrow: 1, flexBasis: 0 };

const buildGroup = (ui: Ui, group: Group, key: string): void => {
  ui.column(key, card, () => {
    ui.label('title', group.title);
    ui.row('buttons', pair, () => {
      for (const name of group.buttons) ui.button(name, name, { layout: half });
    });
    group.flags.forEach((flag, i) => {
      group.flags[i] = ui.checkbox(`flag ${i}`, flag, { label: i === 0 ? 'Reviewed' : 'Exclude' }) ?? flag;
    });
    group.levels.forEach((level, i) => {
      const label = i === 0 ? 'Brightness' : 'Contrast';
      group.levels[i] = ui.slider(`level ${i}`, level, { label, min: 0, max: 100 }) ?? level;
    });
    ui.row('typed', pair, () => {
      const field = { label: 'Remark', caption: 'none', layout: half } as const;
      group.text = ui.textField('text', group.text, field).edited ?? group.text;
      group.count = ui.spinField('count', group.count, { label: 'Count', min: 0, max: 99 }) ?? group.count;
    });
    const list = { label: 'Breed', caption: 'none', visibleRows: 4 } as const;
    group.chosen = ui.listBox('breed', breeds, group.chosen, list) ?? group.chosen;
  });
};

/** The whole form in one build. */
export const buildForm = (ui: Ui, form: readonly Group[]): void => {
  ui.row('page', page, () => {
    form.forEach((group, i) => {
      buildGroup(ui, group, `group ${i}`);
    });
  });
};

/** The ui layer alone, in the browser's shell: no dataset, no history. */
export const bare =
  (form: readonly Group[]): Maker =>
  (host) => {
    let uiMs = 0;
    let drawMs = 0;
    const timed = <T>(add: (ms: number) => void, act: () => T): T => {
      const startMs = performance.now();
      const result = act();
      add(performance.now() - startMs);
      return result;
    };
    let frame: Parameters<typeof mountShell>[1]['frame'] | null = null;
    const shell = mountShell(host, {
      createRenderer: (canvas) => {
        const renderer = createRenderer(canvas);
        const ui = createUi({ text: withLines(renderer.text), theme: lightTheme });
        frame = (input) => ui.frame(input, (to) => buildForm(to, form));
        const draw = renderer.draw.bind(renderer);
        renderer.draw = (...args) =>
          timed(
            (ms) => {
              drawMs += ms;
            },
            () => draw(...args),
          );
        return renderer;
      },
      frame: (input) =>
        timed(
          (ms) => {
            uiMs += ms;
          },
          () => frame!(input),
        ),
      background: () => lightTheme.background,
      label: 'Form',
      onContext: () => {},
    });
    shell.flush();
    return {
      change(round) {
        const group = form[(round * 3) % form.length]!;
        group.levels[round % 2] = (group.levels[round % 2]! + 37) % 101;
        shell.invalidate('value');
      },
      rest: restWalk(host),
      hover: controlWalk(host),
      parts() {
        const parts = { ui: uiMs, draw: drawMs };
        uiMs = 0;
        drawMs = 0;
        return parts;
      },
      dispose: () => shell.dispose(),
    };
  };
