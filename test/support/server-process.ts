import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

const root = join(import.meta.dirname, '../..');

export interface RunningServer {
  /** Of the WebSocket. */
  readonly url: string;
  /** Of the demo page. */
  readonly page: string;
  readonly port: number;
  /** What it has logged so far. */
  log(): string;
  /** Whether it still runs. */
  isRunning(): boolean;
  /** Ends it and waits for that; returns its exit code, or null after a signal. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the real server as a process of its own, and waits until it says that it is ready. */
export async function startServer(data: string, ...flags: string[]): Promise<RunningServer> {
  const args = ['--import', 'tsx', join(root, 'demo/server/main.ts'), '--data', data, ...flags];
  const child: ChildProcess = spawn(process.execPath, args, {cwd: root, stdio: ['ignore', 'pipe', 'pipe']});
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<string>((resolve) => {
    if (child.stdout) createInterface({input: child.stdout}).once('line', resolve);
  });
  const line = await Promise.race([
    ready,
    exited.then((code) => Promise.reject(new Error(`the server ended with ${code}:\n${log}`))),
  ]);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const {url, page} = JSON.parse(line) as {url: string; page: string};
  return {
    url,
    page,
    port: Number(new URL(page).port),
    log: () => log,
    isRunning,
    end: async (signal = 'SIGTERM') => {
      if (isRunning()) child.kill(signal);
      return exited;
    },
  };
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<{readonly path: string; remove(): Promise<void>}> {
  const path = await mkdtemp(join(tmpdir(), 'agent-session-'));
  return {path, remove: () => rm(path, {recursive: true, force: true})};
}
