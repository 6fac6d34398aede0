import type {EventOf, SessionOption} from '../../../src/model/events.ts';
import type {AgentAside, AgentSession} from './agent.ts';
import {notice} from './agent-events.ts';
import {commands, options} from './agent-lists.ts';
import {checked, UnreadableAgentEvent} from './checked-event.ts';
import type {Core} from './core.ts';
import type {Draft} from './draft.ts';
import {retitle} from './entries.ts';
import {nameOf} from './errors.ts';
import type {Storage} from './storage.ts';
import {titleFrom, utf8Bytes} from './text.ts';
import {transact, type Work} from './work.ts';

const KEPT_BYTES = 8 * 1024;

/** What an agent says of a session, told within its turn or without one. */
export function tellAside(work: Work, draft: Draft, said: AgentAside, turn?: string): void {
  const {core} = work;
  switch (said.type) {
    case 'notice':
      draft.append(notice(said, {id: core.makeId(), ...(turn !== undefined && {turn})}));
      return;
    case 'options': {
      const event = options(said, core.limits);
      putOptions(work, draft, event.options);
      return;
    }
    case 'commands':
      putWhole(work, draft, commands(said, core.limits));
      return;
    case 'usage':
      draft.face.usage = usageOf(said, draft);
      return;
    case 'title': {
      const title = titleFrom(String(said.title));
      if (title !== '' && !draft.state.named && title !== draft.face.title) retitle(work, draft, title);
      return;
    }
    case 'keep':
      if (said.data !== null && (typeof said.data !== 'string' || utf8Bytes(said.data) > KEPT_BYTES))
        throw new UnreadableAgentEvent(`keep: not a text of at most ${KEPT_BYTES} bytes`);
      draft.state.kept = said.data ?? undefined;
  }
}

/** Says something outside of the agent's own iteration: within the turn that is open, or without one. */
export function tellBeside(core: Core, of: Pick<AgentSession, 'session' | 'user'>, said: AgentAside): void {
  try {
    const record = core.storage.session(of.user, of.session);
    const run = record && core.runs.get(record.key);
    if (!record || run?.takes(said)) return;
    transact(core, of.user, {}, (work) => {
      const draft = work.session(of.session);
      if (draft) tellAside(work, draft, said);
    });
  } catch (error) {
    core.log('warn', 'agent-aside', {session: of.session, type: String(said?.type), error: nameOf(error)});
  }
}

export const usageOf = (said: Extract<AgentAside, {type: 'usage'}>, {session}: Draft): NonNullable<AgentUsage> => {
  const {used, size, cost} = said;
  const read = checked('session-put', {session: {...session, usage: {used, size, cost}}});
  return read.session.usage ?? {used, size};
};
type AgentUsage = EventOf<'session-put'>['session']['usage'];

/** Stores a whole list that is in force until the next, if it is another than before. */
function putWhole(work: Work, draft: Draft, event: EventOf<'options'> | EventOf<'commands'>): void {
  const {storage} = work.core;
  if (JSON.stringify(lastOf(storage, draft.key, event.kind)) === JSON.stringify(event)) return;
  storage.mark(draft.key, event.kind, '', draft.append(event));
}

/** The word of the agent: what a person has chosen is from now on what the agent says it is. */
function putOptions(work: Work, draft: Draft, list: readonly SessionOption[]): void {
  putWhole(work, draft, {kind: 'options', options: [...list]});
  const {chosen = {}} = draft.state;
  const own = list.filter(({id}) => Object.hasOwn(chosen, id)).map(({id, value}) => [id, value] as const);
  if (own.length > 0) draft.state.chosen = {...chosen, ...Object.fromEntries(own)};
}

/** The last event that is marked as such. */
export function lastOf<K extends 'options' | 'commands'>(
  storage: Storage,
  key: number,
  kind: K,
): EventOf<K> | undefined {
  const mark = storage.marks(key).find(({item}) => item === kind);
  const [entry] = mark ? storage.entries(key, mark.seq, mark.seq) : [];
  return entry && (JSON.parse(entry.json) as {event: EventOf<K>}).event;
}
