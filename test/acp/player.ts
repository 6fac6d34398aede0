import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Failure} from '../../demo/server/agents/acp/failure.ts';
import type {Heard, Reply, Said} from '../../demo/server/agents/acp/translate/messages.ts';
import {initialState, type State} from '../../demo/server/agents/acp/translate/state.ts';
import {translate} from '../../demo/server/agents/acp/translate/translate.ts';

/** One line of a recording: what was sent to the agent, what came from it, or what happened to its process. */
interface Line {
  readonly to?: string;
  readonly from?: string;
  readonly host?: string;
  readonly id?: number;
  readonly session?: string;
  readonly update?: unknown;
  readonly params?: {readonly options?: readonly {readonly optionId: string}[]};
  /** Of a request of the agent: the host's answer. */
  readonly answers?: number;
  /** Of a request of the host: the agent's. */
  readonly result?: number;
  readonly of?: string;
  readonly value?: {readonly sessionId?: string};
  readonly error?: unknown;
  readonly request?: number;
}

/** One thing that was heard, and what came of it. */
export interface Played {
  readonly heard: Heard;
  readonly said: readonly Said[];
  readonly replies: readonly Reply[];
  readonly state: State;
}

const folder = join(import.meta.dirname, 'recordings');

export const readRecording = (name: string): readonly Line[] =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

const gone: Failure = {code: 'agent-exited', message: 'The agent has ended.'};

/**
 * Plays a recording as our host would have lived through it: one prompt at a time, permissions answered as they were then.
 * Returns what happened in each session.
 */
export function play(lines: readonly Line[]): ReadonlyMap<string, readonly Played[]> {
  const sessions = new Map<string, Session>();
  const bySession = (name: string): Session => {
    const known = sessions.get(name) ?? new Session();
    sessions.set(name, known);
    return known;
  };
  /** Which session a request belongs to, ours and theirs. */
  const ours = new Map<number, string>();
  const theirs = new Map<number, {session: string; options: readonly string[]}>();
  for (const line of lines) {
    if (line.host === 'exited') for (const session of sessions.values()) session.exit();
    else if (line.to !== undefined) {
      if (line.id !== undefined && line.session !== undefined) ours.set(line.id, line.session);
      if (line.session === undefined) continue;
      const session = bySession(line.session);
      if (line.to === 'session/prompt') session.prompt(line.id ?? -1);
      else if (line.to === 'session/cancel') session.hear({type: 'stop'});
      else if (line.to === 'session/load') session.hear({type: 'loading'});
    } else if (line.from !== undefined) {
      if (line.from === '$/cancel_request') {
        const of = theirs.get(line.request ?? -1);
        if (of) bySession(of.session).hear({type: 'withdrawn', ask: String(line.request)});
        continue;
      }
      const session = bySession(line.session ?? '');
      const ask = String(line.id);
      if (line.from === 'session/update') session.hear({type: 'update', update: line.update});
      else if (line.from === '_qwencode/start_turn') session.hear({type: 'own-turn', open: true});
      else if (line.from === '_qwencode/end_turn') session.hear({type: 'own-turn', open: false});
      else {
        const options = (line.params?.options ?? []).map(({optionId}) => optionId);
        theirs.set(line.id ?? -1, {session: line.session ?? '', options});
        const isQuestion = line.from === 'elicitation/create';
        session.hear({type: isQuestion ? 'elicitation' : 'permission', ask, params: line.params});
      }
    } else if (line.answers !== undefined) {
      const of = theirs.get(line.answers);
      if (of) bySession(of.session).answer(String(line.answers), line.value ?? resultOf(line), of.options);
    } else if (line.result !== undefined) {
      const name = line.value?.sessionId ?? ours.get(line.result);
      if (name === undefined) continue;
      const session = bySession(name);
      if (line.of === 'session/prompt') session.answered(line.result, line);
      else if (line.error === undefined) session.hear({type: 'opened', result: line.value});
    }
  }
  return new Map([...sessions].map(([name, session]) => [name, session.played]));
}

const resultOf = (line: Line): unknown => (line as {readonly result?: unknown}).result;

class Session {
  readonly played: Played[] = [];
  #state = initialState;
  /** The prompt that is open, and those that the host would have held back. */
  #open: number | undefined;
  #waiting: number[] = [];

  hear(heard: Heard): void {
    const {state, said, replies} = translate(this.#state, heard);
    this.#state = state;
    this.played.push({heard, said, replies, state});
  }

  prompt(id: number): void {
    if (this.#open !== undefined) {
      this.#waiting.push(id);
      return;
    }
    this.#open = id;
    this.hear({type: 'prompt'});
  }

  answered(id: number, {value, error}: Line): void {
    if (this.#open !== id) {
      // The agent has dropped what would not have been sent yet.
      this.#waiting = this.#waiting.filter((waiting) => waiting !== id);
      return;
    }
    this.#open = undefined;
    this.hear(error === undefined ? {type: 'answered', result: value} : {type: 'refused', error});
    const next = this.#waiting.shift();
    if (next !== undefined) this.prompt(next);
  }

  answer(ask: string, result: unknown, options: readonly string[]): void {
    const {outcome, action, content} = (result ?? {}) as {
      readonly outcome?: {readonly optionId?: string};
      readonly action?: string;
      readonly content?: object;
    };
    if (action !== undefined) return this.hear({type: 'filled', ask, values: content ? {} : null});
    const chosen = options.indexOf(outcome?.optionId ?? '');
    this.hear({type: 'chosen', ask, option: chosen < 0 ? null : `option-${chosen + 1}`});
  }

  exit(): void {
    this.#open = undefined;
    this.#waiting = [];
    this.hear({type: 'exited', failure: gone});
  }
}
