// Makes the npm scripts work in a fresh clone on a fresh machine, and is quick when there is nothing to do.
//   node scripts/bootstrap.mjs             node_modules as the lock says
//   node scripts/bootstrap.mjs --browser   and a browser for the tests
// No dependencies, and nothing on standard output: `npm run serve` promises its own line there.
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {findBrowser} from './browser.mjs';

const root = join(import.meta.dirname, '..');
const FONTS = '/usr/share/fonts/truetype';

const run = (command, args, env = {}) =>
  execFileSync(command, args, {cwd: root, stdio: ['ignore', 2, 2], env: {...process.env, ...env}});

const packagesIn = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/** Compares contents, not times: a `git checkout` touches the lock without changing it. */
function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, {version, optional, devOptional}]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional || devOptional),
  );
}

function installBrowser() {
  const isDebian = existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');
  if (!isDebian || process.getuid?.() !== 0) {
    throw new Error('No browser for the tests: install Chromium or Chrome, or set CHROME_PATH to one.');
  }
  const env = {DEBIAN_FRONTEND: 'noninteractive'};
  // Others may hold the lock of dpkg.
  const apt = (...args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], env);
  apt('update');
  const packages = ['chromium'];
  if (isPackage('chromium-headless-shell')) packages.push('chromium-headless-shell');
  // Without any font text has no size, and layout tests mean nothing.
  if (!existsSync(FONTS) || readdirSync(FONTS).length === 0) packages.push('fonts-dejavu-core');
  apt('install', '-y', '--no-install-recommends', ...packages);
}

function isPackage(name) {
  try {
    return /Candidate: \d/.test(execFileSync('apt-cache', ['policy', name], {encoding: 'utf8'}));
  } catch {
    return false;
  }
}

try {
  if (!isInstalled()) {
    console.error('Installing node_modules …');
    // `--include=dev`, because NODE_ENV=production would leave out what builds the page.
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  if (process.argv.includes('--browser') && !findBrowser()) {
    console.error('Installing Chromium …');
    installBrowser();
    if (!findBrowser()) throw new Error('Chromium was installed, but is not on the PATH; set CHROME_PATH to it.');
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
