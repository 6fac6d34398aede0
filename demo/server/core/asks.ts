import type {QuestionValue} from '../../../src/model/events.ts';

/** The id of an option, the values of a form, or nothing: declined or withdrawn. */
export type Answered = string | Readonly<Record<string, QuestionValue>> | null;

interface Ask {
  readonly kind: 'approval' | 'question';
  /** The agent's own name of it. */
  readonly name?: string | undefined;
  readonly answer: (value: Answered) => void;
}

/** What the agent of a turn waits for a person to say, by the id that the pages know. */
export class Asks {
  readonly #open = new Map<string, Ask>();
  /** Calls what belongs to the agent, and survives it. */
  readonly #safely: (call: () => void) => void;

  constructor(safely: (call: () => void) => void) {
    this.#safely = safely;
  }

  get size(): number {
    return this.#open.size;
  }

  open(id: string, ask: Ask): void {
    this.#open.set(id, ask);
  }

  named(name: string): {readonly id: string; readonly kind: Ask['kind']} | undefined {
    for (const [id, ask] of this.#open) if (ask.name === name) return {id, kind: ask.kind};
    return undefined;
  }

  answer(id: string, value: Answered): void {
    const ask = this.#open.get(id);
    this.#open.delete(id);
    if (ask) this.#safely(() => ask.answer(value));
  }

  /** Whoever waits is told that no answer comes. */
  withdrawAll(): void {
    for (const id of [...this.#open.keys()]) this.answer(id, null);
  }
}
