import { unwrap } from '../../../src/errors/index.js';
import type { RgbaPixels } from '../../../src/kernels/index.js';
import { createPixelService } from '../../../workers/service.js';
import { inWorker } from '../../../workers/service-options.js';
import { isTrue } from '../expect.js';
import { cropOf, expectedImages, fixtureImage, largestDifference } from './fixtures.js';

const region = { x: 3, y: 13, width: 41, height: 17 };

const readWithoutFrames = async (name: string): Promise<RgbaPixels> => {
  const original = globalThis.VideoFrame;
  Reflect.deleteProperty(globalThis, 'VideoFrame');
  try {
    const service = createPixelService(inWorker);
    const image = await fixtureImage(name);
    const pixels = unwrap(await service.read({ image, region, level: 0, affine: null, swapRedBlue: false }));
    await service.release(name);
    return pixels;
  } finally {
    globalThis.VideoFrame = original;
  }
};

describe('reading where the browser has no VideoFrame', () => {
  it('is exact for opaque pixels, also of turned images', async () => {
    const expected = await expectedImages();
    for (const name of ['smooth.png', 'grey.png', 'smooth.bmp', 'oriented-3.jpg', 'oriented-6.jpg']) {
      const most = largestDifference(await readWithoutFrames(name), cropOf(expected.get(name)!, region));
      isTrue(most <= (name.endsWith('.jpg') ? 4 : 0), `${name} differs by ${most}`);
    }
  });

  it('keeps alpha, and colours as far as premultiplication leaves them', async () => {
    const { rgba } = await readWithoutFrames('noise-alpha.png');
    const wanted = cropOf((await expectedImages()).get('noise-alpha.png')!, region);
    for (let at = 0; at < wanted.length; at += 4) {
      const alpha = wanted[at + 3]!;
      isTrue(rgba[at + 3] === alpha, `alpha at ${at}`);
      for (let channel = 0; channel < 3; channel++) {
        const difference = Math.abs(rgba[at + channel]! - wanted[at + channel]!) * alpha;
        isTrue(difference <= 255 * 1.5, `colour at ${at} under alpha ${alpha}`);
      }
    }
  });
});
