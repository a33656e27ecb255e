import { BoundingBoxInnotation, ImageInnotation, Innotater } from 'innotater';
import { equal } from '../expect.js';

/** A seeded picture file of its own for every sample. */
const picture = async (index: number): Promise<Blob> => {
  const canvas = new OffscreenCanvas(160 + (index % 7) * 16, 120);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `hsl(${(index * 47) % 360} 70% 50%)`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  context.fillRect(index % 100, index % 50, 30, 30);
  return canvas.convertToBlob({ type: 'image/png' });
};

describe('stepping', function () {
  this.timeout(120_000);

  it('I14: through 300 images and back leaves the bytes of view.stats where they were', async () => {
    const blobs = await Promise.all(Array.from({ length: 300 }, (_, i) => picture(i)));
    const boxes = blobs.map(() => [0, 0, 0, 0]);
    const host = document.createElement('div');
    document.body.append(host);
    const view = new Innotater(new ImageInnotation(blobs), new BoundingBoxInnotation(boxes));
    view.mount(host);
    const settled = async () => {
      await view.ready;
      for (let before = -1; view.stats.pendingTiles > 0 || view.stats.decodedBytes !== before; ) {
        before = view.stats.decodedBytes;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const { textureBytes, decodedBytes } = view.stats;
      return { textureBytes, decodedBytes };
    };
    for (const index of [1, 2, 1, 0]) {
      view.index = index;
      await view.ready;
    }
    const before = await settled();
    for (let i = 0; i < 299; i++) {
      view.next();
      if (i % 10 === 0) await view.ready;
      else await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    equal(view.index, 299);
    while (view.index > 0) {
      view.previous();
      if (view.index % 10 === 0) await view.ready;
      else await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    equal(await settled(), before, 'bytes held');
    view.dispose();
    host.remove();
  });
});
