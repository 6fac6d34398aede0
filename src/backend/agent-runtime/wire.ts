import {compareTimes, eventKey, isTime} from './identity.ts';

/** A row of the server's list: what it calls a session. */
export interface Row {
  readonly id: string;
  readonly name: string;
  /** `running`, `stopping`, `stopped` or `finished`; free text in its database. */
  readonly status: string;
  readonly created: string;
  readonly folder?: string;
  readonly agent?: string;
  readonly resumed?: string;
  /** The name, not the id. */
  readonly parent?: string;
}

/** An event in what both of its forms, the frame and the answer, have in common. */
export interface RawEvent {
  /** The same in both forms. */
  readonly key: string;
  readonly session: string;
  readonly type: string;
  /** Of the executor's clock. */
  readonly time: string;
  readonly role?: string;
  readonly text?: string;
  readonly tool?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
}

/** One command to a launcher; the server forgets it when it is restarted. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly prompt: string;
  readonly error?: string;
  /** When it was asked for, and since when it is over, by the server's clock. */
  readonly created?: string;
  readonly completed?: string;
}

const JOB_STATUSES = ['pending', 'claimed', 'running', 'stopping', 'completed', 'failed', 'stopped'];

export interface Blueprint {
  readonly name: string;
  readonly description?: string;
  readonly prompt?: string;
  readonly active: boolean;
}

export type Frame =
  | {readonly type: 'init'; readonly rows: readonly Row[]}
  | {readonly type: 'row'; readonly row: Row; readonly isNew: boolean}
  | {readonly type: 'deleted'; readonly session: string}
  | {readonly type: 'event'; readonly event: RawEvent}
  /** Of a type that this version does not know, to be ignored. */
  | {readonly type: 'other'; readonly name: string}
  | {readonly type: 'unreadable'; readonly problem: string};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const defined = <T extends object>(value: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;

export function readFrame(data: unknown): Frame {
  const frame = typeof data === 'string' ? parsed(data) : undefined;
  if (!isFields(frame) || typeof frame.type !== 'string') return {type: 'unreadable', problem: 'no frame'};
  switch (frame.type) {
    case 'init':
      return {type: 'init', rows: readRows(frame)};
    case 'session_created':
    case 'session_updated': {
      const row = readRow(frame.session);
      return row
        ? {type: 'row', row, isNew: frame.type === 'session_created'}
        : {type: 'unreadable', problem: frame.type};
    }
    case 'session_deleted': {
      const session = text(frame.session_id);
      return session ? {type: 'deleted', session} : {type: 'unreadable', problem: frame.type};
    }
    case 'event': {
      const event = readEvent(frame.data);
      return event ? {type: 'event', event} : {type: 'unreadable', problem: frame.type};
    }
    default:
      return {type: 'other', name: frame.type};
  }
}

export function readRow(value: unknown): Row | undefined {
  if (!isFields(value)) return undefined;
  const {session_id, session_name, status, created_at, project_dir, agent_name, last_resumed_at} = value;
  const id = text(session_id);
  const created = text(created_at);
  if (!id || !created || !isTime(created)) return undefined;
  const resumed = text(last_resumed_at);
  return {
    id,
    name: text(session_name) ?? id,
    status: text(status) ?? '',
    created,
    ...defined({
      folder: text(project_dir),
      agent: text(agent_name),
      resumed: resumed && isTime(resumed) ? resumed : undefined,
      parent: text(value.parent_session_name),
    }),
  } as Row;
}

/** Those that can be read, of `init` and of `GET /sessions`. */
export const readRows = (body: unknown): readonly Row[] =>
  list(isFields(body) ? body.sessions : undefined).flatMap((each) => readRow(each) ?? []);

export function readEvent(value: unknown): RawEvent | undefined {
  if (!isFields(value)) return undefined;
  const session = text(value.session_id);
  const type = text(value.event_type);
  const time = text(value.timestamp);
  if (!session || !type || !time || !isTime(time)) return undefined;
  const said = list(value.content).flatMap((block) => (isFields(block) ? (text(block.text) ?? []) : []));
  const event = defined({
    session,
    type,
    time,
    role: text(value.role),
    text: type === 'message' ? said.join('\n\n') : undefined,
    tool: text(value.tool_name),
    input: value.tool_input ?? undefined,
    output: value.tool_output ?? undefined,
    error: text(value.error),
  }) as Omit<RawEvent, 'key'>;
  return {...event, key: eventKey(event)};
}

export const readEvents = (body: unknown): readonly RawEvent[] =>
  list(isFields(body) ? body.events : undefined)
    .flatMap((each) => readEvent(each) ?? [])
    .sort((a, b) => compareTimes(a.time, b.time));

export function readJob(value: unknown): Job | undefined {
  if (!isFields(value)) return undefined;
  const id = text(value.job_id);
  const status = text(value.status);
  if (!id || !status) return undefined;
  const {session_name, prompt, error, created_at, completed_at} = value;
  const name = text(session_name);
  // Of a status that is not known nobody can say whether it is over.
  if (!name || typeof prompt !== 'string' || !JOB_STATUSES.includes(status)) return undefined;
  const [created, completed] = [text(created_at), text(completed_at)].map((time) =>
    time !== undefined && isTime(time) ? time : undefined,
  );
  return defined({id, status, name, prompt, error: text(error), created, completed}) as Job;
}

/**
 * The list of all jobs, as `{jobs: Job[]}` or as it is. Undefined: none, or not one that everything can be read of; what
 * is missing in a list tells as much as what is there.
 */
export function readJobs(body: unknown): readonly Job[] | undefined {
  const jobs = Array.isArray(body) ? body : isFields(body) ? body.jobs : undefined;
  if (!Array.isArray(jobs)) return undefined;
  const known = jobs.flatMap((each) => readJob(each) ?? []);
  return known.length === jobs.length ? known : undefined;
}

export const readBlueprints = (body: unknown): readonly Blueprint[] =>
  list(body).flatMap((each) => {
    const name = isFields(each) ? text(each.name) : undefined;
    if (!isFields(each) || !name) return [];
    const {description, system_prompt, status} = each;
    const more = defined({description: text(description), prompt: text(system_prompt)});
    return [{name, active: status !== 'inactive', ...more}];
  });

/** What the server says to a person, whether a text, a list of complaints, or something else. */
export function readDetail(body: unknown): string | undefined {
  const detail = isFields(body) ? (body.detail ?? body.message ?? body.error) : body;
  if (typeof detail === 'string') return detail || undefined;
  if (Array.isArray(detail)) {
    const lines = detail.map((each) => {
      if (!isFields(each)) return String(each);
      const place = list(each.loc).filter((part) => part !== 'body');
      return [place.join('.'), text(each.msg) ?? JSON.stringify(each)].filter(Boolean).join(': ');
    });
    return lines.join('; ') || undefined;
  }
  if (!isFields(detail)) return undefined;
  return text(detail.message) ?? text(detail.error) ?? JSON.stringify(detail);
}

/** A text field of an answer. */
export const readField = (body: unknown, name: string): string | undefined =>
  isFields(body) ? text(body[name]) : undefined;

const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
};
