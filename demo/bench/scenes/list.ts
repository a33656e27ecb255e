import { Innotater, MultiClassInnotation } from 'innotater';
import { alternate, type Turn } from '../alternate.js';
import { key } from '../contestants/hands.js';
import { type FrameTime, measureFrame, nextFrame } from '../measure.js';
import type { Scene } from '../model.js';

const count = 11_319;
const words = Array.from({ length: count }, (_, i) => `row ${String(i).padStart(5, '0')}`);
const [width, height] = [320, 400];

type List = {
  readonly element: HTMLElement;
  readonly canvas: () => HTMLCanvasElement | null;
  down(): void;
  scroll(): void;
  dispose(): void;
};

const innotaterList = async (host: HTMLElement): Promise<List> => {
  const element = document.createElement('div');
  element.style.width = `${width + 60}px`;
  host.append(element);
  const layout = { width, height };
  const view = new Innotater([], [new MultiClassInnotation([0], { desc: 'Row', classes: words, layout })]);
  view.mount(element);
  await view.ready;
  const root = [...element.querySelectorAll('*')].find((one) => one.shadowRoot)!.shadowRoot!;
  const list = root.querySelector<HTMLElement>('[role="listbox"]')!;
  const at = () => {
    const { left, top } = list.getBoundingClientRect();
    return { clientX: left + 40, clientY: top + 40, bubbles: true, composed: true, cancelable: true };
  };
  return {
    element,
    canvas: () => view.canvas,
    down: () => {
      if (document.activeElement?.shadowRoot !== root) list.focus({ preventScroll: true });
      key(list, 'ArrowDown');
    },
    scroll: () => list.dispatchEvent(new WheelEvent('wheel', { ...at(), deltaY: 900 })),
    dispose: () => {
      view.dispose();
      element.remove();
    },
  };
};

const selectList = async (host: HTMLElement): Promise<List> => {
  const element = document.createElement('select');
  element.size = 20;
  element.ariaLabel = 'Rows';
  element.style.cssText = `width: ${width}px; height: ${height}px`;
  element.append(...words.map((word) => new Option(word)));
  host.append(element);
  return {
    element,
    canvas: () => null,
    down: () => {
      element.selectedIndex++;
      element.selectedOptions[0]!.scrollIntoView({ block: 'nearest' });
    },
    scroll: () => {
      element.scrollTop += 900;
    },
    dispose: () => element.remove(),
  };
};

/** The list that a page makes of elements: one for each row, the chosen one marked by a class. */
const elementList = async (host: HTMLElement): Promise<List> => {
  const element = document.createElement('div');
  element.role = 'listbox';
  element.ariaLabel = 'Rows';
  element.tabIndex = 0;
  element.style.cssText = `width: ${width}px; height: ${height}px; overflow: auto`;
  const options = words.map((word) => {
    const option = document.createElement('div');
    option.role = 'option';
    option.textContent = word;
    return option;
  });
  element.append(...options);
  host.append(element);
  let chosen = 0;
  return {
    element,
    canvas: () => null,
    down: () => {
      options[chosen]!.style.background = '';
      options[++chosen]!.style.background = 'Highlight';
      options[chosen]!.scrollIntoView({ block: 'nearest' });
    },
    scroll: () => {
      element.scrollTop += 900;
    },
    dispose: () => element.remove(),
  };
};

const lists = {
  Innotater: innotaterList,
  'select element': selectList,
  'an element for each row': elementList,
} as const;

export const list11k: Scene = {
  name: 'list-11319',
  title: 'A list of 11,319 rows',
  about:
    'Opens the list, steps down by keys and scrolls. Widgets that make an element for each row open late and stutter.',
  run: async (context) => {
    const frames = context.quick ? 6 : 30;
    const turn = (name: keyof typeof lists): Turn => ({
      name,
      run: async () => {
        await nextFrame();
        const start = performance.now();
        const list = await lists[name](context.host);
        try {
          const opened = await measureFrame(() => list.element.getBoundingClientRect(), list.canvas);
          const firstMs = performance.now() - start;
          const all: FrameTime[] = [];
          for (let i = 0; i < frames; i++)
            all.push(await measureFrame(i % 2 ? list.scroll : list.down, list.canvas));
          void opened;
          const worst = Math.max(...all.map(({ frameMs }) => frameMs));
          const sum = (of: 'frameMs' | 'scriptMs') => all.reduce((total, one) => total + one[of], 0) / frames;
          return { firstMs, frameMs: sum('frameMs'), scriptMs: sum('scriptMs'), longestTaskMs: worst };
        } finally {
          list.dispose();
        }
      },
    });
    const turns = (Object.keys(lists) as (keyof typeof lists)[]).map(turn);
    return alternate('list-11319', turns, context.quick ? 2 : 15, context);
  },
};
