import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../../src/images/contract.js';
import { fetched } from '../../../src/images/fetched.js';

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) & 255);
const flat = Buffer.alloc(300_000, 7);

/** Eight bytes over 800 ms. */
const trickle = async (response: ServerResponse): Promise<void> => {
  for (let i = 0; i < 8; i++) {
    response.write('x');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  response.end();
};

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const type = { 'content-type': 'image/png' };
    if (request.url === '/mute') return;
    if (request.url === '/slow') return void trickle(response);
    if (request.url === '/known') response.writeHead(200, { ...type, 'content-length': bytes.length });
    else if (request.url === '/packed') response.writeHead(200, { ...type, 'content-encoding': 'gzip' });
    else response.writeHead(200, type);
    if (request.url === '/stuck') response.write(bytes.subarray(0, 1000));
    else response.end(request.url === '/packed' ? gzipSync(flat) : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

const told = async (path: string): Promise<readonly [Blob, readonly LoadProgress[]]> => {
  const progress: LoadProgress[] = [];
  const blob = await fetched(url(path), undefined, (one) => progress.push(one));
  return [blob, progress];
};

describe('bytes of a file, counted as they come', () => {
  it('with their number where the server tells it, and the same bytes and type as without counting', async () => {
    const [blob, progress] = await told('/known');
    expect(progress.at(-1)).toEqual({ loadedBytes: 300_000, totalBytes: 300_000 });
    expect(progress.map(({ loadedBytes }) => loadedBytes)).toEqual(
      progress.map(({ loadedBytes }) => loadedBytes).sort((a, b) => a - b),
    );
    expect([blob.type, new Uint8Array(await blob.arrayBuffer())]).toEqual(['image/png', bytes]);
  });

  it('without where it does not, or where what it tells is the length of a packed body', async () => {
    for (const path of ['/unknown', '/packed']) {
      const [blob, progress] = await told(path);
      expect([blob.size, progress.at(-1)]).toEqual([300_000, { loadedBytes: 300_000, totalBytes: null }]);
    }
  });

  it('given up while bytes come, it rejects with the reason', async () => {
    const abort = new AbortController();
    const reason = new Error('stepped on');
    const loading = fetched(url('/stuck'), abort.signal, () => abort.abort(reason));
    await expect(loading).rejects.toBe(reason);
  });

  it('a server that falls silent is given up, one that is slow is not', async () => {
    await expect(fetched(url('/stuck'), undefined, undefined, 60)).rejects.toThrow(
      /\/stuck could not be loaded: its server sent nothing for 0\.06 s$/,
    );
    await expect(fetched(url('/mute'), undefined, undefined, 60)).rejects.toMatchObject({ code: 'fetch' });
    expect((await fetched(url('/slow'), undefined, undefined, 400)).size).toBe(8);
  });
});
