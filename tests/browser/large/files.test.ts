import { createPixelPool } from '../../../src/compute/index.js';
import { ImageInnotation, Innotater } from '../../../src/innotater/index.js';
import { equal, isTrue, near } from '../expect.js';
import { stand } from '../images/stand.js';

/** A `.npy` file of 64 rows over and over, put together by reference; what a row holds is known. */
const npy = (
  descr: string,
  [height, width, channels]: readonly number[],
  row: Uint8Array<ArrayBuffer>,
): File => {
  const shape = channels === 1 ? `${height}, ${width}` : `${height}, ${width}, ${channels}`;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`;
  const start = new Uint8Array([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0]);
  const rows = new Blob(Array.from({ length: 64 }, () => row));
  return new File([start, header, ...Array.from({ length: height! / 64 }, () => rows)], 'large.npy');
};

const [width, height] = [16_384, 24_576];
/** Red rises with x, green falls, blue is 77. */
const bytes = (): File => {
  const row = new Uint8Array(width * 3);
  for (let x = 0; x < width; x++) row.set([x >> 6, 255 - (x >> 6), 77], x * 3);
  return npy('|u1', [height, width, 3], row);
};

const floats = (): File => {
  const row = new DataView(new ArrayBuffer(width * 4));
  for (let x = 0; x < width; x++) row.setFloat32(x * 4, x);
  return npy('>f4', [height, width, 1], new Uint8Array(row.buffer));
};

describe('arrays in files that are larger than a budget', function () {
  this.timeout(120_000);

  for (const [where, maxWorkers] of [
    ['workers', 2],
    ['the main thread', 0],
  ] as const) {
    it(`1.2 GB of bytes: whole and single pixels, read by ${where}, never held`, async () => {
      const board = stand(() => bytes(), { colorspace: 'RGB' }, createPixelPool({ maxWorkers }));
      await board.show(0);
      for (const x of [205, 400, 590]) {
        const [r, g, b] = board.pixelAt(x, 300);
        const value = ((x - 200) / 400) * 256;
        near(r!, value, 1.6, `red at ${x}`);
        near(g!, 255 - value, 1.6, `green at ${x}`);
        equal(b, 77);
      }
      isTrue(board.images.decodedBytes <= 96 << 20, `${board.images.decodedBytes} bytes are held`);
      const scale = 4;
      await board.show(0, [], { scale, x: -scale * 12_000, y: -scale * 20_000 });
      equal(board.pixelAt(2, 2), [12_000 >> 6, 255 - (12_000 >> 6), 77, 255]);
      const { values } = await board.images.values(9000, 17);
      equal(values, [9000 >> 6, 255 - (9000 >> 6), 77]);
      board.images.dispose();
      equal([board.images.decodedBytes, board.textures.bytes], [0, 0]);
      board.dispose();
    });
  }

  it('1.6 GB of big-endian floats: a window changes what is shown without reading the file again', async () => {
    const board = stand(() => floats());
    await board.show(0);
    equal(board.pixelAt(500, 300)[0], 255);
    const { lo, hi, counts } = await board.images.histogram(8);
    isTrue(lo < 200 && hi > width - 200, `values from ${lo} to ${hi}`);
    const all = counts[0]!.reduce((sum, n) => sum + n, 0);
    for (const n of counts[0]!) near(n / all, 1 / 8, 0.02, 'a share of an even slope');
    const start = performance.now();
    board.images.setRange({ lo: 0, hi: width });
    await board.show(0);
    const changed = performance.now() - start;
    for (const x of [210, 400, 590])
      near(board.pixelAt(x, 300)[0]!, ((x - 200) / 400) * 256, 1.6, `grey at ${x}`);
    console.log(`another window over 1.6 GB of floats: ${Math.round(changed)} ms`);
    board.dispose();
  });

  it('the component shows such a file, coarse before it is sharp, and lets go of it when closed', async () => {
    const host = document.createElement('div');
    host.style.width = '700px';
    document.body.append(host);
    const image = new ImageInnotation([bytes()], {
      name: 'image',
      colorspace: 'RGB',
      width: 400,
      height: 300,
    });
    const view = new Innotater(image, undefined);
    view.mount(host);
    await view.ready;
    isTrue(view.stats.decodedBytes > 0, 'decoded bytes are counted');
    view.dispose();
    equal([view.stats.decodedBytes, view.stats.textureBytes, view.stats.pendingTiles], [0, 0, 0]);
    host.remove();
  });
});
