import {compareTimes} from './identity.ts';
import {jobsLike} from './same-job.ts';
import {lastStop} from './log.ts';
import {openTurns} from './shown.ts';
import {isActiveJob, type Held, type State} from './state.ts';
import {tell} from './telling.ts';
import {FIRST_TURN, type End, type Turn} from './turns.ts';
import type {Job} from './wire.ts';

/**
 * The events of a session have been read, and some turns in them have no end. Was it not heard, or has it not come? Of a
 * turn that began on this connection every frame is heard. Of older ones the jobs tell, the row, or nobody.
 */
export function endsOfLoaded(held: Held, state: State): ReadonlyMap<string, End> {
  const {row, log, ends, lost} = held;
  const {turns} = tell({...nothing, row, log, ends, isRead: true, lost});
  const loaded = new Loaded({...held, turns}, state.jobs);
  const found = new Map(ends);
  for (const turn of unheard({...held, turns})) {
    const end = loaded.endOf(turn);
    if (end) found.set(turn.id, {...end, known: loaded.knownAt(turn)});
  }
  return found.size > ends.size ? found : ends;
}

const UNKNOWN: Omit<End, 'known'> = {outcome: 'unknown', isGuess: true};

/** The list of jobs was asked for before this turn was known, so that it may not have its job. */
const isUnasked = ({checked}: Held, {asked}: Turn, jobs: readonly Job[] | undefined): boolean =>
  jobs !== undefined && asked !== undefined && !checked.has(asked);

/** Whether a newer list of jobs may tell of one of its turns. */
export const asksJobs = (held: Held, {jobs}: State): boolean =>
  held.read === 'yes' && unheard(held).some((turn) => isUnasked(held, turn, jobs) && !held.jobs.has(turn.asked ?? ''));

/** Open turns that did not begin on this connection. */
function unheard(held: Held): readonly Turn[] {
  const {events, heardFrom} = held.log;
  const began = new Map(events.map(({key, time}) => [key, time]));
  return openTurns(held).filter(({id}) => {
    const time = began.get(id);
    return !heardFrom || time === undefined || compareTimes(heardFrom.time, time) > 0;
  });
}

/** What is known from before this connection. */
class Loaded {
  readonly #held: Held;
  /** Of this session; undefined: the server does not tell. */
  readonly #jobs: readonly Job[] | undefined;

  constructor(held: Held, jobs: readonly Job[] | undefined) {
    this.#held = held;
    this.#jobs = jobs?.filter(({name}) => name === held.row.name);
  }

  endOf(turn: Turn): Omit<End, 'known'> | undefined {
    const own = turn.asked === undefined ? undefined : this.#held.jobs.get(turn.asked);
    const alike = jobsLike(this.#jobs ?? [], turn.prompt).filter(({id}) => own === undefined || id === own);
    const job = alike.findLast(isActiveJob) ?? alike.at(-1);
    if (job) return this.#endOfJob(turn, job);
    // It is going to be asked.
    if (own !== undefined || isUnasked(this.#held, turn, this.#jobs)) return undefined;
    // It may be one of these.
    if (this.#jobs?.some(isActiveJob)) return undefined;
    return this.#isAlone(turn) ? this.#endByRow(turn) : UNKNOWN;
  }

  /** Those that had begun when it ended; where nobody tells, it may have gone on beside all of them. */
  knownAt({id, prompt}: Turn): readonly string[] {
    const {turns} = this.#held;
    const over = jobsLike(this.#jobs ?? [], prompt).at(-1)?.completed;
    const at = turns.findIndex((turn) => turn.id === id);
    // Both times are of the server's clock.
    const later = turns.findIndex((turn, index) => {
      const made = index > at ? jobsLike(this.#jobs ?? [], turn.prompt).at(-1)?.created : undefined;
      return over !== undefined && made !== undefined && compareTimes(over, made) <= 0;
    });
    return turns.slice(0, later < 0 ? undefined : later).map((turn) => turn.id);
  }

  #endOfJob(turn: Turn, {status, error}: Job): Omit<End, 'known'> | undefined {
    if (status === 'failed') return {outcome: 'failed', ...(error && {message: error})};
    if (status === 'stopped') return {outcome: 'stopped'};
    if (status !== 'completed') return undefined;
    const told = turn.outlived ? lastStop(this.#held.log) : undefined;
    return {outcome: 'finished', ...(told !== undefined && {told})};
  }

  /** What the row says of an end can be of this turn only. */
  #isAlone({id, outlived}: Turn): boolean {
    const {turns, ends} = this.#held;
    const before = turns[turns.findIndex((turn) => turn.id === id) - 1];
    return !outlived && turns.at(-1)?.id === id && (!before || (!before.open && !ends.has(before.id)));
  }

  #endByRow({id}: Turn): Omit<End, 'known'> | undefined {
    const {status} = this.#held.row;
    // The turn before has finished, so it is since then that the session was stopped.
    if (status === 'stopped') return {outcome: 'stopped'};
    // Of a first turn the row is the truth; in a resumed one it says what it said before.
    if (id === FIRST_TURN) return status === 'finished' ? {outcome: 'finished'} : undefined;
    return this.#jobs ? UNKNOWN : undefined;
  }
}

const nothing = {
  mine: new Map(),
  queued: [],
  sessionOf: () => undefined,
  written: (sent: string) => sent,
};
