/** Lanczos 3 by its definition in 64-bit floats, edges repeated, and how near others come to it. */

const kernel = (x) => {
  if (x === 0) return 1;
  if (Math.abs(x) >= 3) return 0;
  return (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2;
};

const tapsOf = (i, length, target) => {
  const ratio = length / target;
  const middle = (i + 0.5) * ratio;
  const taps = [];
  for (let x = Math.floor(middle - 3 * ratio); x <= Math.ceil(middle + 3 * ratio); x++) {
    taps.push([Math.min(length - 1, Math.max(0, x)), kernel((x + 0.5 - middle) / ratio)]);
  }
  const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
  return taps.map(([at, weight]) => [at, weight / total]);
};

/** RGB of the picture made smaller, clamped and not rounded. */
export const floatLanczos = ({ width, height, rgb }, toWidth, toHeight) => {
  const result = new Float64Array(toWidth * toHeight * 3);
  const across = Array.from({ length: toWidth }, (_, x) => tapsOf(x, width, toWidth));
  const row = new Float64Array(width * 3);
  for (let y = 0; y < toHeight; y++) {
    row.fill(0);
    for (const [at, weight] of tapsOf(y, height, toHeight)) {
      const from = at * width * 3;
      for (let i = 0; i < row.length; i++) row[i] += rgb[from + i] * weight;
    }
    for (let x = 0; x < toWidth; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (const [at, weight] of across[x]) sum += row[at * 3 + c] * weight;
        result[(y * toWidth + x) * 3 + c] = Math.min(255, Math.max(0, sum));
      }
    }
  }
  return result;
};

/** Peak signal to noise of RGB or RGBA against it. */
export const decibels = (got, exact) => {
  const step = got.length === exact.length ? 3 : 4;
  let sum = 0;
  for (let i = 0, j = 0; i < exact.length; i += 3, j += step) {
    for (let c = 0; c < 3; c++) sum += (got[j + c] - exact[i + c]) ** 2;
  }
  return 10 * Math.log10((255 * 255 * exact.length) / sum);
};
