import { pick, seededRandom } from './random.js';

/** Looks of the invented dogs; the first word of a breed's name is all that tells them apart. */
type Coat = {
  readonly breed: string;
  readonly fur: string;
  readonly mark: string;
  /** Of the body, in units of its height. */
  readonly length: number;
  readonly legs: number;
  readonly ears: 'up' | 'down';
};

const coats: readonly Coat[] = [
  { breed: 'Long Barrow', fur: '#8a5a33', mark: '#5f3b20', length: 2.6, legs: 0.35, ears: 'down' },
  { breed: 'Snow Terrier', fur: '#f4efe6', mark: '#cfc5b4', length: 1.5, legs: 0.6, ears: 'up' },
  { breed: 'Coal Shepherd', fur: '#33353b', mark: '#c98d4a', length: 1.8, legs: 0.9, ears: 'up' },
  { breed: 'Straw Hound', fur: '#d8a94e', mark: '#f6e3b6', length: 1.9, legs: 1, ears: 'down' },
  { breed: 'Slate Whippet', fur: '#7d8797', mark: '#b9c1cd', length: 1.7, legs: 1.3, ears: 'down' },
];

/** The breeds that live on the meadows. */
export const breeds: readonly string[] = coats.map(({ breed }) => breed);

/** A dog whose paws are at (x, y), its body `size` high; mirrored where `flip` is −1. */
const dog = ({ fur, mark, length, legs, ears }: Coat, [x, y, size, flip]: readonly number[]): string => {
  const [w, leg] = [length, legs];
  const ear =
    ears === 'up' ? `M${w} -1.35l.12 -.5 .28 .38z` : `M${w + 0.05} -1.3q-.3 .2 -.14 .66q.3 -.1 .34 -.56z`;
  const paws = [0.12, 0.4, w - 0.5, w - 0.22]
    .map((at) => `<rect x="${at}" y="${-leg - 0.2}" width=".2" height="${leg + 0.2}" rx=".1"/>`)
    .join('');
  return `<g transform="translate(${x} ${y}) scale(${size! * flip!} ${size})">
    <ellipse cx="${w / 2}" cy=".02" rx="${w * 0.62}" ry=".12" fill="#1d3b1a" opacity=".25"/>
    <g fill="${fur}">${paws}<g transform="translate(0 ${-leg})">
      <path d="M.1 -.7q-.55 -.1 -.5 -.7q.2 .4 .62 .36z"/>
      <rect y="-1" width="${w}" height="1" rx=".48"/>
      <rect x="${w - 0.5}" y="-1.5" width=".86" height=".74" rx=".36"/>
      <rect x="${w + 0.05}" y="-1.22" width=".62" height=".4" rx=".18"/>
    </g></g>
    <g transform="translate(0 ${-leg})">
      <path d="${ear}" fill="${mark}"/><ellipse cx="${w * 0.45}" cy="-.62" rx="${w * 0.2}" ry=".26" fill="${mark}"/>
      <circle cx="${w + 0.12}" cy="-1.2" r=".07" fill="#161616"/><circle cx="${w + 0.63}" cy="-1.1" r=".09" fill="#161616"/>
    </g></g>`;
};

const hill = (y: number, dip: number, fill: string) =>
  `<path d="M0 ${y}Q180 ${y - dip} 360 ${y}T720 ${y - dip / 3}V480H0z" fill="${fill}"/>`;

const skies = ['#bfe0f5', '#f9dcc4', '#cfd8ee', '#d7eedd'];

/** A meadow with two to five dogs on it, as SVG of 720 × 480; the same for the same seed. */
const meadow = (seed: number): Blob => {
  const random = seededRandom(seed);
  const count = 2 + Math.floor(random() * 4);
  const dogs = Array.from({ length: count }, (_, i) => {
    const flip = random() < 0.5 ? -1 : 1;
    const size = 34 + 26 * random();
    const x = (720 / count) * (i + 0.5) - flip * size;
    return { y: 330 + 120 * random(), place: [x, 0, size, flip], coat: pick(coats, random) };
  }).sort((a, b) => a.y - b.y);
  const parts = [
    `<rect width="720" height="480" fill="${pick(skies, random)}"/>`,
    `<circle cx="${100 + 520 * random()}" cy="90" r="38" fill="#fff6cf"/>`,
    hill(250, 70, '#8fb98a'),
    hill(300, -60, '#74a86b'),
    hill(350, 50, '#5d9657'),
    ...dogs.map(({ coat, place: [x, , size, flip], y }) => dog(coat, [x!, y, size!, flip!])),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="480">${parts.join('')}</svg>`;
  return new Blob([svg], { type: 'image/svg+xml' });
};

/** `count` drawn pictures. */
export const meadows = (count: number): Blob[] => Array.from({ length: count }, (_, i) => meadow(i));
