import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Arguments under which tests are repeatable: software WebGL, no calls home; no sandbox as root. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--font-render-hinting=none',
];

const installed = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

const playwrightCache = () =>
  process.env.PLAYWRIGHT_BROWSERS_PATH ??
  {
    linux: join(homedir(), '.cache/ms-playwright'),
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
    win32: join(homedir(), 'AppData/Local/ms-playwright'),
  }[process.platform];

const executableInFolder = {
  linux: ['chrome-linux64/chrome', 'chrome-linux/chrome'],
  darwin: [
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac-arm64/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['chrome-win64/chrome.exe', 'chrome-win/chrome.exe'],
};

const playwrightDownload = () => {
  const cache = playwrightCache();
  if (!cache || !existsSync(cache)) return undefined;
  return readdirSync(cache)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort()
    .reverse()
    .flatMap((folder) => executableInFolder[process.platform]?.map((file) => join(cache, folder, file)) ?? [])
    .find(existsSync);
};

const run = (command, args) => {
  try {
    execFileSync(command, args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return true;
  } catch {
    return false;
  }
};

const installWithApt = () =>
  process.getuid?.() === 0 &&
  existsSync('/usr/bin/apt-get') &&
  run('apt-get', ['update', '-qq']) &&
  run('apt-get', ['install', '-y', '-qq', 'chromium']);

let found;

/**
 * The path of a Chromium: `CHROME_PATH`, an installed one, Playwright's download, Debian's package (installed now, when root),
 * or Playwright's download made now. Says in one line which it was. Throws with the one command to run when there is none.
 */
export const findChromium = () => {
  found ??= search();
  return found;
};

const search = () => {
  const say = (path, how) => {
    console.log(`Chromium: ${path} (${how})`);
    return path;
  };
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROME_PATH names ${given}, which does not exist.`);
    return say(given, 'from CHROME_PATH');
  }
  const here = () => installed[process.platform]?.find(existsSync);
  if (here()) return say(here(), 'installed');
  if (playwrightDownload()) return say(playwrightDownload(), "Playwright's download");
  if (installWithApt() && here()) return say(here(), 'installed now with apt-get install chromium');
  if (run('npx', ['playwright-core', 'install', 'chromium']) && playwrightDownload()) {
    return say(playwrightDownload(), 'downloaded now with npx playwright-core install chromium');
  }
  throw new Error(
    'No Chromium was found and none could be installed. Run "npx playwright-core install chromium", or set CHROME_PATH to a Chrome or Chromium.',
  );
};
