import { pathToFileURL } from 'node:url';
import { measureInTurn, median } from '../paired.mjs';
import { fillPicture } from './memory.mjs';
import { bandOf } from './picture.mjs';

/**
 * One worker and two, all copying and messages included; prints figures as JSON. Where bands are copied, the main thread is one more: what
 * all threads of the process take of the cores, divided by two, is the least that they would take on two cores that never waited.
 */
const workers = async (image, api, rounds) => {
  const [width, height] = [image.width / 10, image.height / 10];
  const pools = [1, 2].map((count) => api.createKernelPool({ workers: count }));
  const inShared = new Uint8Array(new SharedArrayBuffer(image.width * image.height * 3));
  fillPicture(inShared, image.width);
  const shared = bandOf(image, inShared);
  const own = bandOf(image, new Uint8Array(inShared));
  const jobs = {
    'Lanczos 3, shared memory': (pool) => pool.resize(shared, { width, height, filter: 'lanczos3' }),
    'Lanczos 3, copied bands': (pool) => pool.resize(own, { width, height, filter: 'lanczos3' }),
    'area, shared memory': (pool) => pool.resize(shared, { width, height, filter: 'box' }),
    'area, copied bands': (pool) => pool.resize(own, { width, height, filter: 'box' }),
  };
  const spent = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
  const times = await measureInTurn(
    Object.entries(jobs).flatMap(([name, job]) =>
      pools.map((pool) => ({
        name: `${name}, ${pool.workers}`,
        run: async () => {
          const before = process.cpuUsage();
          const { rgba } = await job(pool);
          const { user, system } = process.cpuUsage(before);
          if (pool.workers === 2) spent[name].push((user + system) / 1000);
          return rgba[0];
        },
      })),
    ),
    rounds,
  );
  for (const pool of pools) pool.dispose();
  const alone = (name) => times[`${name}, 1`].medianMs;
  const cores = Object.entries(spent).map(([name, ms]) => [name, median(ms.slice(1))]);
  return {
    scene: 'two workers against one',
    megapixels: (image.width * image.height) / 1e6,
    ...Object.fromEntries(Object.entries(times).map(([name, { medianMs }]) => [`${name}, ms`, medianMs])),
    ...Object.fromEntries(cores.map(([name, ms]) => [`${name}, 2, of all cores, ms`, ms])),
    ...Object.fromEntries(
      Object.keys(jobs).map((name) => [name, alone(name) / times[`${name}, 2`].medianMs]),
    ),
    ...Object.fromEntries(
      cores.map(([name, ms]) => [`${name}, at most on two cores`, alone(name) / (ms / 2)]),
    ),
  };
};

const api = await import(pathToFileURL(`${process.argv[2]}/kernels.js`).href);
console.log(JSON.stringify(await workers({ width: 12_000, height: 8000 }, api, 15)));
