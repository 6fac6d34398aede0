import type {Command} from '../../model/commands.ts';
import type {StoredEvent, ThreadEvent} from '../../model/events.ts';
import type {Input} from '../../model/inputs.ts';
import type {Session} from '../../model/session.ts';
import type {Backend, RequestLike, ResponseLike} from '../backend.ts';
import {lazyBackend} from '../lazy.ts';
import {FakeWorld, type FakeSocket, type Wire} from '../session-sync/testkit.ts';
import {createAgentRuntime} from './agent-runtime.ts';

/** A request that the page has made; the test answers it, or the server does by itself. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly isOpen: boolean;
  answer(status: number, body: unknown): void;
  fail(message?: string): void;
}

/** A world whose requests go to the test. */
export class RestWorld extends FakeWorld {
  readonly asked: Asked[] = [];
  /** Answers at once what it returns something for. */
  answers: (asked: Asked) => readonly [number, unknown] | undefined = () => undefined;

  fetch = (url: string, {method, body, signal}: RequestLike): Promise<ResponseLike> =>
    new Promise((resolve, reject) => {
      let isOpen = true;
      const once = (run: () => void) => {
        if (isOpen) run();
        isOpen = false;
      };
      const asked: Asked = {
        method,
        path: new URL(url).pathname,
        body: body === undefined ? undefined : JSON.parse(body),
        get isOpen() {
          return isOpen;
        },
        answer: (status, said) =>
          once(() =>
            resolve({status, text: () => Promise.resolve(typeof said === 'string' ? said : JSON.stringify(said))}),
          ),
        fail: (message = 'Failed to fetch') => once(() => reject(new TypeError(message))),
      };
      signal.addEventListener('abort', () => asked.fail('aborted'));
      this.asked.push(asked);
      const answer = this.answers(asked);
      if (answer) asked.answer(...answer);
    });

  /** Requests of this kind, oldest first. */
  of(method: string, path: RegExp): Asked[] {
    return this.asked.filter((each) => each.method === method && path.test(each.path));
  }
}

/** Lets everything happen that needs no time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}

const SECOND = 1000;

/**
 * The server's data and frames, as facts say they are; the test decides what happens. Reading requests are answered by
 * themselves from the data.
 */
export class Script {
  readonly rows = new Map<string, Wire>();
  readonly events: Wire[] = [];
  readonly jobs = new Map<string, Wire>();
  agents: Wire[] = [];
  launchers: Wire[] = [{launcher_id: 'lnch_1', status: 'online'}];
  /** Whether `GET /jobs` is there. */
  listsJobs = true;
  isOpen = false;
  readonly world: RestWorld;
  #time = Date.parse('2026-11-22T07:00:00Z');
  #made = 0;

  constructor(world = new RestWorld()) {
    this.world = world;
    world.answers = (asked) => this.#read(asked);
  }

  get socket(): FakeSocket {
    return this.world.socket;
  }

  /** Lets the page in: the first frame, and the answers to what it asks at once. */
  async welcome(): Promise<void> {
    await settled();
    this.socket.opens();
    this.isOpen = true;
    await settled();
    this.says({type: 'init', sessions: [...this.rows.values()].reverse()});
    await settled();
  }

  drop(): void {
    this.isOpen = false;
    this.socket.closes();
  }

  says(...frames: Wire[]): void {
    if (this.isOpen) this.socket.says(...frames);
  }

  now(): string {
    this.#time += SECOND;
    // As Python writes it, to the microsecond.
    return `${new Date(this.#time).toISOString().slice(0, -1)}001+00:00`;
  }

  /** A row as it is from now on, told to whoever listens unless it is told otherwise. */
  row(id: string, change: Wire = {}, isSilent = false): Wire {
    const held = this.rows.get(id);
    const fresh = {
      session_id: id,
      session_name: id,
      status: 'finished',
      created_at: held?.created_at ?? this.now(),
      project_dir: null,
      agent_name: null,
      last_resumed_at: null,
      parent_session_name: null,
    };
    const row = {...fresh, ...held, ...change};
    this.rows.set(id, row);
    if (!isSilent) this.says({type: held ? 'session_updated' : 'session_created', session: row});
    return row;
  }

  /** An event is stored, and told. */
  event(id: string, type: string, more: Wire = {}, isSilent = false): Wire {
    const event = {
      event_type: type,
      session_id: id,
      session_name: this.rows.get(id)?.session_name ?? id,
      timestamp: this.now(),
      ...{tool_name: null, tool_input: null, tool_output: null, error: null, exit_code: null, reason: null},
      ...{role: null, content: null},
      ...more,
    };
    this.events.push(event);
    if (!isSilent) this.says({type: 'event', data: event});
    return event;
  }

  message(id: string, role: 'user' | 'assistant', text: string): Wire {
    return this.event(id, 'message', {role, content: [{type: 'text', text}]});
  }

  tool(id: string, name: string, input: unknown, output: unknown, error: string | null = null): Wire {
    return this.event(id, 'post_tool', {tool_name: name, tool_input: input, tool_output: output, error});
  }

  stop(id: string): void {
    this.row(id, {status: 'finished'});
    this.event(id, 'session_stop', {exit_code: 0, reason: 'completed'});
  }

  /** What a resume begins with: the row as it was, then the start, then the words. */
  resume(id: string, text: string): void {
    this.row(id, {last_resumed_at: this.now()});
    this.event(id, 'session_start');
    this.message(id, 'user', text);
  }

  /** The oldest job that is asked for and not answered is made. */
  post(status = 'running'): Wire {
    const asked = this.world.of('POST', /^\/jobs$/).find(({isOpen}) => isOpen);
    if (!asked) throw new Error('Nothing was posted.');
    const job = this.job(
      asked.body.session_name as string,
      asked.body.prompt as string,
      status,
      asked.body.type as string,
    );
    asked.answer(200, {job_id: job.job_id, status: 'pending'});
    return job;
  }

  job(name: string, prompt: string, status = 'running', type = 'resume_session'): Wire {
    const job = {job_id: `job_${++this.#made}`, type, session_name: name, prompt, status, error: null};
    this.jobs.set(job.job_id, job);
    return job;
  }

  #read({method, path}: Asked): readonly [number, unknown] | undefined {
    if (method !== 'GET') return undefined;
    const [, kind, id = '', more] = path.split('/').map(decodeURIComponent);
    if (kind === 'agents') return [200, this.agents];
    if (kind === 'health') return [200, {status: 'healthy'}];
    if (kind === 'launchers') return [200, {launchers: this.launchers}];
    if (kind === 'jobs' && !id)
      return this.listsJobs ? [200, {jobs: [...this.jobs.values()]}] : [405, {detail: 'Method Not Allowed'}];
    if (kind === 'jobs') return this.jobs.has(id) ? [200, this.jobs.get(id)] : [404, {detail: 'Job not found'}];
    const row = this.rows.get(id);
    if (!row) return [404, {detail: 'Session not found'}];
    if (more !== 'events') return [200, {session: row}];
    // The database's copy: numbered, without the name, false values gone, the oldest 100.
    const stored = this.events
      .map((event, at) => ({id: at + 1, event}))
      .filter(({event}) => event.session_id === id)
      .slice(0, 100)
      .map(({id: number, event: {session_name: _, ...event}}) => ({
        id: number,
        ...event,
        tool_input: isFalsy(event.tool_input) ? null : event.tool_input,
        tool_output: isFalsy(event.tool_output) ? null : event.tool_output,
      }));
    return [200, {events: stored}];
  }
}

const isFalsy = (value: unknown): boolean => !value || (typeof value === 'object' && Object.keys(value).length === 0);

/** A page with this backend. */
export class RuntimePage {
  readonly script: Script;
  readonly backend: Backend;
  readonly inputs: Input[] = [];
  commands: Command[] = [];
  #read = 0;

  constructor(script = new Script(), url = 'http://runtime.test:8765') {
    this.script = script;
    this.backend = createAgentRuntime({
      url,
      environment: script.world,
      emit: (batch) => {
        this.inputs.push(...batch);
        const over = batch.flatMap((each) =>
          each.type === 'settled' || each.type === 'rejected' ? [each.command] : [],
        );
        this.commands = this.commands.filter(({id}) => !over.includes(id));
        if (over.length || batch.some(({type}) => type === 'welcome')) this.backend.deliver(this.commands);
      },
    });
  }

  news(): Input[] {
    return this.inputs.slice(this.#read, (this.#read = this.inputs.length));
  }

  of<T extends Input['type']>(type: T): Extract<Input, {type: T}>[] {
    return this.inputs.filter((input): input is Extract<Input, {type: T}> => input.type === type);
  }

  async give(...commands: Command[]): Promise<void> {
    this.commands = [...this.commands, ...commands];
    this.backend.deliver(this.commands);
    await settled();
  }

  session(id: string): Session | undefined {
    let held: Session | undefined;
    for (const input of this.inputs) {
      if (input.type === 'sessions') held = input.sessions.find((each) => each.id === id);
      if (input.type === 'session' && input.session.id === id) held = input.session;
      if (input.type === 'session-removed' && input.session === id) held = undefined;
    }
    return held;
  }

  /** The log of a thread, as it was told. */
  events(id: string): readonly StoredEvent[] {
    let held: readonly StoredEvent[] = [];
    for (const input of this.inputs) {
      if (input.type === 'thread' && input.session === id) held = input.events;
      if (input.type === 'event' && input.session === id) held = [...held, input.event];
    }
    return held;
  }

  /** The thread as the model folds it is too much for most tests: one line for each event of its log. */
  log(id: string): readonly string[] {
    return this.events(id).map(({event, command}) => line(event, command));
  }

  messages(id: string): readonly string[] {
    return this.log(id).filter((each) => /^(you|me|agent|result)/.test(each));
  }

  outcomes(): readonly string[] {
    return this.inputs.flatMap((input) => {
      if (input.type === 'settled') return [`${input.command} settled`];
      return input.type === 'rejected' ? [`${input.command} ${input.code}: ${input.message}`] : [];
    });
  }

  problems(): readonly string[] {
    return this.of('problem').map(({code, message}) => `${code}: ${message}`);
  }
}

/** Short, and the same whatever the ids: "me" is what this page has sent. */
export function line(event: ThreadEvent, command?: string): string {
  switch (event.kind) {
    case 'turn-began':
      return `began ${event.origin}`;
    case 'turn-ended':
      return `ended ${event.outcome}${event.error ? `: ${event.error.message}` : ''}`;
    case 'message': {
      const who = event.author?.name
        ? `result of ${event.author.name}`
        : event.role === 'agent'
          ? 'agent'
          : command
            ? 'me'
            : 'you';
      return `${who}: ${event.text}`;
    }
    case 'tool-began':
      return `tool ${event.name}`;
    case 'tool-ended':
      return `tool ${event.outcome}: ${event.error ?? event.output ?? ''}`;
    case 'notice':
      return `notice ${event.id.replace(/:.*/, '')}`;
    case 'queued':
      return `queued: ${event.text}`;
    default:
      return event.kind;
  }
}

/** Connected, with these sessions, their threads watched. */
export async function runtimePage(
  options: {readonly script?: Script; readonly sessions?: readonly string[]; readonly watch?: readonly string[]} = {},
): Promise<RuntimePage> {
  const {script = new Script(), sessions = ['s1'], watch = sessions} = options;
  for (const id of sessions) if (!script.rows.has(id)) script.row(id);
  const page = new RuntimePage(script);
  page.backend.watch(watch);
  page.backend.connect();
  await script.welcome();
  page.news();
  return page;
}

export const send = (id: string, text: string, session = 's1'): Command => ({id, op: 'send', session, text});

/** The server of the contract: its events are given as those of our own protocol. */
export function runtimeWithServer(emit: (inputs: readonly Input[]) => void) {
  const script = new Script();
  const asked = new Map<string, Asked>();
  const backend = lazyBackend(() => Promise.resolve(createAgentRuntime))({
    url: 'http://runtime.test:8765',
    environment: script.world,
    emit,
  });
  const posts = () => script.world.of('POST', /^\/jobs$/);
  const read = (post: Asked): Command => {
    const n = Number(/\d+$/.exec(post.body.prompt as string)?.[0]);
    const id = `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
    asked.set(id, post);
    return {id, op: 'send', session: post.body.session_name as string, text: post.body.prompt as string};
  };
  const find = (command: string): Asked | undefined => {
    for (const post of posts()) read(post);
    return asked.get(command);
  };
  return {
    backend,
    arrived: settled,
    server: {
      oneAtATime: true,
      welcome: () => script.welcome(),
      drop: () => script.drop(),
      retry: () => script.world.passes(60_000),
      put: ({id, title}: Pick<Session, 'id'> & Partial<Session>) =>
        void script.row(id, {...(title && {session_name: title})}),
      remove: (session: string) => {
        script.rows.delete(session);
        script.says({type: 'session_deleted', session_id: session});
      },
      event: (session: string, event: ThreadEvent, command?: string) => {
        if (event.kind !== 'message') throw new Error('This server has only messages.');
        const post = command ? find(command) : undefined;
        if (post) script.job(post.body.session_name as string, post.body.prompt as string, 'completed');
        if (event.role === 'user') script.event(session, 'session_start');
        script.message(session, event.role === 'user' ? 'user' : 'assistant', event.text);
      },
      commands: () => posts().map(read),
      ack: (command: string) => find(command)?.answer(200, {job_id: `job_of_${command}`, status: 'pending'}),
      reject: (command: string, code: string, message: string) =>
        find(command)?.answer(code === 'too-many' ? 429 : 400, {detail: message}),
    },
  };
}
