import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {join} from 'node:path';

const root = join(import.meta.dirname, '../..');
const tsx = join(root, 'node_modules/tsx/dist/loader.mjs');

/** What a process holds, in bytes, after a garbage collection; `cpu` in milliseconds since it began. */
export interface Held {
  readonly rss: number;
  readonly heap: number;
  readonly cpu: number;
}

/** A process of the bench that serves WebSockets. */
export interface Serving {
  readonly url: string;
  /** Milliseconds from its start to the line that says it is ready. */
  readonly startMs: number;
  held(): Promise<Held>;
  end(): Promise<void>;
}

/** A process of the bench with its channel of messages; standard error is not kept, it has a line a connection. */
export const start = (file: string, args: readonly string[] = []): ChildProcess =>
  fork(join(import.meta.dirname, file), args, {
    cwd: root,
    execArgv: ['--expose-gc', '--import', tsx, '--import', join(import.meta.dirname, 'probe.ts')],
    stdio: ['ignore', 'pipe', process.env['BENCH_LOG'] ? 'inherit' : 'ignore', 'ipc'],
  });

/** Asks a process, and resolves with the answer of this name. */
export async function ask<T>(child: ChildProcess, message: object, name: string): Promise<T> {
  const answer = next<T>(child, name);
  child.send(message);
  return answer;
}

/** The next message of this name; a process that ends says nothing more. */
export function next<T>(child: ChildProcess, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const left = (code: number | null): void => reject(new Error(`a process of the bench has ended with ${code}`));
    const hear = (message: unknown): void => {
      const said = message as {name: string; value: T};
      if (said.name !== name) return;
      child.off('message', hear).off('exit', left);
      resolve(said.value);
    };
    child.on('message', hear).once('exit', left);
  });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function serve(file: string, args: readonly string[]): Promise<Serving> {
  const from = performance.now();
  const child = start(file, args);
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} has ended with ${code}`)));
    if (child.stdout) createInterface({input: child.stdout}).once('line', resolve);
  });
  const startMs = performance.now() - from;
  const {url} = JSON.parse(line) as {url: string};
  return {url, startMs, held: () => ask<Held>(child, {name: 'held'}, 'held'), end: () => end(child)};
}

/** The real server, as `npm run serve` starts it, on a free port. */
export const startServer = (data: string, ...args: readonly string[]): Promise<Serving> =>
  serve('../../demo/server/main.ts', ['--port', '0', '--data', data, '--workspace', import.meta.dirname, ...args]);

/** A bare server of the same library: what one says goes to all others. */
export const startFloor = (): Promise<Serving> => serve('floor.ts', []);
