import { fillPicture } from './memory.mjs';

/** RGB, and the same as RGBA for who takes nothing else. */
export const pictureOf = (width, height) => {
  const rgb = Buffer.alloc(width * height * 3);
  fillPicture(rgb, width);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    rgba[j] = rgb[i];
    rgba[j + 1] = rgb[i + 1];
    rgba[j + 2] = rgb[i + 2];
    rgba[j + 3] = 255;
  }
  return { width, height, rgb, rgba };
};

/** RGB as a band of the package. */
export const bandOf = ({ width, height }, data) => ({
  data,
  dtype: 'u8',
  width,
  rows: height,
  recipe: { layout: 'interleaved', channels: 3, order: 'RGB', affine: null },
});
