import { createLateTallView } from '../../../src/shell/late-tall-view.js';
import { createListeners } from '../../../src/shell/listeners.js';
import { equal, isTrue } from '../expect.js';

/** In a file of its own: the code of tall views is loaded once a page. */
describe('the code of a tall view', () => {
  it('that comes after the view is closed makes nothing for it', async () => {
    let shown = 0;
    const listeners = createListeners();
    const late = createLateTallView(listeners, {
      root: document.body,
      canvas: document.createElement('canvas'),
      showRows: () => {
        shown++;
      },
      redraw: () => {},
      onProblem: (error) => {
        throw error;
      },
    });
    late.resize({ width: 10, height: 40_000 });
    const loading = late.loading;
    isTrue(loading !== null, 'it is being loaded');
    late.dispose();
    await loading;
    equal([late.loaded, shown], [null, 0]);
    listeners.removeAll();
  });
});
