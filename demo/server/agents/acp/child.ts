import {spawn, type ChildProcessWithoutNullStreams} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';
import {leftOf, MARK, signalTo, treeOf, type Found} from './process-tree.ts';

/** How a process has ended: `error` if it never began. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly error?: NodeJS.ErrnoException;
}

const STDERR_UNITS = 8 * 1024;
/** After the end of its input an agent has this long to end by itself, then after SIGTERM, then it is killed. */
export const LEAVE_MS = 3_000;
export const TERM_MS = 2_000;
/** The same for a command whose turn was stopped: a person waits for it. */
const LEFT_MS = 500;

export interface ChildOptions {
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** What it and all that comes of it is known by, and nothing else. */
  readonly mark: string;
}

/** One process of an agent, with all that it starts. */
export class AgentChild {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #mark: string;
  #stderr = '';
  #ending: Promise<void> | undefined;

  constructor(command: string, args: readonly string[], options: ChildOptions) {
    this.#mark = options.mark;
    this.#child = spawn(command, args, {
      cwd: options.cwd,
      env: {...options.env, [MARK]: this.#mark},
      stdio: 'pipe',
      // A Ctrl+C in the server's terminal is for the server alone.
      detached: true,
      windowsHide: true,
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        if (this.#child.pid === undefined) resolve({code: null, signal: null, error});
      });
      this.#child.once('exit', (code, signal) => resolve({code, signal}));
    });
    this.#child.stderr.setEncoding('utf8');
    this.#child.stderr.on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_UNITS);
    });
    // Whoever writes to a process that has gone is told by its exit.
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdout.on('error', () => undefined);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get stdin(): ChildProcessWithoutNullStreams['stdin'] {
    return this.#child.stdin;
  }

  get stdout(): ChildProcessWithoutNullStreams['stdout'] {
    return this.#child.stdout;
  }

  /** The end of what it wrote to its standard error: chatter, but the only thing that tells why it has ended. */
  get lastWords(): string {
    return this.#stderr;
  }

  /** Ends it and all that it has started; resolves when nothing of it runs any more. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  /** It and all that it has started. */
  processes(): Promise<readonly Found[]> {
    return this.#tree([]);
  }

  /** Ends what is not among those, and lets the rest live; what ends by itself has some time for it. */
  async endAllBut(kept: readonly Found[]): Promise<void> {
    const others = async (): Promise<Found[]> =>
      (await this.#tree([])).filter(({pid, began}) => !kept.some((one) => one.pid === pid && one.began === began));
    signalTo(await leftOf(others, LEFT_MS), 'SIGTERM');
    signalTo(await leftOf(others, LEFT_MS), 'SIGKILL');
  }

  async #end(): Promise<void> {
    if (this.#child.pid === undefined) return;
    // Before the first signal: who loses its parent is still known.
    const known = await this.#tree([]);
    this.#child.stdin.end();
    await this.#within(LEAVE_MS, this.exited);
    if (this.#runs) this.#child.kill('SIGTERM');
    const left = await this.#left(known);
    signalTo(left, 'SIGKILL');
    if (left.length > 0) await this.#left(left);
    // Whoever holds the other end of the pipes open, against all odds, holds nothing of ours.
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  get #runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #tree(known: readonly Found[]): Promise<Found[]> {
    return treeOf({pid: this.#runs ? this.#child.pid : undefined, isMark: (mark) => mark === this.#mark, known});
  }

  #left(known: readonly Found[]): Promise<Found[]> {
    return leftOf(() => this.#tree(known), TERM_MS);
  }

  async #within(ms: number, what: Promise<unknown>): Promise<void> {
    const timer = new AbortController();
    const late = sleep(ms, undefined, {signal: timer.signal}).catch(() => undefined);
    await Promise.race([what, late]);
    timer.abort();
  }
}
