import type { Scene } from './scene.js';
import { widgetScene } from './shared-widgets.js';

const modifiers = { shift: false, ctrl: false, alt: false, meta: false };

/** An area in which a row at the top and one at the bottom are cut, its bar half way down; one that has nothing to scroll. */
export const scrollingIn = (scheme: 'light' | 'dark'): Scene =>
  widgetScene(scheme, {
    size: { width: 420, height: 200 },
    events: [
      { tag: 'wheel', at: { x: 60, y: 60 }, deltaX: 0, deltaY: 130, zoom: false, modifiers },
      { tag: 'focus', id: 'both/long/Row 5', visible: true },
    ],
    build: (ui) => {
      ui.row('both', { layout: { padding: 10, gap: 20, alignItems: 'flex-start' } }, () => {
        ui.scrollArea('long', { label: 'Rows', padding: 4, layout: { width: 180, height: 170 } }, () => {
          for (let i = 0; i < 10; i++) ui.button(`Row ${i}`, `Row ${i}`);
        });
        ui.scrollArea('short', { label: 'Row', padding: 4, layout: { width: 180, height: 170 } }, () =>
          ui.checkbox('alone', true, { label: 'All in sight' }),
        );
      });
    },
  });
