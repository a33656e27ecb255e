import { describe, expect, it } from 'vitest';
import {
  deepZoomFolder,
  deepZoomLevels,
  deepZoomTile,
  parseDeepZoom,
} from '../../../src/pyramids/deep-zoom.js';
import { iiifTile, parseIiif } from '../../../src/pyramids/iiif.js';

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<!-- <Image TileSize="1"> -->
<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="png" Overlap="1" TileSize='254'>
  <Size Height="701" Width="1003"/>
</Image>`;
const json = JSON.stringify({
  Image: { Url: 'tiles', Format: 'jpg', Overlap: '2', TileSize: 256, Size: { Height: '30', Width: 40 } },
});

const failure = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
};

describe('Deep Zoom', () => {
  it('XML as libvips writes it, and JSON', () => {
    expect(parseDeepZoom(xml, 'a.dzi')).toEqual({
      width: 1003,
      height: 701,
      tileSize: 254,
      overlap: 1,
      format: 'png',
      url: null,
    });
    expect(parseDeepZoom(json, 'a.json')).toEqual({
      width: 40,
      height: 30,
      tileSize: 256,
      overlap: 2,
      format: 'jpg',
      url: 'tiles',
    });
  });
  it('levels go from the whole to the first that is one tile, with the numbers of their folders', () => {
    const levels = deepZoomLevels(parseDeepZoom(xml, 'a.dzi'));
    expect(levels.map(({ width, height, number }) => [number, width, height])).toEqual([
      [10, 1003, 701],
      [9, 502, 351],
      [8, 251, 176],
    ]);
  });
  it('tiles lie beside the descriptor, or where it says; queries are kept', () => {
    const image = parseDeepZoom(xml, 'a.dzi');
    const [level] = deepZoomLevels(image);
    const at = (address: string) => deepZoomTile(deepZoomFolder(address, image), level!, 3, 2, 'png');
    expect(at('https://x.org/p/a.dzi')).toBe('https://x.org/p/a_files/10/3_2.png');
    expect(at('p/a.b.dzi?key=1')).toBe('p/a.b_files/10/3_2.png?key=1');
    expect(deepZoomFolder('https://x.org/p/a.json', { ...image, url: 'tiles' })).toBe(
      'https://x.org/p/tiles/',
    );
    expect(deepZoomFolder('https://x.org/p/a.json', { ...image, url: '/else/' })).toBe('/else/');
  });
  it('what is no descriptor is told', () => {
    const said = (text: string) => failure(() => parseDeepZoom(text, 'a.dzi'));
    expect(said('<html></html>')).toBe('format: a.dzi is no Deep Zoom descriptor: it has no element <Image>');
    expect(said(xml.replace('Width="1003"', 'Width="0"'))).toContain(
      'Width must be a whole number of at least 1, and is 0',
    );
    expect(said('{"Image": 3}')).toContain('it has no "Image"');
    expect(said('{')).toBe('format: a.dzi is no valid JSON');
    expect(said('<Collection MaxLevel="8"></Collection>')).toContain('it is a collection');
  });
});

const info3 = {
  '@context': 'http://iiif.io/api/image/3/context.json',
  id: 'https://x.org/iiif/a%2Fb',
  type: 'ImageService3',
  protocol: 'http://iiif.io/api/image',
  profile: 'level0',
  width: 1003,
  height: 701,
  tiles: [{ width: 256, scaleFactors: [4, 1, 2, 8] }],
};
const info2 = {
  ...info3,
  '@context': 'http://iiif.io/api/image/2/context.json',
  '@id': info3.id,
  id: undefined,
  profile: ['http://iiif.io/api/image/2/level0.json', { formats: ['png'] }],
};
const parsed = (info: object, address = 'https://x.org/iiif/a%2Fb/info.json') =>
  parseIiif(JSON.stringify(info), address);
const tile = (info: object, level: number, x: number, y: number) => {
  const image = parsed(info);
  return iiifTile(image, image.levels[level]!, x, y).replace('https://x.org/iiif/a%2Fb/', '');
};

describe('IIIF Image API', () => {
  it('3: canonical addresses of tiles, inside and at the edges', () => {
    expect(parsed(info3).levels.map(({ width, height, scale }) => [scale, width, height])).toEqual([
      [1, 1003, 701],
      [2, 502, 351],
      [4, 251, 176],
    ]);
    expect(tile(info3, 0, 1, 1)).toBe('256,256,256,256/256,256/0/default.jpg');
    expect(tile(info3, 0, 3, 2)).toBe('768,512,235,189/235,189/0/default.jpg');
    expect(tile(info3, 1, 1, 1)).toBe('512,512,491,189/246,95/0/default.jpg');
    expect(tile(info3, 2, 0, 0)).toBe('full/251,176/0/default.jpg');
  });
  it('2: sizes by width alone, and the format that its profile has', () => {
    expect(tile(info2, 0, 3, 2)).toBe('768,512,235,189/235,/0/default.png');
    expect(tile(info2, 2, 0, 0)).toBe('full/251,/0/default.png');
  });
  it('a server without tiles that cuts any region is asked for tiles within its limits', () => {
    const free = { ...info3, profile: 'level2', tiles: undefined, maxWidth: 400, maxArea: 90_000 };
    expect(parsed(free).levels[0]).toMatchObject({ tileWidth: 300, tileHeight: 300, width: 1003 });
  });
  it('a server of whole pictures alone gives those', () => {
    const sizes = {
      ...info3,
      tiles: undefined,
      sizes: [
        { width: 502, height: 351 },
        { width: 251, height: 176 },
      ],
    };
    expect(parsed(sizes).levels.map(({ width }) => width)).toEqual([1003, 502, 251]);
    expect(tile(sizes, 0, 0, 0)).toBe('full/max/0/default.jpg');
    expect(tile(sizes, 1, 0, 0)).toBe('full/502,351/0/default.jpg');
    expect(failure(() => parsed({ ...sizes, maxWidth: 600 }))).toContain(
      'limit: https://x.org/iiif/a%2Fb/info.json: the server makes no tiles and no picture of all 1003 × 701 pixels',
    );
  });
  it('what is no info.json is told', () => {
    expect(failure(() => parsed({ width: 3 }))).toContain(
      'is no info.json of the IIIF Image API 2 or 3: its @context is missing',
    );
    expect(failure(() => parsed({ ...info3, width: '3' }))).toContain(
      'width must be a whole number above 0, and is 3',
    );
    expect(failure(() => parseIiif('<html>', 'i.json'))).toBe('format: i.json is no valid JSON');
  });
});
