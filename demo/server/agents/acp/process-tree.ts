import {execFile} from 'node:child_process';
import {readdir, readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';

/** A process, and when it began: a number alone is soon another's. */
export interface Found {
  readonly pid: number;
  readonly began: string;
}

interface Listed extends Found {
  readonly parent: number;
  readonly mark?: string | undefined;
}

/** The name of the variable that each process of an agent has inherited, whoever its parent is by now. */
export const MARK = 'AGENT_SESSION_PROCESS';

/**
 * The processes that came of one: those below it, and those that carry its mark. Agents run commands in groups of their own,
 * and a launcher that was killed leaves its agent behind without a parent.
 */
export async function treeOf({pid, isMark, known}: Root): Promise<Found[]> {
  const all = (await inProc()) ?? (await byPs());
  const isKnown = (each: Found): boolean => known.some((one) => one.pid === each.pid && one.began === each.began);
  const roots = all.filter(
    (each) => (each.mark !== undefined && isMark(each.mark)) || each.pid === pid || isKnown(each),
  );
  const inside = new Set(roots.map((each) => each.pid));
  for (let before = -1; before !== inside.size;) {
    before = inside.size;
    for (const each of all) if (inside.has(each.parent)) inside.add(each.pid);
  }
  return all.filter((each) => inside.has(each.pid)).map(({pid: own, began}) => ({pid: own, began}));
}

interface Root {
  /** Only while it runs: later the number may be another's. */
  readonly pid: number | undefined;
  readonly isMark: (mark: string) => boolean;
  /** Those that were found before. */
  readonly known: readonly Found[];
}

/** Linux tells it in files; undefined elsewhere. */
async function inProc(): Promise<Listed[] | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return undefined;
  const listed = await Promise.all(pids.map((pid) => oneInProc(Number(pid))));
  return listed.filter((each): each is Listed => each !== undefined);
}

async function oneInProc(pid: number): Promise<Listed | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The name stands in parentheses and may hold some itself. Behind it: state, parent, …, and the 20th is when it began.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    // Of processes of others it cannot be read.
    const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    const variable = environ.split('\0').find((each) => each.startsWith(`${MARK}=`));
    return {pid, parent: Number(fields[1]), began: fields[19] ?? '', mark: variable?.slice(MARK.length + 1)};
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

async function byPs(): Promise<Listed[]> {
  const {stdout} = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,lstart=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, began] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{pid: Number(pid), parent: Number(parent), began: began ?? ''}];
  });
}

const LOOK_MS = 100;

/** Waits until none of them runs, for some time; returns those that do. */
export async function leftOf(tree: () => Promise<Found[]>, ms: number): Promise<Found[]> {
  const until = performance.now() + ms;
  for (;;) {
    const left = await tree();
    if (left.length === 0 || performance.now() >= until) return left;
    await sleep(LOOK_MS);
  }
}

export function signalTo(found: readonly Found[], signal: NodeJS.Signals): void {
  for (const {pid} of found) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has gone by itself.
    }
  }
}
