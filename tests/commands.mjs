import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const protocolSessions = new WeakMap();

/** One session a page: touches in progress and emulated screens end with the session that made them. */
const protocolSession = (page) => {
  if (!protocolSessions.has(page)) protocolSessions.set(page, page.createCDPSession());
  return protocolSessions.get(page);
};

/**
 * Commands that tests in the browser send to the runner beyond those of @web/test-runner-commands, all trusted input:
 * - `wheel` {x, y, deltaX, deltaY, ctrl?}: turns the mouse wheel
 * - `cdp` {method, params}: any DevTools protocol call (touch, pen, IME)
 * - `other-origin` → {origin}: a server that allows pages to read it below /open/ alone
 * - `read-picture` {path} → base64 or null, `write-picture` {path, base64}: pictures of scenes, relative to the project
 */
export const browserCommands = (root, { otherPort }) => ({
  name: 'innotater-commands',
  async executeCommand({ command, payload, session }) {
    const page = () => session.browser.getPage(session.id);
    switch (command) {
      case 'wheel': {
        if (payload.ctrl) await page().keyboard.down('Control');
        await page().mouse.move(payload.x, payload.y);
        await page().mouse.wheel({ deltaX: payload.deltaX ?? 0, deltaY: payload.deltaY ?? 0 });
        if (payload.ctrl) await page().keyboard.up('Control');
        return true;
      }
      case 'cdp': {
        const client = await protocolSession(page());
        return (await client.send(payload.method, payload.params)) ?? {};
      }
      case 'read-picture': {
        const file = join(root, payload.path);
        return { base64: existsSync(file) ? readFileSync(file).toString('base64') : null };
      }
      case 'write-picture': {
        const file = join(root, payload.path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, Buffer.from(payload.base64, 'base64'));
        return true;
      }
      case 'other-origin':
        return { origin: `http://localhost:${otherPort}` };
      case 'update-pictures':
        return { update: process.env.UPDATE_PICTURES === '1' };
      default:
        return undefined;
    }
  },
});
