import {readCallback} from './callbacks.ts';
import type {Draft} from './draft.ts';
import {compareTimes} from './identity.ts';
import type {Held, Words} from './state.ts';
import type {RawEvent} from './wire.ts';

/**
 * Finds this page's messages among those that begin the turns of a session. The server gives them no ids, so it goes by
 * place: what begins the next turn after mine was posted is mine, whatever its text and time. Where others write too
 * (another tab, a callback), the words that were posted, or the server's jobs, say whose a message is.
 */
export function claim(draft: Draft, held: Held): void {
  for (const message of held.log.events) {
    if (message.type !== 'message' || message.role !== 'user' || held.mine.has(message.key)) continue;
    const words = owner(draft, held, message);
    if (!words) continue;
    const {command, job} = words;
    const mine = new Map(held.mine).set(message.key, {command: command.id, text: command.text});
    const jobs = job === undefined ? held.jobs : new Map(held.jobs).set(message.key, job);
    held = {...held, mine, jobs};
    draft.hold(held);
    const rest = new Map(draft.state.words);
    rest.delete(command.id);
    draft.set({words: rest, claimed: [...draft.state.claimed, command.id]});
  }
}

function owner(draft: Draft, held: Held, message: RawEvent): Words | undefined {
  const {text = ''} = message;
  const mine = [...draft.state.words.values()].filter(
    ({command, phase, after}) =>
      command.session === held.page &&
      phase !== 'waiting' &&
      (after === undefined || compareTimes(message.time, after) > 0),
  );
  const exact = mine.find(({command}) => text === command.text);
  if (exact) return exact;
  const [next] = mine;
  // What came before may be the message that is looked for.
  if (!next || held.read !== 'yes' || readCallback(text)) return undefined;
  // The name of a session that was started here is known to nobody else yet; if it was stopped before its first words
  // came, the first that come are of a turn that says when it began.
  if (next.command.op === 'start')
    return message === held.log.events.find(({type, role}) => role === 'user' || type === 'session_start')
      ? next
      : undefined;
  const {jobs} = draft.state;
  if (!held.checked.has(message.key)) {
    draft.askOnce({ask: 'jobs'});
    return undefined;
  }
  // Then its own job tells when it is over; until then this may be anybody's.
  if (!jobs) return undefined;
  const named = jobs.filter(({name}) => name === held.row.name);
  const knowsMine = named.some(({id, prompt}) => id === next.job || prompt === next.command.text);
  const knowsOther = named.some(({id, prompt}) => id !== next.job && prompt === text);
  return knowsMine && !knowsOther ? next : undefined;
}
