import {createMemoryStorage} from '../../demo/server/storage/memory.ts';
import type {Storage} from '../../demo/server/core/storage.ts';

const WRITES: ReadonlySet<string> = new Set([
  'number',
  'putSession',
  'removeSession',
  'append',
  'mark',
  'unmark',
  'appendList',
  'enqueue',
  'dequeue',
  'owe',
  'forgive',
  'saveText',
  'dropText',
  'putAnswer',
  'sweep',
  'index',
] satisfies (keyof Storage)[]);

/** One write as it can be done again. */
export interface Write {
  readonly name: string;
  readonly args: readonly unknown[];
}

export type Commit = readonly Write[];

/** Where in its work a process can be hit. */
export type Moment = 'write' | 'before-commit' | 'after-commit';

/** Called at each moment; may throw. */
export type Hit = (moment: Moment) => void;

const call = (storage: Storage, {name, args}: Write): unknown =>
  Reflect.apply(Reflect.get(storage, name) as (...args: unknown[]) => unknown, storage, args);

/** What lasts of a store: its commits, from which any process finds it again as it was. */
export class Journal {
  readonly epoch: string;
  readonly commits: Commit[];

  constructor(epoch: string, commits: readonly Commit[] = []) {
    this.epoch = epoch;
    this.commits = [...commits];
  }

  /** The store as a process sees it that begins now. `committed` is told of what it adds. */
  open(hit: Hit, committed: (commit: Commit) => void): Storage {
    const inner = createMemoryStorage({epoch: this.epoch});
    for (const commit of this.commits) inner.transaction(() => commit.forEach((write) => call(inner, write)));
    let open: Write[] = [];
    const write = (name: string, args: readonly unknown[]): unknown => {
      hit('write');
      // What can be read only once is read here.
      const kept = args.map((arg) => (typeof arg === 'object' && arg && 'next' in arg ? [...(arg as never)] : arg));
      open.push({name, args: kept});
      return call(inner, {name, args: kept});
    };
    const transaction = <T>(run: () => T): T => {
      open = [];
      const result = inner.transaction(() => {
        const value = run();
        hit('before-commit');
        return value;
      });
      this.commits.push(open);
      committed(open);
      hit('after-commit');
      return result;
    };
    return new Proxy(inner, {
      get: (target, name) => {
        if (name === 'transaction') return transaction;
        if (typeof name === 'string' && WRITES.has(name)) return (...args: unknown[]) => write(name, args);
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  }
}
