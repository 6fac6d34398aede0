import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Scope} from './page.ts';

const root = join(import.meta.dirname, '../..');
const main = ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), join(root, 'demo/server/main.ts')];

/** How a process has ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServerProcess {
  readonly url: string;
  readonly page: string;
  readonly port: number;
  /** So far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  kill(signal: NodeJS.Signals): Promise<Ended>;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** Through npm, as people do, instead of the server's own file. */
  readonly npm?: boolean;
}

/** A folder of its own for one test. */
export const folder = (t: Scope, name = 'server'): string => {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  t.after(() => rmSync(path, {recursive: true, force: true}));
  return path;
};

/** A process, what it has written so far, and its end. */
export function spawned(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string | undefined>,
) {
  const child = spawn(command, args, {
    cwd,
    env: {PATH: process.env['PATH'], ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // `close` and not `exit`: everything that was written has been read then.
  const ended = once(child, 'close').then(([code, signal]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return {child, ended, stdout: () => stdout, stderr: () => stderr};
}

const begin = (args: readonly string[], {env = {}, cwd = root, npm = false}: RunOptions) => {
  const [command, first] = npm ? ['npm', ['run', '--silent', 'serve', '--']] : [process.execPath, main];
  return spawned(command, [...first, ...args], cwd, env);
};

/** Runs a server that is not expected to stay. */
export const runToEnd = (args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  begin(args, options).ended;

/** Starts a server on a free port and waits for its line; it is killed when the test is over. */
export const startServer = async (
  t: Scope,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ServerProcess> => {
  const {child, ended, stdout, stderr} = begin(['--port', '0', ...args], options);
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const ready = new Promise<void>((resolve) => child.stdout.on('data', () => stdout().includes('\n') && resolve()));
  await Promise.race([
    ready,
    ended.then(({code}) => Promise.reject(new Error(`The server has ended with ${code}.\n${stderr()}`))),
  ]);
  const {url, page} = JSON.parse(stdout()) as {url: string; page: string};
  return {
    url,
    page,
    port: Number(new URL(page).port),
    stdout,
    stderr,
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
};
