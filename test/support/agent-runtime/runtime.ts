import {randomBytes, randomUUID} from 'node:crypto';

export interface Row {
  readonly session_id: string;
  readonly session_name: string;
  readonly status: string;
  readonly created_at: string;
  readonly project_dir: string | null;
  readonly agent_name: string | null;
  readonly last_resumed_at: string | null;
  readonly parent_session_name: string | null;
}

export interface Job {
  readonly job_id: string;
  readonly type: 'start_session' | 'resume_session';
  readonly session_name: string;
  readonly agent_name: string | null;
  readonly prompt: string;
  readonly project_dir: string | null;
  readonly parent_session_name: string | null;
  status: string;
  error: string | null;
}

export interface StoredEvent {
  readonly event_type: string;
  readonly session_id: string;
  readonly timestamp: string;
  readonly tool_name: string | null;
  readonly tool_input: unknown;
  readonly tool_output: unknown;
  readonly error: string | null;
  readonly exit_code: number | null;
  readonly reason: string | null;
  readonly role: string | null;
  readonly content: unknown;
}

export interface Agent {
  readonly name: string;
  readonly description: string;
  readonly system_prompt?: string;
  readonly status: 'active' | 'inactive';
}

export type Answer = readonly [status: number, body: unknown];

const falsy = (value: unknown): boolean => !value || (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * What the agent-runtime of December 2025 does with its data, quirks and all: a resumed turn leaves the row as it is, a
 * stop says 200 when it does nothing, `GET` gives the oldest 100 events, and false values come back as null.
 */
export class Runtime {
  readonly agents: Agent[] = [];
  /** Each frame to each client, in this order. */
  broadcast: (frame: object) => void = () => {};
  /** A job is there for the launcher. */
  onJob: (job: Job) => void = () => {};
  /** The launcher is to end a job that it has claimed. */
  onStop: (job: Job) => void = () => {};
  jobs = new Map<string, Job>();
  /** Whether `GET /jobs` is there: not every version of the server has it. */
  listsJobs = true;
  /** How many launchers are connected. */
  launchers = 1;
  readonly #rows = new Map<string, Row>();
  readonly #events: StoredEvent[] = [];
  #inFlight = new Set<string>();
  #callbacks = new Map<string, {readonly child: string; readonly result: string}[]>();
  #last = 0;

  /** The process starts anew: what is in memory only is gone. */
  forget(): void {
    this.jobs = new Map();
    this.#inFlight = new Set();
    this.#callbacks = new Map();
  }

  /** Newest first. */
  get rows(): readonly Row[] {
    return [...this.#rows.values()].reverse();
  }

  byName(name: string): Row | undefined {
    return this.rows.find(({session_name}) => session_name === name);
  }

  /** What was said in a session, all of it, and how many events there are. */
  said(id: string): {readonly texts: readonly string[]; readonly events: number} {
    const events = this.#events.filter(({session_id}) => session_id === id);
    const texts = events.flatMap(({content}) => (content as {text: string}[] | null)?.[0]?.text ?? []);
    return {texts, events: events.length};
  }

  // ---- what executors post ----------------------------------------------------------------------------------------------

  create(job: Job): Row {
    const row: Row = {
      session_id: randomUUID(),
      session_name: job.session_name,
      status: 'running',
      created_at: this.now(),
      project_dir: job.project_dir ?? '/srv/project',
      agent_name: job.agent_name,
      last_resumed_at: null,
      parent_session_name: job.parent_session_name,
    };
    this.#rows.set(row.session_id, row);
    this.broadcast({type: 'session_created', session: row});
    return row;
  }

  /** Says the whole row, whatever it says by now. */
  patch(id: string, change: Partial<Row>): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const changed = {...row, ...change};
    this.#rows.set(id, changed);
    this.broadcast({type: 'session_updated', session: changed});
  }

  event(id: string, event_type: string, more: Partial<StoredEvent> = {}): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const event: StoredEvent = {
      event_type,
      session_id: id,
      timestamp: this.now(),
      ...{tool_name: null, tool_input: null, tool_output: null, error: null, exit_code: null, reason: null},
      ...{role: null, content: null},
      ...more,
    };
    this.#events.push(event);
    if (event_type === 'session_stop') this.patch(id, {status: 'finished'});
    this.broadcast({type: 'event', data: {...event, session_name: row.session_name}});
    if (event_type === 'session_stop') this.#stopped(row);
  }

  message(id: string, role: 'user' | 'assistant', text: string): void {
    this.event(id, 'message', {role, content: [{type: 'text', text}]});
  }

  /** ISO 8601 as Python writes it, never twice the same. */
  now(): string {
    this.#last = Math.max(this.#last + 1, Date.now() * 1000);
    const micro = String(this.#last % 1_000_000).padStart(6, '0');
    return `${new Date(Math.floor(this.#last / 1000)).toISOString().slice(0, 19)}.${micro}+00:00`;
  }

  // ---- callbacks --------------------------------------------------------------------------------------------------------

  #stopped(row: Row): void {
    this.#inFlight.delete(row.session_name);
    const parent = row.parent_session_name;
    if (parent !== null) {
      const texts = this.#events.filter(({session_id, role}) => session_id === row.session_id && role === 'assistant');
      const [{text = ''} = {}] = (texts.at(-1)?.content ?? []) as {text?: string}[];
      this.#callbacks.set(parent, [...(this.#callbacks.get(parent) ?? []), {child: row.session_name, result: text}]);
      this.#callBack(parent);
    }
    this.#callBack(row.session_name);
  }

  /** The parent counts as idle when its row says "finished", which it does all through a resumed turn of a person. */
  #callBack(parent: string): void {
    const waiting = this.#callbacks.get(parent) ?? [];
    if (waiting.length === 0 || this.byName(parent)?.status !== 'finished' || this.#inFlight.has(parent)) return;
    this.#callbacks.delete(parent);
    this.#inFlight.add(parent);
    const [only, ...others] = waiting;
    const prompt =
      only && others.length === 0
        ? `The child agent session "${only.child}" has completed.\n\n## Child Result\n\n${only.result}\n\nPlease continue with the orchestration based on this result.`
        : `Multiple child agent sessions have completed.\n\n${waiting.map(({child, result}) => `### Child: ${child}\n\n${result}`).join('\n\n---\n\n')}\n\nPlease continue with the orchestration based on these results.`;
    this.post({type: 'resume_session', session_name: parent, prompt});
  }

  // ---- requests ---------------------------------------------------------------------------------------------------------

  /** Whatever is asked is accepted; what is wrong with it is found out later, and told nobody. */
  post(body: Partial<Job>): Answer {
    if (!body.prompt) return [422, {detail: [{type: 'missing', loc: ['body', 'prompt'], msg: 'Field required'}]}];
    const job: Job = {
      job_id: `job_${randomBytes(6).toString('hex')}`,
      type: body.type ?? 'start_session',
      session_name: body.session_name ?? '',
      agent_name: body.agent_name ?? null,
      prompt: body.prompt,
      project_dir: body.project_dir ?? null,
      parent_session_name: body.parent_session_name ?? null,
      status: 'pending',
      error: null,
    };
    this.jobs.set(job.job_id, job);
    this.onJob(job);
    return [200, {job_id: job.job_id, status: 'pending'}];
  }

  request(method: string, path: string, body: unknown): Answer {
    const [, kind = '', id = '', more] = path.split('/').map(decodeURIComponent);
    if (method === 'GET' && kind === 'health') return [200, {status: 'healthy'}];
    if (method === 'GET' && kind === 'agents') return [200, this.agents];
    if (method === 'GET' && kind === 'launchers') {
      const one = {launcher_id: 'lnch_1', status: 'online', seconds_since_heartbeat: 1};
      return [200, {launchers: Array.from({length: this.launchers}, () => one)}];
    }
    if (kind === 'jobs') return this.#job(method, id, more, body as Partial<Job>);
    if (kind === 'sessions' && !id) return [200, {sessions: this.rows}];
    const row = this.#rows.get(id);
    if (kind === 'events') return [200, {events: this.#stored(id)}];
    if (kind !== 'sessions' || !row) return [404, {detail: kind === 'sessions' ? 'Session not found' : 'Not Found'}];
    if (method === 'GET') return [200, more === 'events' ? {events: this.#stored(id)} : {session: row}];
    if (method === 'POST' && more === 'stop') return this.#stopSession(row);
    if (method !== 'DELETE') return [405, {detail: 'Method Not Allowed'}];
    this.#rows.delete(id);
    this.broadcast({type: 'session_deleted', session_id: id});
    return [200, {ok: true, session_id: id, deleted: {session: true, events_count: this.#stored(id).length}}];
  }

  #stored(id: string): readonly object[] {
    return this.#events
      .map((event, at) => ({id: at + 1, ...event}))
      .filter(({session_id}) => session_id === id)
      .slice(0, 100)
      .map((event) => ({
        ...event,
        tool_input: falsy(event.tool_input) ? null : event.tool_input,
        tool_output: falsy(event.tool_output) ? null : event.tool_output,
      }));
  }

  #job(method: string, id: string, more: string | undefined, body: Partial<Job>): Answer {
    if (method === 'POST' && !id) return this.post(body);
    if (!id) return this.listsJobs ? [200, {jobs: [...this.jobs.values()]}] : [405, {detail: 'Method Not Allowed'}];
    const job = this.jobs.get(id);
    if (!job) return [404, {detail: 'Job not found'}];
    if (method === 'GET') return [200, job];
    return more === 'stop' ? this.#stopJob(job) : [405, {detail: 'Method Not Allowed'}];
  }

  #stopJob(job: Job): Answer {
    const {job_id, session_name} = job;
    if (job.status === 'pending') {
      job.status = 'stopped';
      return [200, {ok: true, job_id, session_name, status: 'stopped', message: 'Job cancelled before execution'}];
    }
    if (job.status !== 'claimed' && job.status !== 'running') {
      return [400, {detail: `Job cannot be stopped (status: JobStatus.${job.status.toUpperCase()})`}];
    }
    job.status = 'stopping';
    const row = this.byName(session_name);
    if (row) this.patch(row.session_id, {status: 'stopping'});
    this.onStop(job);
    return [200, {ok: true, job_id, session_name, status: 'stopping', ...(row && {session_id: row.session_id})}];
  }

  /** It looks at the row first, and the row of a resumed session says that it is over. */
  #stopSession({session_id, session_name, status}: Row): Answer {
    const said = {ok: true, session_id, session_name};
    if (status === 'stopping') return [200, {...said, status, message: 'Session is already being stopped'}];
    if (status !== 'running') return [200, {...said, status, message: `Session already ${status}`}];
    const job = [...this.jobs.values()].find(
      (each) => each.session_name === session_name && ['claimed', 'running', 'stopping'].includes(each.status),
    );
    if (!job || job.status === 'stopping') {
      this.patch(session_id, {status: 'stopped'});
      return [200, {...said, status: 'stopped', message: 'No active job found - session marked as stopped'}];
    }
    return this.#stopJob(job);
  }
}
