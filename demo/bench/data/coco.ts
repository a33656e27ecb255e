import { seededRandom } from '../../samples/random.js';

const perImage = 100;

/** A COCO file of `count` seeded boxes, a hundred an image, with the fields that tools write; put together in pieces. */
export const seededCoco = (count: number, seed: number): Blob => {
  const random = seededRandom(seed);
  const parts: string[] = [];
  let text = '{"info":{"year":2026},"images":[';
  const images = Math.ceil(count / perImage);
  for (let i = 1; i <= images; i++) {
    text += `${i > 1 ? ',' : ''}{"id":${i},"file_name":"${`${i}`.padStart(12, '0')}.jpg","width":640,"height":480,"license":1}`;
  }
  text +=
    '],"categories":[{"id":1,"name":"cat","supercategory":"animal"},{"id":2,"name":"dog"}],"annotations":[';
  for (let i = 0; i < count; i++) {
    const [x, y] = [random() * 600, random() * 440].map((side) => side.toFixed(2));
    text += `${i > 0 ? ',' : ''}{"id":${i + 1},"image_id":${1 + ((i * 7919) % images)},"category_id":${1 + (i % 2)},"bbox":[${x},${y},20.5,30.25],"area":620.13,"iscrowd":0}`;
    if (text.length > 2 ** 20) {
      parts.push(text);
      text = '';
    }
  }
  return new Blob([...parts, text, ']}'], { type: 'application/json' });
};
