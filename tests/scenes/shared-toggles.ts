import type { Scene } from './scene.js';
import { widgetScene } from './shared-widgets.js';

/** Toggles off, on, focused, hovered and disabled; progress bars at several shares and unknown; separators both ways. */
export const togglesIn = (scheme: 'light' | 'dark'): Scene =>
  widgetScene(scheme, {
    size: { width: 260, height: 292 },
    reducedMotion: true,
    events: [
      { tag: 'focus', id: 'all/focused', visible: true },
      {
        tag: 'pointer',
        phase: 'move',
        at: { x: 30, y: 92 },
        pointerId: 1,
        pointerType: 'mouse',
        button: -1,
        buttons: 0,
        clicks: 0,
        modifiers: { shift: false, ctrl: false, alt: false, meta: false },
        timeMs: 0,
      },
    ],
    build: (ui) => {
      ui.column('all', { layout: { padding: 10, gap: 4 } }, () => {
        ui.toggle('off', false, { label: 'Off' });
        ui.toggle('focused', true, { label: 'On, focused' });
        ui.toggle('hovered', false, { label: 'Hovered' });
        ui.toggle('none', false, { label: 'Disabled, off', disabled: true });
        ui.toggle('never', true, { label: 'Disabled, on', disabled: true });
        ui.separator('line');
        for (const value of [0, 0.02, 0.6, 1, null])
          ui.progressBar(`p${value}`, { label: 'Progress', value });
        ui.row('row', { layout: { height: 20 } }, () => {
          ui.label('left', 'Left');
          ui.separator('between', { direction: 'vertical' });
          ui.label('right', 'Right');
        });
      });
    },
  });
