import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { TextInnotation } from '../../../src/innotater/index.js';
import { atRest, equal, isTrue, near, waitFor } from '../expect.js';
import { all, clear, type Mounted, one, show } from './support.js';

const tooltip = ({ host }: Mounted) => all(host, 'tooltip')[0];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const hover = async (element: Element): Promise<void> => {
  const { x, y, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'move', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
};

describe('tooltips on screen', () => {
  afterEach(clear);

  it('tell what a button does and by which key, in the top layer under it, drawing nothing while they stand', async () => {
    const mounted = await show(new TextInnotation(['a', 'b']), null);
    const next = one(mounted.host, 'button', 'Next >');
    equal(next.getAttribute('aria-description'), 'Next sample (n)');
    await hover(next);
    const shown = (await waitFor(() => tooltip(mounted), 'the tooltip'))!;
    equal(shown.textContent, 'Next sample (n)');
    isTrue(shown.closest('.popup')!.matches(':popover-open'), 'it is in the top layer');
    near(shown.getBoundingClientRect().top - next.getBoundingClientRect().bottom, 4, 1);
    const frames = await atRest(() => mounted.view.stats.frames);
    await pause(800);
    equal(mounted.view.stats.frames, frames);
    await sendMouse({ type: 'move', position: [790, 590] });
    await waitFor(() => !tooltip(mounted), 'it goes');
  });

  it('name the key that an option gave to the action, and none where shortcuts are off', async () => {
    const mounted = await show(new TextInnotation(['a', 'b']), null, { shortcuts: { next: 'j' } });
    equal(one(mounted.host, 'button', 'Next >').getAttribute('aria-description'), 'Next sample (j)');
    const off = await show(new TextInnotation(['a', 'b']), null, { keyboardShortcuts: false });
    equal(one(off.host, 'button', 'Next >').getAttribute('aria-description'), null);
  });

  it('come with keyboard focus and go with Esc', async () => {
    const mounted = await show(new TextInnotation(['a', 'b']), null);
    one(mounted.host, 'spinbutton', 'Sample number').focus();
    await sendKeys({ press: 'Tab' });
    await waitFor(() => tooltip(mounted)?.textContent === 'Next sample (n)', 'the tooltip');
    await sendKeys({ press: 'Escape' });
    await waitFor(() => !tooltip(mounted), 'it goes');
  });
});
