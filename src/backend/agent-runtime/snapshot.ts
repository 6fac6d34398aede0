import type {Agent, Input} from '../../model/inputs.ts';
import type {Draft} from './draft.ts';
import {deafened} from './log.ts';
import {retell} from './retell.ts';
import {putRow} from './rows.ts';
import {NO_AGENT} from './shown.ts';
import type {Held, News} from './state.ts';
import {isStarting, isWanted, readEventsOf} from './watching.ts';
import type {Blueprint} from './wire.ts';
import {resolveDoubts} from './words.ts';

/** What this server can do, or what this side can do for it: it is here that messages wait for the open turn to end. */
const CAPABILITIES: readonly string[] = ['delete', 'queue', 'unqueue', 'continue', 'children'];

/** `init` is the snapshot, and whatever comes after it on this connection is newer. */
export function opened(draft: Draft, {rows, blueprints, jobs}: Extract<News, {type: 'opened'}>): void {
  const {sessions: before, jobs: _, ...rest} = draft.state;
  const named = new Set(rows.map(({id}) => id));
  const sessions = new Map([...before].filter(([id]) => named.has(id)));
  const ids = new Map([...sessions.values()].map(({page, row}) => [page, row.id]));
  // Told with what is known by then: the turns of open sessions come with their events.
  draft.state = {...rest, ...(jobs && {jobs}), isOpen: false, sessions, ids, blueprints, removed: new Set()};
  for (const row of [...rows].reverse()) putRow(draft, row);
  const isConfused = [...draft.state.words.values()].some(({phase}) => phase === 'doubt');
  if (isConfused) resolveDoubts(draft, jobs, true);
  draft.tell({type: 'connection', status: 'open'}, welcome(blueprints));
  retell(draft);
  draft.touched.clear();
  const shown = [...draft.state.sessions.values()].flatMap((held) => held.shown ?? []);
  draft.tell({type: 'sessions', sessions: shown, keep: []}, {type: 'list-live', live: true});
  draft.set({isOpen: true, wasOpen: true});
  for (const held of draft.state.sessions.values()) if (isWanted(draft, held)) readEventsOf(draft, held);
  const gone = draft.state.watched.filter((id) => !draft.find(id) && !isStarting(draft, id));
  for (const session of gone) draft.tell({type: 'session-missing', session});
}

const welcome = (blueprints: readonly Blueprint[]): Input => ({
  type: 'welcome',
  agents: agentsOf(blueprints),
  capabilities: CAPABILITIES,
  // The numbers are this side's own, and go on.
  reset: false,
});

const agentsOf = (blueprints: readonly Blueprint[]): readonly Agent[] => [
  {id: NO_AGENT, title: 'Generic Agent'},
  ...blueprints.flatMap(({name, description, active}) =>
    active ? [{id: name, title: name, ...(description && {description})}] : [],
  ),
];

/** The connection is gone: what happens from now on is not heard, and what was asked has no answer. */
export function lost(draft: Draft): void {
  const live = [...draft.state.sessions.values()].filter(({isLive}) => isLive);
  draft.tell(
    ...(draft.state.isOpen ? [{type: 'list-live', live: false} as const] : []),
    ...live.map(({page}) => ({type: 'thread-live', session: page, live: false}) as const),
  );
  const sessions = [...draft.state.sessions].map(([id, held]): [string, Held] => [
    id,
    {...held, log: deafened(held.log), read: 'no', isLive: false, isStopAhead: false, stoppedOf: []},
  ]);
  const words = [...draft.state.words].map(
    ([id, each]) => [id, each.phase === 'posting' ? {...each, phase: 'doubt' as const} : each] as const,
  );
  const stops = [...draft.state.stops].map(
    ([id, stop]) => [id, {...stop, phase: 'new' as const, askedSession: false}] as const,
  );
  draft.set({
    isOpen: false,
    sessions: new Map(sessions),
    words: new Map(words),
    stops: new Map(stops),
    deletes: new Map(),
  });
}
