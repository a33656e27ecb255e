/** The loops that one would write in plain JavaScript. */

export const jsBgrToRgba = (source, target, pixels) => {
  for (let i = 0, j = 0; i < pixels * 3; i += 3, j += 4) {
    target[j] = source[i + 2];
    target[j + 1] = source[i + 1];
    target[j + 2] = source[i];
    target[j + 3] = 255;
  }
};

/** A cleverer one that writes pixels as 32-bit words, for little-endian machines. */
export const jsBgrToRgbaByWords = (source, target, pixels) => {
  for (let i = 0, j = 0; j < pixels; i += 3, j++) {
    target[j] = 0xff000000 | (source[i] << 16) | (source[i + 1] << 8) | source[i + 2];
  }
};

export const jsDenormalize = (source, target, pixels, scale, offset) => {
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) target[i * 4 + c] = source[c * pixels + i] * scale[c] + offset[c];
    target[i * 4 + 3] = 255;
  }
};

/** RGB to RGBA, averages of n × n pixels. */
export const jsReduce = (source, target, width, height, n) => {
  const outWidth = width / n;
  for (let y = 0; y < height / n; y++) {
    for (let x = 0; x < outWidth; x++) {
      let [r, g, b] = [0, 0, 0];
      for (let j = 0; j < n; j++) {
        for (let i = 0; i < n; i++) {
          const at = ((y * n + j) * width + x * n + i) * 3;
          r += source[at];
          g += source[at + 1];
          b += source[at + 2];
        }
      }
      const at = (y * outWidth + x) * 4;
      target[at] = r / (n * n);
      target[at + 1] = g / (n * n);
      target[at + 2] = b / (n * n);
      target[at + 3] = 255;
    }
  }
};
