import type {Wire} from '../session-sync/testkit.ts';

/** One line of a recording of the real server. */
export interface Line {
  /** Milliseconds since the beginning. */
  readonly t_ms: number;
  readonly kind: 'ws' | 'http';
  readonly dir: 'in' | 'out';
  readonly conn?: string;
  readonly event?: 'open' | 'close';
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** Something that happens, and the session that it belongs to; without one everything else waits for it. */
export type Step = {
  /** Which line it is of, and when that was recorded. */
  readonly at: number;
  readonly time: number;
} & (
  | {readonly does: 'open'; readonly session?: undefined; readonly rows: readonly Wire[]}
  | {readonly does: 'close'; readonly session?: undefined}
  /** The recorded client has asked for a job: the page has had the time to do so too. */
  | {readonly does: 'look'; readonly session: string}
  | {readonly does: 'frame'; readonly session: string; readonly frame: Wire}
  | {
      readonly does: 'act';
      readonly nth: number;
      readonly session: string;
      readonly method: string;
      readonly path: string;
      readonly body: Wire;
    }
);

/** What a file has: lines of traffic, and what they say of sessions and jobs. */
export class Recording {
  readonly lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.lines = lines;
  }

  /** The server's id of the session of that recorded name. */
  idOf(name: string): string | undefined {
    for (const {body} of this.lines) {
      const rows = [body?.session, ...(body?.sessions ?? [])] as (Wire | undefined)[];
      const row = rows.find((each) => each?.session_name === name);
      if (row) return row.session_id as string;
    }
    return undefined;
  }

  steps(): readonly Step[] {
    const steps: Step[] = [];
    const conns: string[] = [];
    let isOpen = false;
    for (const [at, line] of this.lines.entries()) {
      const {kind, dir, conn = 'a', event, method = '', path = '', body, t_ms: time} = line;
      if (kind === 'http' && dir === 'out' && method !== 'GET') {
        const [, of, id = ''] = path.split('/');
        const named = path === '/jobs' ? (this.idOf(body.session_name as string) ?? (body.session_name as string)) : id;
        const session = of === 'jobs' && id ? this.sessionOfJob(id) : named;
        steps.push({at, time, does: 'act', nth: steps.length, session, method, path, body});
      }
      if (kind === 'http' && dir === 'in' && method === 'GET' && /^\/jobs\/./.test(path)) {
        steps.push({at, time, does: 'look', session: this.sessionOfJob(path.split('/')[2] ?? '')});
      }
      // A second connection is another page's, unless the first has ended.
      if (kind !== 'ws' || (isOpen && conn !== conns.at(-1))) continue;
      if (event === 'open') {
        conns.push(conn);
        isOpen = true;
      } else if (event === 'close') {
        isOpen = false;
        steps.push({at, time, does: 'close'});
      } else if (body?.type === 'init') {
        steps.push({at, time, does: 'open', rows: body.sessions as Wire[]});
      } else if (body) {
        const session = (body.session_id ?? body.session?.session_id ?? body.data?.session_id) as string;
        steps.push({at, time, does: 'frame', session, frame: body as Wire});
      }
    }
    // What is left of the last connection is what is looked at.
    while (steps.at(-1)?.does === 'close') steps.pop();
    return steps;
  }

  sessionOfJob(job: string): string {
    const name = this.nameOfJob(job);
    return name === undefined ? job : (this.idOf(name) ?? name);
  }

  nameOfJob(job: string): string | undefined {
    const line = this.lines.find(({dir, body}) => dir === 'in' && body?.job_id === job && body?.session_name);
    return line?.body.session_name as string | undefined;
  }
}

export async function readRecording(name: string): Promise<Recording> {
  const url = new URL(`../../../test/support/agent-runtime/recordings/${name}.jsonl`, import.meta.url);
  const text = await (await fetch(url)).text();
  const lines = text.trim().split('\n');
  return new Recording(lines.map((line) => JSON.parse(line) as Line));
}
