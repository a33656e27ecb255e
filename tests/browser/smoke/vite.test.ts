import { sendMouse } from '@web/test-runner-commands';
import { rect } from '../../../src/geometry/index.js';

describe('the browser test setup', () => {
  it('runs TypeScript sources in a page and sends trusted input', async () => {
    const seen: boolean[] = [];
    addEventListener('pointerdown', (event) => seen.push(event.isTrusted));
    await sendMouse({ type: 'click', position: [20, 20] });
    if (seen[0] !== true || rect(1, 2, 3, 4).width !== 3) throw new Error('no trusted input');
  });
});
