import type {Luck} from './luck.ts';

/** What is known of a live session, so that a made-up frame fits it. */
export interface Known {
  readonly session: string;
  /** The last number applied. */
  readonly seq: number;
  readonly turn: string;
  /** Of things in its thread. */
  readonly ids: readonly string[];
  readonly commands: readonly string[];
}

const time = '2026-01-02T03:05:00.000Z';

/** A valid event of any kind, also of those that the demo's server has no agent for. */
function anyEvent({session, turn, ids, commands}: Known, luck: Luck): object {
  const id = luck.percent(60) && ids.length > 0 ? luck.pick(ids) : `new-${luck.below(40)}`;
  const command = commands.length > 0 ? luck.pick(commands) : 'c-1';
  const about = {id, turn};
  const content = [
    {type: 'text', text: 'a'},
    {type: 'diff', path: 'a.ts', before: null, after: 'b'},
    {type: 'terminal', text: 'ls', exit: 0},
    {type: 'image', mime: 'image/png', data: 'AA=='},
    {type: 'link', uri: 'https://example.org/', title: 'x'},
    {type: 'hologram', data: 1},
  ];
  return luck.pick<() => object>([
    () => ({
      kind: 'session-put',
      session: {
        id: session,
        rev: luck.below(60),
        title: 'put',
        status: luck.pick(['pending', 'running', 'waiting', 'stopping', 'finished', 'stopped', 'failed']),
        agent: 'actor',
        turn,
        queued: 1,
        created: time,
        updated: time,
        preview: 'p',
        usage: {used: 1, size: 2, cost: {amount: 0.1, currency: 'EUR'}},
        error: {code: 'agent', message: 'm'},
      },
    }),
    () => ({kind: 'session-removed', session}),
    () => ({kind: 'turn-began', turn: luck.pick([turn, 'turn-x']), origin: 'callback', children: ['a', 'b']}),
    () => ({kind: 'message', ...about, role: 'agent', text: 'said', cut: true, truncated: 9}),
    () => ({kind: 'message', ...about, role: 'user', text: 'asked', author: {kind: 'person', id: 'eve', name: 'Eve'}}),
    () => ({kind: 'thought', ...about, text: 'hm'}),
    () => ({
      kind: 'tool-began',
      ...about,
      name: 'grep',
      category: 'search',
      input: {a: [1]},
      content,
      parent: 'p',
      child: 'c',
    }),
    () => ({kind: 'tool-updated', ...about, title: 't', input: null, content, locations: [{path: 'a', line: 3}]}),
    () => ({kind: 'tool-ended', ...about, outcome: 'completed', output: 'o', content, error: 'e', truncated: 3}),
    () => ({
      kind: 'approval-asked',
      ...about,
      tool: 't',
      title: 'May?',
      options: [{id: 'y', label: 'Yes', kind: 'allow'}],
    }),
    () => ({kind: 'approval-answered', id, option: null, by: 'eve', reason: 'stopped'}),
    () => ({kind: 'queued', command, text: 'waits'}),
    () => ({kind: 'unqueued', command, reason: 'began'}),
    () => ({
      kind: 'turn-ended',
      turn,
      outcome: 'failed',
      reason: 'refused',
      error: {code: 'agent', message: 'm'},
      usage: {input: 1},
    }),
    () => ({kind: 'notice', id, level: 'warning', text: 'n'}),
    () => ({
      kind: 'plan',
      turn,
      entries: [
        {text: 'a', status: 'done', priority: 'high'},
        {text: 'b', status: 'pending'},
      ],
    }),
    () => ({
      kind: 'options',
      options: [
        {id: 'mode', label: 'Mode', type: 'select', value: 'a', choices: [{value: 'a', label: 'A', description: 'd'}]},
        {id: 'web', label: 'Web', category: 'c', type: 'boolean', value: true},
      ],
    }),
    () => ({kind: 'commands', commands: [{name: 'test', description: 'd', hint: 'h'}]}),
    () => ({
      kind: 'question-asked',
      ...about,
      text: 'Which?',
      fields: [{id: 'f', label: 'F', type: 'choice', options: [{value: 'a', label: 'A'}], required: true}],
    }),
    () => ({kind: 'question-answered', id, values: {f: 'a', n: 1, b: true, l: ['x']}, by: 'eve'}),
    () => ({kind: 'hologram', anything: [1]}),
  ])();
}

const stored = (known: Known, seq: number, luck: Luck) => ({seq, time, event: anyEvent(known, luck)});

/** A valid frame of any type. `queries`: ids of those that are open. */
export function anyFrame(known: Known, queries: readonly string[], luck: Luck): object {
  const {session, seq, turn, ids, commands} = known;
  const channel = luck.percent(75) ? `session:${session}` : 'sessions';
  const next = seq + luck.pick([1, 1, 1, 1, 0, 2]);
  const command = commands.length > 0 ? luck.pick(commands) : 'c-1';
  const item = ids.length > 0 ? luck.pick(ids) : 'i';
  const piece = {
    channel,
    item,
    turn,
    kind: luck.pick(['message', 'thought', 'tool-output']),
    at: luck.pick([0, 0, 3, 99]),
    text: 'more',
  };
  return luck.pick<() => object>([
    () => ({type: 'event', channel, ...stored(known, next, luck)}),
    () => ({type: 'event', channel, ...stored(known, next, luck)}),
    () => ({type: 'event', channel, ...stored(known, next, luck), command}),
    () => ({type: 'delta', ...piece}),
    () => ({type: 'partial', ...piece}),
    () => ({type: 'live', channel, seq: luck.pick([seq, seq, next])}),
    () => ({
      type: 'ack',
      command,
      result: luck.pick(['stopping', 'unqueued', 'not-running']),
      seq: next,
      rev: luck.below(40),
    }),
    () => ({type: 'reject', command, code: 'too-late', message: 'Too late.'}),
    () => ({
      type: 'page',
      id: queries.length > 0 ? luck.pick(queries) : 'q',
      items: [stored(known, 1, luck)],
      next: 1,
      seq,
    }),
    () => ({type: 'pong', t: 1, seqs: {[channel]: next}}),
    () => ({type: 'error', code: luck.pick(['not-found', 'too-many']), message: 'No.', channel}),
    () => ({type: 'error', code: 'internal', message: 'Oh.', ...(queries.length > 0 && {id: luck.pick(queries)})}),
    () => ({
      type: 'welcome',
      epoch: 'other',
      heartbeat_ms: luck.pick([5_000, 1, 1e12]),
      time,
      agents: [{id: 'a', title: 'A', description: 'd', folders: ['/']}],
      capabilities: ['seen'],
      user: {id: 'eve', name: 'Eve'},
    }),
    ...snapshotParts(known, luck).map((part) => () => part),
  ])();
}

/** One snapshot in as many parts as chance will have it. */
export function snapshotParts(known: Known, luck: Luck): object[] {
  const {session, seq} = known;
  const isList = luck.percent(30);
  const channel = isList ? 'sessions' : `session:${session}`;
  const last = seq + luck.pick([0, 0, 1, 3]);
  const put = (anyEventOf: Known) => ({
    id: anyEventOf.session,
    rev: luck.below(60),
    title: 'in a snapshot',
    status: 'running',
    agent: 'actor',
    created: time,
    updated: time,
  });
  const count = 1 + luck.below(4);
  const first = Math.max(1, last - 3 * count + 1);
  return Array.from({length: count}, (_, part) => {
    const seqs = [0, 1, 2].map((at) => first + 3 * part + at).filter((at) => at <= last);
    const state = isList
      ? {
          sessions: [put(known), {...put(known), id: `listed-${luck.below(9)}`}],
          ...(luck.percent(30) && {next: 'cursor'}),
        }
      : {
          ...((part === 0 || luck.percent(10)) && {session: put(known)}),
          events: seqs.map((at) => stored(known, at, luck)),
          open: luck.percent(40) ? [stored(known, luck.pick([1, 2, first]), luck)] : [],
          ...(first > 1 && {next: first}),
        };
    return {type: 'snapshot', channel, seq: last, state, ...(part < count - 1 && {more: true})};
  });
}
