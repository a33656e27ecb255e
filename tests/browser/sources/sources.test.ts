import { openOmeZarr, openTiff, openTiles } from 'innotater/sources';
import { createPixelPool, type PixelPool } from '../../../src/compute/index.js';
import type { InnotaterError } from '../../../src/errors/index.js';
import { type ImageEntry, type ImageSource, openImage } from '../../../src/images/index.js';
import { folderOfFiles } from '../../../src/pyramids/index.js';
import { equal, isTrue, rejects } from '../expect.js';
import { expectedOf, fixtureFile, otherOrigin, pictureOf, truthOf } from './fixtures.js';

const top = { level: 0, x: 0, y: 0 };

let pool: PixelPool;
before(() => {
  pool = createPixelPool({ maxWorkers: 1 });
});
after(() => pool.dispose());

const open = (entry: ImageEntry): Promise<ImageSource> =>
  openImage(entry, pool, { name: 'slides', uindex: 0 });

const failureOf = async (entry: ImageEntry): Promise<InnotaterError> => {
  const work = open(entry).then((source) => source.readTile(top, {}).finally(() => source.dispose()));
  return (await rejects(work)) as InnotaterError;
};

/** Largest difference of the finest level from a picture of the same size. */
const worst = async (source: ImageSource, { width, height, data }: ImageData): Promise<number> => {
  equal([source.width, source.height], [width, height]);
  const { rgba } = await source.readTile(top, {});
  return rgba.reduce((most, value, i) => Math.max(most, Math.abs(value - data[i]!)), 0);
};

describe('TIFF in a worker', () => {
  it('every fixture of bytes shows what other libraries read; JPEG within rounding of theirs', async () => {
    for (const [name, expected] of Object.entries(await expectedOf('tiff'))) {
      const [height, width, channels] = expected.shapes[0]!;
      if (expected.dtype !== 'uint8' || channels > 4) continue;
      const file = await fixtureFile(`tiff/${expected.file}`);
      const tiles = await openTiff(file, expected.page === undefined ? {} : { page: expected.page });
      const source = await open(tiles as ImageEntry);
      const truth = await truthOf('tiff', name, expected);
      const { rgba } = await source.readTile(top, {});
      let most = 0;
      for (let i = 0; i < width * height; i++) {
        for (let c = 0; c < 3; c++) {
          const wanted = truth[i * channels + (channels < 3 ? 0 : c)]!;
          most = Math.max(most, Math.abs(rgba[i * 4 + c]! - wanted));
        }
      }
      isTrue(most <= (expected.near ? 4 : 0), `${name}: differs by ${most}`);
      source.dispose();
    }
  });

  it('values beyond 8 bits are exact, whatever the byte order', async () => {
    const all = await expectedOf('tiff');
    for (const name of [
      'tiles-u16-predictor-big-endian',
      'tiles-f32-predictor',
      'i16',
      'u32-bigtiff',
      'tiles-f64',
    ]) {
      const source = await open(await fixtureFile(`tiff/${all[name]!.file}`));
      const truth = await truthOf('tiff', name, all[name]!);
      isTrue(source.isWide, `${name} is wide`);
      for (const [x, y] of [
        [0, 0],
        [82, 60],
        [31, 32],
        [64, 5],
      ] as const) {
        equal((await source.readValues(x, y, {})).values, [truth[y * 83 + x]], `${name} at ${x}, ${y}`);
      }
      source.dispose();
    }
  });

  it('by address with range requests, of this origin and another', async () => {
    const picture = await pictureOf('deep-zoom/picture.png');
    const truth = await truthOf('tiff', 'gdal-cog', (await expectedOf('tiff'))['gdal-cog']!);
    const wanted = new ImageData(picture.width, picture.height);
    for (let i = 0; i < picture.width * picture.height; i++) {
      wanted.data.set([truth[i * 3]!, truth[i * 3 + 1]!, truth[i * 3 + 2]!, 255], i * 4);
    }
    for (const address of [
      '/served/ranges/tiff/gdal-cog.tif',
      `${await otherOrigin()}/open/served/ranges/tiff/gdal-cog.tif`,
    ]) {
      const source = await open(address);
      equal(await worst(source, wanted), 0);
      source.dispose();
    }
  });

  it('what cannot be shown says why and what would be right', async () => {
    const said = async (entry: ImageEntry) => {
      const { code, message } = await failureOf(entry);
      return `${code}: ${message}`;
    };
    const whole = await said('/served/whole/tiff/gdal-cog.tif');
    isTrue(
      whole.includes('fetch: slides, sample 0') &&
        whole.includes('cannot be read by parts') &&
        whole.includes('from disk'),
      whole,
    );
    const closed = await said(`${await otherOrigin()}/served/ranges/tiff/gdal-cog.tif`);
    isTrue(
      closed.includes('does not allow pages of') && closed.includes('Access-Control-Allow-Origin'),
      closed,
    );
    const gone = await said('/served/ranges/tiff/gone.tif');
    isTrue(gone.includes('the server answered 404'), gone);
    const fax = await said(await fixtureFile('tiff/fax.tif'));
    isTrue(fax.includes('decode: ') && fax.includes('CCITT group 4') && fax.includes('Deflate'), fax);
    const jpeg2000 = await said(await fixtureFile('tiff/jpeg2000.tif'));
    isTrue(jpeg2000.includes('JPEG 2000'), jpeg2000);
    const bytes = await (await fixtureFile('tiff/strips.tif')).arrayBuffer();
    const cut = await said(new File([bytes.slice(0, 8000)], 'cut.tif'));
    isTrue(/cut\.tif.*truncated|cut\.tif.*no TIFF|cut\.tif.*offset/i.test(cut), cut);
  });

  it('any part of a TIFF of 300,000 × 300,000 pixels, far beyond what browsers decode', async () => {
    const source = await open(new File([sparseTiff(300_000, 512)], 'huge.tif'));
    equal([source.width, source.height], [300_000, 300_000]);
    const corner = await source.readTile(top, {});
    equal([...corner.rgba.subarray(0, 4)], [200, 200, 200, 255]);
    const far = await source.readTile({ level: 0, x: 500, y: 500 }, {});
    equal([...far.rgba.subarray(0, 4)], [0, 0, 0, 255]);
    source.dispose();
  });
});

/** A BigTIFF of bytes in tiles without compression of which the first alone is stored: grey 200. */
const sparseTiff = (size: number, tile: number): ArrayBuffer => {
  const count = Math.ceil(size / tile) ** 2;
  const tags: [number, number, number, bigint][] = [
    [256, 4, 1, BigInt(size)],
    [257, 4, 1, BigInt(size)],
    [258, 3, 1, 8n],
    [259, 3, 1, 1n],
    [262, 3, 1, 1n],
    [277, 3, 1, 1n],
    [322, 3, 1, BigInt(tile)],
    [323, 3, 1, BigInt(tile)],
    [324, 16, count, 0n],
    [325, 4, count, 0n],
  ];
  const directory = 16 + 8 + tags.length * 20 + 8;
  const offsets = directory;
  const counts = offsets + count * 8;
  const pixels = counts + count * 4;
  const bytes = new ArrayBuffer(pixels + tile * tile);
  const view = new DataView(bytes);
  new Uint8Array(bytes).set([0x49, 0x49, 43, 0, 8, 0, 0, 0, 16]);
  view.setBigUint64(16, BigInt(tags.length), true);
  tags.forEach(([tag, type, length, value], i) => {
    const at = 24 + i * 20;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setBigUint64(at + 4, BigInt(length), true);
    view.setBigUint64(at + 12, tag === 324 ? BigInt(offsets) : tag === 325 ? BigInt(counts) : value, true);
  });
  view.setBigUint64(offsets, BigInt(pixels), true);
  view.setUint32(counts, tile * tile, true);
  new Uint8Array(bytes, pixels).fill(200);
  return bytes;
};

describe('Deep Zoom and IIIF', () => {
  it('show what libvips cut, to the pixel', async () => {
    const picture = await pictureOf('deep-zoom/picture.png');
    for (const path of ['zoom.dzi', 'iiif/info.json', 'iiif3/info.json']) {
      const source = await open(`/served/ranges/deep-zoom/${path}`);
      equal(await worst(source, picture), 0, path);
      source.dispose();
    }
  });

  it('a Deep Zoom folder from disk', async () => {
    const names = [
      'zoom.dzi',
      ...[0, 1, 2, 3].flatMap((x) => [0, 1, 2].map((y) => `zoom_files/9/${x}_${y}.png`)),
    ];
    const files = await Promise.all(
      names.map(async (name) => {
        const file = await fixtureFile(`deep-zoom/${name}`);
        Object.defineProperty(file, 'webkitRelativePath', { value: `deep-zoom/${name}` });
        return file;
      }),
    );
    const source = await open(files);
    equal(await worst(source, await pictureOf('deep-zoom/picture.png')), 0);
    source.dispose();
    const alone = await failureOf(files[0]!);
    isTrue(alone.message.includes('zoom.dzi alone has no tiles; give the folder'), alone.message);
  });

  // The runner's own origin lets failures be cached.
  it('a server that fails at times is asked again for a tile, twice', async () => {
    const source = await open(
      `${await otherOrigin()}/open/served/failing-2-${Date.now()}/deep-zoom/iiif3/info.json`,
    );
    equal(await worst(source, await pictureOf('deep-zoom/picture.png')), 0);
    source.dispose();
  });

  it('a tile that is not there leaves the rest as it is, coarser in its place', async () => {
    const problems: InnotaterError[] = [];
    const source = await openImage(
      '/served/lacking-9/deep-zoom/zoom.dzi'.replace('lacking-9', 'lacking-9/..'),
      pool,
    ).catch(() => null);
    equal(source, null);
    const lacking = await openImage('/served/lacking-1_1.png/deep-zoom/zoom.dzi', pool, {
      onProblem: (error) => problems.push(error),
    });
    const { rgba, width } = await lacking.readTile(top, {});
    const { data } = await pictureOf('deep-zoom/picture.png');
    equal([...rgba.subarray(0, 400)], [...data.subarray(0, 400)]);
    const at = (200 * width + 200) * 4;
    for (let c = 0; c < 2; c++) isTrue(Math.abs(rgba[at + c]! - data[at + c]!) <= 4, `channel ${c}`);
    equal(problems.length, 1);
    isTrue(
      /zoom\.dzi, tile 1, 1 of level 0 cannot be shown: .*1_1\.png could not be loaded: the server answered 404/.test(
        problems[0]!.message,
      ),
      problems[0]!.message,
    );
    lacking.dispose();
  });

  it('aborting ends the requests', async () => {
    const source = await open('/served/slow-300/deep-zoom/zoom.dzi');
    const stop = new AbortController();
    const reading = source.readTile(top, { signal: stop.signal });
    stop.abort(new Error('enough'));
    equal(((await rejects(reading)) as Error).message, 'enough');
    source.dispose();
  });
});

describe('OME-Zarr in a worker', () => {
  const pathsOf = async (name: string) => (await expectedOf('zarr'))[name]!;

  it('by address: RGB, float in shards, channels in their colours, a plain array', async () => {
    const rgb = await pathsOf('rgb');
    const source = await open(`/served/ranges/zarr/${rgb.path}`);
    const truth = await truthOf('zarr', 'rgb', rgb);
    const { rgba } = await source.readTile(top, {});
    const plane = 90 * 110;
    const wrong = rgba.findIndex(
      (value, i) => value !== (i % 4 === 3 ? 255 : truth[(i % 4) * plane + Math.floor(i / 4)]),
    );
    equal(wrong, -1);
    source.dispose();
    for (const [name, x, y] of [
      ['sharded', 200, 250],
      ['plain', 90, 60],
    ] as const) {
      const other = await open(`/served/ranges/zarr/${(await pathsOf(name)).path}`);
      const values = await truthOf('zarr', name, await pathsOf(name));
      equal((await other.readValues(x, y, {})).values, [values[y * other.width + x]], name);
      other.dispose();
    }
    const mixed = await open('/served/ranges/zarr/five-axes.zarr');
    const five = await truthOf('zarr', 'five-axes', await pathsOf('five-axes'));
    const [x, y] = [100, 40];
    const [green, blue] = [five[y * 150 + x]!, five[2 * 120 * 150 + y * 150 + x]!];
    const shown = (value: number, lo: number, hi: number) =>
      Math.round(Math.min(255, Math.max(0, ((value - lo) * 255) / (hi - lo))));
    const tile = await mixed.readTile(top, {});
    equal(
      [...tile.rgba.subarray((y * 150 + x) * 4, (y * 150 + x) * 4 + 4)],
      [0, shown(green, 100, 3000), shown(blue, 50, 2000), 255],
    );
    equal((await mixed.readValues(x, y, {})).values, [green, blue]);
    mixed.dispose();
  });

  it('from disk: a zip file, and a folder', async () => {
    const rgb = await pathsOf('rgb');
    const truth = await truthOf('zarr', 'rgb', rgb);
    const zip = await fixtureFile(`zarr/${rgb.zip}`);
    const names = [
      'zarr.json',
      's0/zarr.json',
      's1/zarr.json',
      ...['0/0', '0/1', '1/0', '1/1'].map((at) => `s0/c/0/${at}`),
    ];
    const files = await Promise.all(
      names.map(async (name) => {
        const file = await fixtureFile(`zarr/rgb.zarr/${name}`);
        Object.defineProperty(file, 'webkitRelativePath', { value: `rgb.zarr/${name}` });
        return file;
      }),
    );
    equal(folderOfFiles(files).has('s0/zarr.json'), true);
    for (const entry of [zip, files] as const) {
      const source = await open(entry);
      equal(
        (await source.readValues(70, 80, {})).values,
        [0, 1, 2].map((c) => truth[c * 90 * 110 + 80 * 110 + 70]),
      );
      source.dispose();
    }
  });

  it('what is no image says so', async () => {
    const plate = await failureOf('/served/ranges/zarr/plate.zarr');
    isTrue(plate.message.includes('it is a plate; give the image of one field'), plate.message);
    const nothing = await failureOf('/served/ranges/zarr/gone.zarr');
    isTrue(nothing.message.includes('is no Zarr hierarchy'), nothing.message);
    const unknown = (await rejects(openTiles('/pictures/a.raw'))) as InnotaterError;
    isTrue(unknown.message.includes('TIFF (.tif, .svs), Deep Zoom'), unknown.message);
    const axis = (await rejects(
      openOmeZarr('/served/ranges/zarr/rgb.zarr', { at: { q: 0 } }),
    )) as InnotaterError;
    isTrue(axis.message.includes('has no axis q; there are'), axis.message);
    const tiff = await fixtureFile('tiff/alpha.tif');
    const told = async (work: Promise<unknown>) => {
      const { code, message } = (await rejects(work)) as InnotaterError;
      return `${code}: ${message}`;
    };
    for (const page of [-1, 0.5, Number.NaN, 99]) {
      isTrue(
        (await told(openTiff(tiff, { page }))).includes(`range: alpha.tif has no page ${page};`),
        `${page}`,
      );
    }
    for (const bytes of [0, 4, 8, 10, 60]) {
      const cut = await told(openTiff(new File([tiff.slice(0, bytes)], 'cut.tif')));
      isTrue(cut.startsWith('format: cut.tif is no TIFF file, or is cut off'), `${bytes} bytes: ${cut}`);
    }
    const broken = await told(openTiles(new File(['{"@context": "http://iiif.io/'], 'info.json')));
    isTrue(broken.startsWith('format: info.json is no JSON file'), broken);
    for (const none of [undefined, null, 7]) {
      const wanted = `data: Images in tiles are opened from an address`;
      isTrue((await told(openTiles(none as never))).startsWith(wanted), `openTiles(${none})`);
      isTrue((await told(openTiff(none as never))).startsWith(wanted), `openTiff(${none})`);
      isTrue((await told(openOmeZarr(none as never))).startsWith(wanted), `openOmeZarr(${none})`);
    }
    const aborted = new AbortController();
    aborted.abort(new Error('not now'));
    equal(
      ((await rejects(openOmeZarr('/served/ranges/zarr/rgb.zarr', { signal: aborted.signal }))) as Error)
        .message,
      'not now',
    );
  });
});
