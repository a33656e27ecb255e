import { describe, expect, it } from 'vitest';
import { rect, screenRect } from '../../../src/geometry/index.js';
import { frameSize, restView } from '../../../src/innotations/image-size.js';
import { ImageView } from '../../../src/innotations/image-view.js';

const photo = { width: 800, height: 400 };

describe('size of an image on the page', () => {
  it('I9: width alone fixes the width of the frame; a larger image is scaled down', () => {
    expect(frameSize(photo, { width: 300 })).toEqual({ width: 300, height: 150 });
  });
  it('I9: width alone and a smaller image: the frame keeps its width, the image its natural size', () => {
    const frame = frameSize(photo, { width: 1000 });
    expect(frame).toEqual({ width: 1000, height: 400 });
    expect(restView(photo, rect(0, 0, frame.width, frame.height))).toEqual({ scale: 1, x: 100, y: 0 });
  });
  it('I9: height alone shrinks the width with it, and never scales up', () => {
    expect(frameSize(photo, { height: 100 })).toEqual({ width: 200, height: 100 });
    expect(frameSize(photo, { height: 900 })).toEqual(photo);
  });
  it('I9: both fix the frame and the image is fitted', () => {
    const frame = frameSize(photo, { width: 200, height: 200 });
    expect(frame).toEqual({ width: 200, height: 200 });
    const view = restView(photo, rect(10, 10, 200, 200));
    expect(screenRect(view, rect(0, 0, 800, 400))).toEqual(rect(10, 60, 200, 100));
  });
  it('I9: neither gives the natural size', () => {
    expect(frameSize(photo, {})).toEqual(photo);
  });
});

describe('zoom and pan', () => {
  const frame = rect(100, 50, 400, 200);

  it('zoom keeps the pixel under the pointer, and goes back to rest when zoomed out', () => {
    const view = new ImageView();
    view.zoom(4, { x: 300, y: 150 }, photo, frame);
    const { scale, x, y } = view.current(photo, frame);
    expect(scale).toBe(2);
    expect([(300 - x) / scale, (150 - y) / scale]).toEqual([400, 200]);
    view.zoom(0.1, { x: 300, y: 150 }, photo, frame);
    expect(view.isAtRest).toBe(true);
  });

  it('the same part stays in view when the page moves the frame', () => {
    const view = new ImageView();
    view.zoom(4, { x: 300, y: 150 }, photo, frame);
    const before = view.current(photo, frame);
    const after = view.current(photo, rect(140, 80, 400, 200));
    expect([after.x - before.x, after.y - before.y]).toEqual([40, 30]);
  });

  it('never closer than 64 screen pixels for one of the image', () => {
    const view = new ImageView();
    view.zoom(1e6, { x: 300, y: 150 }, photo, frame);
    expect(view.current(photo, frame).scale).toBe(64);
  });
});
