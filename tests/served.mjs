import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { PassThrough } from 'node:stream';

const types = { png: 'image/png', json: 'application/json', tif: 'image/tiff', dzi: 'application/xml' };

const answer = (status, headers, body = '') => ({
  status,
  headers: { 'cache-control': 'no-store', ...headers },
  body,
});

/** What a server answers for a file: with ranges (206) or as one that ignores them. */
const fileAnswer = (file, range, hasRanges) => {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return answer(404, {});
  const body = readFileSync(file);
  const headers = { 'content-type': types[file.split('.').at(-1)] ?? 'application/octet-stream' };
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (!hasRanges || first === undefined) return answer(200, headers, body);
  const from = first === '' ? Math.max(0, body.length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? body.length : Math.min(body.length, Number(last) + 1);
  if (from >= body.length) return answer(416, { 'content-range': `bytes */${body.length}` });
  return answer(
    206,
    { ...headers, 'content-range': `bytes ${from}-${to - 1}/${body.length}` },
    body.subarray(from, to),
  );
};

const requests = new Map();

/** How often a path was asked for before. */
const asked = (path) => {
  const count = requests.get(path) ?? 0;
  requests.set(path, count + 1);
  return count;
};

const held = new Map();

/** A file that comes in parts: `share` of it at once, as much more at each request for the same path with ?more, for ever. */
const partsOf = (path, file, share, wantsMore) => {
  if (wantsMore) {
    held.get(path)?.();
    return answer(204, {});
  }
  const { headers, body } = fileAnswer(file);
  const parts = new PassThrough();
  let sent = 0;
  const more = () => {
    const end = Math.round(sent + body.length * share);
    parts.write(body.subarray(sent, end));
    sent = end;
  };
  held.set(path, more);
  more();
  return { ...answer(200, headers, parts), headers: { ...headers, 'content-length': body.length } };
};

/**
 * Servers for tests, by the first part of a path below /served/:
 * - ranges/PATH: a file with range requests; whole/PATH: without
 * - slow-MS/PATH: after so long
 * - failing-N-KEY/PATH: 503 the first N times for each .png, then the file
 * - parts-SHARE-KEY/PATH: a share of the file (0 to 1), and as much more when PATH?more is asked for
 * - hanging-N-KEY/PATH: no answer at all the first N times, then the file
 * - lacking-TEXT/PATH: 404 for paths that contain the text, then the file
 */
const served = async (root, path, range, query = '') => {
  const [, mode = '', rest = ''] = /^\/served\/([^/]+)\/(.*)$/.exec(path) ?? [];
  const [kind, argument = ''] = mode.split('-');
  const file = `${root}tests/fixtures/${rest}`;
  if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, Number(argument)));
  if (kind === 'lacking' && rest.includes(argument)) return answer(404, {});
  if (kind === 'failing' && rest.endsWith('.png') && asked(path) < Number(argument)) return answer(503, {});
  if (kind === 'hanging' && asked(path) < Number(argument)) await new Promise(() => {});
  if (kind === 'parts') return partsOf(path, file, Number(argument), query === 'more');
  return fileAnswer(file, range, kind !== 'whole');
};

/** The same for the runner's own origin. */
export const servedMiddleware = (root) => async (ctx, next) => {
  if (!ctx.path.startsWith('/served/')) return next();
  const { status, headers, body } = await served(
    root,
    decodeURI(ctx.path),
    ctx.get('range'),
    ctx.querystring,
  );
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body;
};

/** A server of another origin: below /open/ every page may read it, elsewhere none. Resolves to its port. */
export const startOther = (root) =>
  new Promise((resolve) => {
    const server = createServer(async (request, response) => {
      const path = decodeURI(new URL(request.url, 'http://localhost').pathname);
      const isOpen = path.startsWith('/open/');
      const { status, headers, body } = await served(
        root,
        path.replace(/^\/open/, ''),
        request.headers.range,
      );
      response.writeHead(status, isOpen ? { ...headers, 'access-control-allow-origin': '*' } : headers);
      response.end(body);
    });
    server.unref();
    server.listen(0, () => resolve(server.address().port));
  });
