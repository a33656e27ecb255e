import { describe, expect, it } from 'vitest';
import type { RegionOptions, RegionResponse, Semantics } from '../../../src/ui/index.js';
import { center, Driver, key, pointer, wheel } from './drive.js';

const box = (id: string, name: string): Semantics => ({
  id,
  role: 'button',
  name,
  rect: { x: 10, y: 10, width: 30, height: 20 },
  focusable: true,
});

const oneRegion = (
  options: Partial<RegionOptions> = {},
  act: (region: RegionResponse) => void = () => {},
) => {
  const model = { responses: [] as RegionResponse[], loose: [] as string[] };
  const driver = new Driver((ui) => {
    const response = ui.region('image', {
      label: 'Photo',
      roleDescription: 'image',
      size: { width: 200, height: 100 },
      cursor: 'crosshair',
      paint: (rect) => [{ tag: 'quad', rect, color: [0, 0, 0, 1] }],
      children: (_, childId) => [box(childId('box1'), 'Fruit')],
      ...options,
    });
    act(response);
    model.responses.push(response);
    ui.button('after', 'After');
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  const node = () => driver.find('group', 'Photo');
  const tags = () => {
    const events = model.responses.flatMap((response) => response.events);
    model.responses.length = 0;
    return events.map((event) => ('phase' in event ? `${event.tag} ${event.phase}` : event.tag));
  };
  return { driver, model, node, tags };
};

describe('region', () => {
  it('has its size, and keeps its proportion where there is less room', () => {
    expect(oneRegion().node().rect).toMatchObject({ width: 200, height: 100 });
    const narrow = new Driver(
      (ui) =>
        void ui.region('image', {
          label: 'Photo',
          roleDescription: 'image',
          size: { width: 200, height: 100 },
          paint: () => [],
        }),
      { width: 80 },
    );
    expect(narrow.find('group', 'Photo').rect).toMatchObject({ width: 80, height: 40 });
  });

  it('clips what its caller paints to its place', () => {
    const { driver, node } = oneRegion();
    const clip = driver.output.picture.find((shape) => shape.tag === 'clip');
    expect(clip).toMatchObject({ rect: node().rect, shapes: [{ tag: 'quad', rect: node().rect }] });
  });

  it('knows its place before anything is shown', () => {
    const { driver, model } = oneRegion();
    expect(driver.builds).toBeGreaterThan(1);
    expect(model.responses[0]!.rect).toBeNull();
    expect(model.responses.at(-1)!.rect).toEqual({ x: 0, y: 0, width: 200, height: 100 });
  });

  it('gets the pointer over it, once, and what it captured anywhere', () => {
    const { driver, node, tags } = oneRegion({}, (region) => {
      for (const event of region.events) {
        if (event.tag === 'pointer' && event.phase === 'down') region.capture(event.pointerId);
      }
    });
    tags();
    const far = { x: 590, y: 390 };
    driver.frame(pointer('move', center(node())), pointer('down', center(node())));
    expect(driver.output.requests).toContainEqual({ tag: 'capture', pointerId: 1 });
    driver.frame(pointer('move', far));
    driver.frame(pointer('up', far));
    driver.frame(pointer('move', far));
    expect(tags()).toEqual(['pointer move', 'pointer down', 'pointer move', 'pointer up']);
  });

  it('what it does not capture is not delivered outside it', () => {
    const { driver, node, tags } = oneRegion();
    tags();
    driver.frame(pointer('down', center(node())));
    driver.frame(pointer('move', { x: 590, y: 390 }));
    expect(tags()).toEqual(['pointer down']);
  });

  it('prevents what it used and nothing else', () => {
    const { driver, node } = oneRegion({}, (region) => {
      for (const event of region.events) if (event.tag === 'wheel' && event.deltaY > 0) region.use(event);
    });
    driver.frame(wheel(center(node()), 10));
    expect(driver.asked('preventDefault')).toBe(true);
    driver.frame(wheel(center(node()), -10));
    expect(driver.asked('preventDefault')).toBe(false);
  });

  it('gets keys while it or a child has focus; what it leaves unused are shortcuts', () => {
    const { driver, model, node, tags } = oneRegion({}, (region) => {
      for (const event of region.events) {
        if (event.tag === 'key' && event.key === 'Delete') region.use(event);
      }
    });
    tags();
    driver.frame(key('Delete'));
    expect(tags()).toEqual([]);
    model.loose.length = 0;
    driver.focus(node());
    driver.frame(key('Delete'), key('n'));
    driver.focus(driver.find('button', 'Fruit'));
    driver.frame(key('Delete'), key('p'));
    expect(tags()).toEqual(['key down', 'key down', 'key down', 'key down']);
    expect(model.loose).toEqual(['n', 'p']);
  });

  it('names the child that was activated or got focus, once', () => {
    const { driver, model } = oneRegion();
    const { id } = driver.find('button', 'Fruit');
    model.responses.length = 0;
    driver.frame({ tag: 'focus', id, visible: true });
    driver.frame({ tag: 'activate', id });
    expect(model.responses.flatMap((response) => response.focusedChild ?? [])).toEqual(['box1']);
    expect(model.responses.flatMap((response) => response.activatedChild ?? [])).toEqual(['box1']);
    expect(model.responses.at(-1)!.focused).toBe(true);
  });

  it('draws the ring of a child that has keyboard focus around the child', () => {
    const { driver } = oneRegion();
    driver.focus(driver.find('button', 'Fruit'));
    const ring = driver.output.picture.at(-1);
    expect(ring).toMatchObject({ tag: 'rounded', rect: { x: 7, y: 7, width: 36, height: 26 } });
  });

  it('shows its cursor under the pointer and tells what touch may do', () => {
    const { driver, node } = oneRegion({ touchAction: 'none' });
    driver.frame(pointer('move', center(node())));
    expect(driver.output.cursor).toBe('crosshair');
    expect(node().touchAction).toBe('none');
  });

  it('gets nothing while disabled', () => {
    const { driver, node, tags } = oneRegion({ disabled: true });
    driver.frame(pointer('down', center(node())), wheel(center(node()), 5));
    expect(tags()).toEqual([]);
  });
});
