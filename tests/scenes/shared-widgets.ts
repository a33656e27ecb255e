import type { Size } from '../../src/geometry/index.js';
import {
  areas,
  choices,
  createUi,
  darkTheme,
  extras,
  type FrameInput,
  lightTheme,
  provideWidgets,
  sheets,
  type Ui,
  type UiEvent,
} from '../../src/ui/index.js';
import { withLines } from '../wrapped-lines.js';
import { inter, loadInter } from './font.js';
import { type Scene, text } from './scene.js';

provideWidgets({ ...areas, ...choices, ...extras, ...sheets });

export type WidgetScene = {
  readonly size: Size;
  /** Called for every frame: the widgets that are shown. */
  build(ui: Ui): void;
  /** What happens before the picture is taken, each in a frame of its own; the time of the frames stays. */
  readonly events?: readonly UiEvent[];
  readonly reducedMotion?: boolean;
};

/** Widgets as they are drawn in the light or the dark theme, at twice the density, at time 1000 ms. */
export const widgetScene = (
  scheme: 'light' | 'dark',
  { size, build, events = [], reducedMotion = false }: WidgetScene,
): Scene => {
  const base = scheme === 'light' ? lightTheme : darkTheme;
  const theme = { ...base, fontFamily: inter(14).family };
  return {
    size,
    scale: 2,
    background: theme.background,
    tolerance: text,
    prepare: loadInter,
    picture: (renderer) => {
      const ui = createUi({ text: withLines(renderer.text), theme });
      const input: FrameInput = {
        events: [],
        ...size,
        devicePixelRatio: 2,
        timeMs: 1000,
        coarsePointer: false,
        reducedMotion,
      };
      ui.frame(input, build);
      for (const event of events) ui.frame({ ...input, events: [event] }, build);
      return ui.frame(input, build).picture;
    },
  };
};
