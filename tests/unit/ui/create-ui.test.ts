import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/geometry/index.js';
import type { Shape } from '../../../src/paint/index.js';
import { darkTheme, type Ui } from '../../../src/ui/index.js';
import { center, Driver, key, pointer } from './drive.js';

describe('a frame', () => {
  it('joins stacked keys to ids and refuses two alike among siblings', () => {
    const nested = (ui: Ui) => {
      ui.column('form', {}, () => {
        ui.row('bar', {}, () => void ui.button('ok', 'OK'));
        ui.button('ok', 'Other');
      });
    };
    const driver = new Driver(nested);
    expect(driver.find('button', 'OK').id).toBe('form/bar/ok');
    expect(driver.find('button', 'Other').id).toBe('form/ok');
    expect(() => new Driver((ui) => [ui.button('a', 'A'), ui.label('a', 'B')])).toThrow(/"a"/);
  });

  it('goes on after a build that threw', () => {
    let fails = false;
    const driver = new Driver((ui) => {
      ui.row('r', {}, () => {
        if (fails) throw new Error('caller');
        ui.button('ok', 'OK');
      });
    });
    fails = true;
    expect(() => driver.frame()).toThrow('caller');
    fails = false;
    driver.frame();
    expect(driver.find('button', 'OK').id).toBe('r/ok');
  });

  it('builds once when nothing happens or only the pointer moves', () => {
    const driver = new Driver((ui) => void ui.button('ok', 'OK'));
    driver.frame();
    expect(driver.builds).toBe(1);
    driver.frame(pointer('move', center(driver.find('button', 'OK'))));
    expect(driver.builds).toBe(1);
    expect(driver.output.requests).toEqual([]);
  });

  it('shows what an answer changed in the same frame, also above the widget that answered', () => {
    let count = 0;
    const driver = new Driver((ui) => {
      ui.label('count', `count ${count}`);
      if (ui.button('more', 'More')) count += 1;
    });
    driver.click(center(driver.find('button', 'More')));
    expect(driver.texts()).toContain('count 1');
    expect(count).toBe(1);
  });

  it('shows a widget that appears at its place at once, and hits it there', () => {
    let open = false;
    let hits = 0;
    const driver = new Driver((ui) => {
      if (ui.button('open', 'Open')) open = true;
      if (open && ui.button('new', 'New')) hits += 1;
    });
    driver.click(center(driver.find('button', 'Open')));
    const node = driver.find('button', 'New');
    expect(node.rect.y).toBeGreaterThan(0);
    driver.click(center(node));
    expect(hits).toBe(1);
  });

  it('gives keys to shortcuts in order, once, though the build runs again', () => {
    const loose: string[] = [];
    let rows = 0;
    const driver = new Driver((ui) => {
      for (const event of ui.unusedKeys) {
        loose.push(event.key);
        rows += 1;
        ui.use(event);
      }
      for (let i = 0; i < rows; i++) ui.label(String(i), 'row');
    });
    driver.frame(key('n'), key('n'), key('p'));
    expect(loose).toEqual(['n', 'n', 'p']);
    expect(driver.texts()).toEqual(['row', 'row', 'row']);
    expect(driver.output.requests).toEqual([{ tag: 'preventDefault' }]);
  });

  it('collects what the shell is asked, each wish once', () => {
    const driver = new Driver((ui) => {
      ui.announce('saved');
      ui.repaint('fade', 50);
      ui.repaint('fade', 20);
      ui.focus('b');
      ui.button('b', 'B');
    });
    driver.frame();
    expect(driver.output.requests).toEqual([
      { tag: 'focus', id: 'b' },
      { tag: 'announce', text: 'saved', assertive: false },
      { tag: 'repaint', afterMs: 20, reason: 'fade' },
    ]);
    driver.frame({ tag: 'focus', id: 'b', visible: false });
    expect(driver.asked('focus')).toBe(false);
  });

  it('keeps hover off other widgets while one holds the pointer', () => {
    const driver = new Driver((ui) => {
      ui.button('a', 'A');
      ui.region('r', {
        label: 'R',
        roleDescription: 'image',
        size: { width: 50, height: 50 },
        cursor: 'crosshair',
        paint: () => [],
      });
    });
    driver.frame(pointer('down', center(driver.find('button', 'A'))));
    driver.frame(pointer('move', center(driver.find('group', 'R'))));
    expect(driver.output.cursor).toBe('pointer');
    driver.frame(pointer('up', center(driver.find('group', 'R'))));
    expect(driver.output.cursor).toBe('crosshair');
  });

  it('a widget that vanishes under a press lets the pointer go', () => {
    let there = true;
    const driver = new Driver((ui) => {
      if (there) ui.button('a', 'A');
      else
        ui.region('r', {
          label: 'R',
          roleDescription: 'image',
          size: { width: 90, height: 50 },
          cursor: 'crosshair',
          paint: () => [],
        });
    });
    const at = { x: 5, y: 5 };
    driver.frame(pointer('move', at), pointer('down', at));
    there = false;
    driver.frame();
    expect(driver.output.cursor).toBe('crosshair');
  });

  it('forgets the state of a widget that was not there for a frame', () => {
    let there = true;
    const driver = new Driver((ui) => {
      if (there) ui.textField('t', 'text', { label: 'T' });
    });
    driver.frame({ tag: 'text', id: 't', phase: 'input', value: 'draft' });
    expect(driver.find('textbox', 'T').value).toBe('draft');
    there = false;
    driver.frame();
    there = true;
    driver.frame();
    expect(driver.find('textbox', 'T').value).toBe('text');
  });

  it('keeps nothing that a frame before the last one made', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const made: WeakRef<object>[] = [];
    const driver = new Driver((ui) => {
      const own = { color: [0, 0, 0, 1] as const };
      made.push(new WeakRef(own));
      const paint = (rect: Rect): Shape[] => [{ tag: 'quad', rect, color: own.color }];
      ui.region('r', { label: 'R', roleDescription: 'image', size: { width: 9, height: 9 }, paint });
    });
    for (let i = 0; i < 10; i++) {
      driver.frame(key('n'));
      await new Promise((resolve) => setTimeout(resolve));
    }
    collect();
    const alive = made.filter((reference) => reference.deref() !== undefined).length;
    expect(alive).toBeLessThanOrEqual(2);
  });

  it('takes another theme between frames', () => {
    const driver = new Driver((ui) => void ui.button('a', 'A'));
    driver.ui.theme = darkTheme;
    driver.frame();
    expect(driver.shapes()).toContainEqual(expect.objectContaining({ fill: darkTheme.control }));
  });

  it('nests named containers as groups in reading order', () => {
    const driver = new Driver((ui) => {
      ui.column('row1', { label: 'Fruit 1', surface: 'panel' }, () => {
        ui.row('inner', {}, () => void ui.button('x', 'Remove row 1'));
        ui.label('l', 'caption');
      });
      ui.button('add', 'Add');
    });
    expect(driver.find('group', 'Fruit 1').children!.map(({ name }) => name)).toEqual([
      'Remove row 1',
      'caption',
    ]);
    expect(driver.output.semantics.children!.map(({ name }) => name)).toEqual(['Fruit 1', 'Add']);
  });
});

describe('message', () => {
  it('is shown and spoken, with its action as a button beside it', () => {
    let tries = 0;
    const driver = new Driver((ui) => {
      if (ui.message('m', 'Saving failed', { kind: 'alert', action: 'Try again' })) tries += 1;
    });
    expect(driver.find('alert', 'Saving failed').value).toBe('Saving failed');
    driver.click(center(driver.find('button', 'Try again')));
    expect(tries).toBe(1);
  });

  it('takes no room while it is empty, but is there to be spoken', () => {
    const driver = new Driver((ui) => void ui.message('m', '', { kind: 'status', action: 'Undo' }));
    expect(driver.find('status', '').rect.height).toBe(0);
    expect(driver.has('button', 'Undo')).toBe(false);
    expect(driver.shapes()).toEqual([]);
  });
});
