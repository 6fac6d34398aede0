// Where a Chromium is, and how it is started: for the test runner, the end-to-end tests and the bench.
import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';

// chromium-headless-shell first: it keeps every tab in the foreground, so that test files can run side by side.
// `chromium-browser` is left out: on Ubuntu it is a script that only asks for a snap.
const NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];
const MAC = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * The path of a browser, or undefined. `CHROME_PATH` decides, if it is set.
 * @returns {string | undefined}
 */
export function findBrowser(env = process.env) {
  const named = env.CHROME_PATH;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROME_PATH is ${named}, which cannot be executed.`);
    return named;
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...MAC].find(isExecutable);
}

/**
 * Other builds stop animation frames, intersection observers and focus in background tabs.
 * @param {string} path
 */
export const runsTabsInParallel = (path) => path.includes('headless-shell');

/** Root needs `--no-sandbox`; the rest keeps Chromium from trying the network at every start. */
export const BROWSER_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * For `puppeteer.launch()`.
 * @returns {{executablePath: string, args: string[], headless: true | 'shell'}}
 */
export function launchOptions() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser found: run `node scripts/bootstrap.mjs --browser`.');
  return {executablePath, args: BROWSER_FLAGS, headless: runsTabsInParallel(executablePath) ? 'shell' : true};
}
