import type {Verdicts} from '../verdicts.ts';
import {ConnectionJudge} from './connection.ts';
import {Facts} from './facts.ts';
import type {Note} from './session-log.ts';

/**
 * Looks at every frame of every connection to one server, and remembers what was said: an event, a `rev` or an answer must
 * be the same wherever it is told again.
 */
export class Judge {
  readonly #verdicts: Verdicts;
  readonly #now: () => number;
  readonly #facts = new Map<string, Facts>();
  #speaking: Note = () => undefined;

  /** `now` in milliseconds, for the times of frames in a report. */
  constructor(verdicts: Verdicts, now: () => number = () => 0) {
    this.#verdicts = verdicts;
    this.#now = now;
  }

  /** `user`: whatever tells the users apart, a token for example. `scenario`: what is played on it, for the report. */
  connection(user: string, scenario?: string): ConnectionJudge {
    return new ConnectionJudge({
      verdicts: this.#verdicts,
      scenario,
      now: this.#now,
      facts: (epoch) => this.#factsOf(`${user} ${epoch}`),
      speak: (note) => (this.#speaking = note),
    });
  }

  #factsOf(key: string): Facts {
    const facts = this.#facts.get(key) ?? new Facts(() => this.#speaking);
    this.#facts.set(key, facts);
    return facts;
  }
}
