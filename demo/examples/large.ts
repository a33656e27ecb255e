import { type ImageEntry, ImageInnotation, Innotater } from 'innotater';
import { onDrop } from '../dropped.js';
import { sky } from '../samples/sky.js';

const madeSky = sky({ width: 12_000, height: 9_000, seed: 1 });
let shown: Promise<ImageEntry> = madeSky;

const image = new ImageInnotation(
  { length: 1, get: () => shown },
  {
    desc: 'Image',
    width: 900,
    height: 600,
    histogram: 'auto', // where values reach beyond 8 bits
    readout: true,
    tools: true,
    colorspace: 'RGB',
  },
);
const skyWindow = { lo: 900, hi: 3_000 };
image.range = skyWindow;

export const view = new Innotater(image, null, { label: 'Large image' });
view.mount(document.querySelector<HTMLElement>('#view')!);

/** Another image takes the place of the one that is shown, in its own window (null). */
const show = (entry: Promise<ImageEntry>, range: typeof skyWindow | null) => {
  shown = entry;
  image.range = range;
  view.refresh();
};
const take = ([file]: readonly File[]) => {
  if (file) show(Promise.resolve(file), null);
};

const chooser = document.querySelector<HTMLInputElement>('#file')!;
document.querySelector('#sky')!.addEventListener('click', () => show(madeSky, skyWindow));
document.querySelector('#choose')!.addEventListener('click', () => chooser.click());
chooser.addEventListener('change', () => {
  take([...chooser.files!]);
  chooser.value = '';
});
onDrop(document.querySelector<HTMLElement>('#drop')!, take);
