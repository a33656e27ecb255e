import { BoundingBoxInnotation, ImageInnotation } from 'innotater';

/** One orange picture (H, W, 3, as BGR) and the array that its box is written to. */
export const makeParts = () => {
  const pixels = Uint8Array.from({ length: 200 * 300 * 3 }, (_, i) => [20, 120, 230][i % 3]!);
  const boxes = [[10, 20, 30, 40]];
  return {
    inputs: new ImageInnotation([{ data: pixels, shape: [200, 300, 3] }], { name: 'photo' }),
    targets: new BoundingBoxInnotation(boxes, { name: 'box' }),
  };
};
