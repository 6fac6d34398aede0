import {createWorkspaceAgent} from '../../demo/server/agents/workspace/agent.ts';
import type {RuleId} from '../../src/conformance/rules.ts';
import type {Change, Frame, Twist} from './in-process.ts';

/** A server with one deliberate mistake, and the rule by which the kit has to find it. */
export interface Mistake extends Change {
  readonly rule: RuleId;
}

const isOfSession = ({channel}: Frame): boolean => String(channel).startsWith('session:');
const isEvent = (frame: Frame, kind?: string): boolean =>
  frame['type'] === 'event' && (kind === undefined || eventOf(frame)['kind'] === kind);
const eventOf = (frame: Frame): Frame => frame['event'] as Frame;

/** Frames of the server that are said otherwise. */
const saying = (say: (frame: Frame) => readonly Frame[]) => ({twist: (): Twist => ({down: say})});

/** The same, where each connection remembers something. */
const remembering = (make: () => (frame: Frame) => readonly Frame[]) => ({twist: (): Twist => ({down: make()})});

const every = (n: number): (() => boolean) => {
  let count = 0;
  return () => (count += 1) % n === 0;
};

const without = (frame: Frame, ...fields: readonly string[]): Frame =>
  Object.fromEntries(Object.entries(frame).filter(([name]) => !fields.includes(name)));

const OPS = 'start send continue unqueue stop answer rename archive set-option seen delete'.split(' ');

export const mistakes: Readonly<Record<string, Mistake>> = {
  'a number is used twice': {
    rule: 'seq-gapless',
    ...remembering(() => {
      const now = every(4);
      return (frame) => [
        isEvent(frame) && isOfSession(frame) && now() ? {...frame, seq: Number(frame['seq']) - 1} : frame,
      ];
    }),
  },
  'a number is left out': {
    rule: 'seq-gapless',
    ...saying((frame) => [
      isEvent(frame) && Number(frame['seq']) > 3 ? {...frame, seq: Number(frame['seq']) + 1} : frame,
    ]),
  },
  'the first event after an answer is lost': {
    rule: 'seq-gapless',
    ...remembering(() => {
      const fresh = new Set<unknown>();
      return (frame) => {
        const {type, channel} = frame;
        if (type === 'live') fresh.add(channel);
        return type === 'event' && fresh.delete(channel) ? [] : [frame];
      };
    }),
  },
  'the last event is told again after a resume': {
    rule: 'seq-gapless',
    ...remembering(() => {
      const last = new Map<unknown, Frame>();
      return (frame) => {
        const {type, channel} = frame;
        if (type === 'event') last.set(channel, frame);
        const again = last.get(channel);
        return type === 'live' && again ? [frame, again] : [frame];
      };
    }),
  },
  'rev goes back': {
    rule: 'rev-grows',
    ...remembering(() => {
      const now = every(3);
      return (frame) => {
        if (!isEvent(frame, 'session-put') || !now()) return [frame];
        const {session} = eventOf(frame) as {session: Frame};
        return [{...frame, event: {...eventOf(frame), session: {...session, rev: Number(session['rev']) - 2}}}];
      };
    }),
  },
  'the list has another session of the same rev': {
    rule: 'rev-truth',
    ...saying((frame) => {
      if (!isEvent(frame, 'session-put') || isOfSession(frame)) return [frame];
      const {session} = eventOf(frame) as {session: Frame};
      return [{...frame, event: {...eventOf(frame), session: {...session, preview: 'of the list'}}}];
    }),
  },
  'a repeated command is obeyed again': {rule: 'same-answer', storage: () => ({answer: () => undefined})},
  'a stop is acked, and the turn goes on': {
    rule: 'stop',
    hub: ({clock, limits}) => {
      const agent = createWorkspaceAgent({place: {root: '/', hidden: []}, clock});
      return {
        limits: {...limits, stopMs: 1e9},
        agents: [{...agent, run: (turn) => agent.run(turn, new AbortController().signal)}],
      };
    },
  },
  'an agent that is deaf to a stop is waited for': {rule: 'stop-deaf', hub: () => ({limits: {stopMs: 60_000}})},
  'a delta says a wrong offset': {
    rule: 'delta-offset',
    ...saying((frame) => [
      frame['type'] === 'delta' && Number(frame['at']) > 0 ? {...frame, at: Number(frame['at']) + 1} : frame,
    ]),
  },
  'an answer has no partial of what streams': {
    rule: 'partial',
    ...saying((frame) => (frame['type'] === 'partial' ? [] : [frame])),
  },
  'a partial comes behind live': {
    rule: 'answer-order',
    ...remembering(() => {
      let held: Frame[] = [];
      return (frame) => {
        if (frame['type'] === 'partial') held.push(frame);
        if (frame['type'] === 'partial') return [];
        if (frame['type'] !== 'live') return [frame];
        const late = held;
        held = [];
        return [frame, ...late];
      };
    }),
  },
  'a snapshot lacks what is open': {
    rule: 'snapshot-open',
    ...saying((frame) => [
      frame['type'] === 'snapshot' ? {...frame, state: without(frame['state'] as Frame, 'open')} : frame,
    ]),
  },
  'a snapshot lacks an event': {
    rule: 'session-snapshot',
    ...saying((frame) => {
      const {events, ...state} = (frame['state'] ?? {}) as {events?: readonly Frame[]};
      return [events ? {...frame, state: {...state, events: events.filter((_, i) => i !== 1)}} : frame];
    }),
  },
  'a deleted id is free again': {rule: 'id-taken', storage: () => ({taken: () => false})},
  'the session of another user is found': {
    rule: 'isolation',
    storage: (storage) => ({session: (user, id) => storage.session(user, id) ?? storage.session('ann', id)}),
  },
  'an unknown command is passed over': {
    rule: 'bad-command',
    twist: () => ({up: (frame) => (frame['type'] === 'command' && !OPS.includes(String(frame['op'])) ? [] : [frame])}),
  },
  'bad frames close with a code of the library': {
    rule: 'bad-frame',
    twist: () => ({close: (code) => (code === 4400 ? 1002 : code)}),
  },
  'a text that was stopped is stored as if it were whole': {
    rule: 'cut',
    ...saying((frame) => [isEvent(frame, 'message') ? {...frame, event: without(eventOf(frame), 'cut')} : frame]),
  },
  'the queue begins at the wrong end': {
    rule: 'send',
    storage: (storage) => ({queue: (key) => [...storage.queue(key)].reverse()}),
  },
  'the queue has no bound': {rule: 'too-many', hub: () => ({limits: {queuedMessages: 1_000}})},
  'approvals stay open when their turn ends': {
    rule: 'turn-closes',
    storage: (storage) => ({marks: (key) => storage.marks(key).filter(({item}) => !item.startsWith('approval'))}),
  },
  'an ack names no rev': {
    rule: 'ack-rev',
    ...saying((frame) => [frame['type'] === 'ack' ? without(frame, 'rev') : frame]),
  },
  'a pong names an older number': {
    rule: 'pong-seqs',
    ...saying((frame) => {
      if (frame['type'] !== 'pong') return [frame];
      const seqs = Object.entries(frame['seqs'] as Record<string, number>).map(
        ([name, seq]) => [name, seq - 1] as const,
      );
      return [{...frame, seqs: Object.fromEntries(seqs)}];
    }),
  },
  'who says nothing may stay': {rule: 'hello-in-time', hub: () => ({limits: {helloMs: 60_000}})},
  'each connection has an epoch of its own': {
    rule: 'epoch',
    twist: () => {
      const epoch = `epoch ${Math.random()}`;
      return {down: (frame) => [frame['type'] === 'welcome' ? {...frame, epoch} : frame]};
    },
  },
  'any token will do': {
    rule: 'token-refused',
    hub: () => ({authenticate: (token) => (token === 'two' ? {id: 'ben', name: 'ben'} : {id: 'ann', name: 'ann'})}),
  },
  'a parent is never told': {rule: 'callback', storage: () => ({owe: () => undefined})},
};
