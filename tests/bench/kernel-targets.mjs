/** What is asked of the kernels, read out of the rows of `kernels.mjs`; a peer that is not there leaves its figure unmeasured. */

const digits = (value) => Number(value.toPrecision(3));

const target = (what, least, value, unit) => ({
  what,
  target: `at least ${least} ${unit}`,
  value: value === undefined ? undefined : digits(value),
  met: value !== undefined && value >= least,
});

/** Of the largest picture of each scene. */
export const kernelTargets = (rows) => {
  const of = (scene, figure) => rows.findLast((row) => row.scene === scene)?.[figure];
  const times = (scene, ours, other) => of(scene, `${ours}, times faster than ${other}`);
  const [bytes, floats] = ['BGR u8 to RGBA', 'planar f32 denormalised to RGBA'];
  const [area, lanczos] = ['area reduction 10:1 of RGB', 'Lanczos 3, 10:1 of RGB'];
  const workers = 'two workers against one';
  return [
    target(`${bytes}, of memory.copy`, 0.9, of(bytes, 'of memory.copy'), 'of its bytes a second'),
    target(
      `${bytes}, native OpenCV on one thread`,
      0.9,
      times(bytes, 'kernel', 'native OpenCV'),
      'times its speed',
    ),
    target(`${bytes}, opencv-wasm`, 5, times(bytes, 'kernel', 'opencv-wasm'), 'times its speed'),
    target(`${floats}, of memory.copy`, 0.7, of(floats, 'of memory.copy'), 'of its bytes a second'),
    target(`${floats}, plain JS`, 4, times(floats, 'kernel', 'plain JS'), 'times its speed'),
    target(`${area}, of memory.copy`, 0.35, of(area, 'read, of memory.copy'), 'of its bytes a second'),
    target(`${area}, pica`, 10, times(area, 'kernel', 'pica, box'), 'times its speed'),
    target(`${area}, sharp's Lanczos`, 12, times(area, 'kernel', 'sharp, 1 thread'), 'times its speed'),
    target(
      `${lanczos}, sharp on one thread`,
      0.8,
      times(lanczos, 'createKernels', 'sharp, 1 thread'),
      'times its speed',
    ),
    target(`${lanczos}, against 64-bit floats`, 50, of(lanczos, 'createKernels, dB'), 'dB'),
    target(
      `${workers}, Lanczos 3 in shared memory`,
      1.7,
      of(workers, 'Lanczos 3, shared memory'),
      'times its speed',
    ),
    target(
      `${workers}, Lanczos 3 of copied bands`,
      1.7,
      of(workers, 'Lanczos 3, copied bands'),
      'times its speed',
    ),
  ];
};
