import type {Command} from '../../model/commands.ts';
import type {Input} from '../../model/inputs.ts';

/** What has become of each command: arrived, accepted, over. */
export class Outcomes {
  #unsettled: readonly Command[] = [];
  /** On this connection. */
  readonly #arrived = new Set<string>();
  readonly #acked = new Set<string>();
  readonly #over = new Set<string>();
  /** Named by an event. */
  readonly #effects = new Set<string>();

  /** A new connection: what is unanswered arrives again, and with `reset` what was acked too. */
  connected(reset: boolean): void {
    this.#arrived.clear();
    if (reset) this.#acked.clear();
  }

  /** All that the store has not seen settled. */
  replace(commands: readonly Command[]): void {
    this.#unsettled = commands;
  }

  /** Those that arrive now. */
  take(): readonly Command[] {
    const fresh = this.#unsettled.filter(
      ({id}) => !this.#arrived.has(id) && !this.#acked.has(id) && !this.#over.has(id),
    );
    for (const {id} of fresh) this.#arrived.add(id);
    return fresh;
  }

  isAcked(command: string): boolean {
    return this.#acked.has(command);
  }

  acked(command: string, result: string | undefined): Input[] {
    this.#acked.add(command);
    return this.#over.has(command) ? [] : [{type: 'acked', command, ...(result !== undefined && {result})}];
  }

  rejected(command: string, code: string, message: string): Input[] {
    if (this.#over.has(command)) return [];
    this.#over.add(command);
    return [{type: 'rejected', command, code, message}];
  }

  /** An event names the command as its cause. */
  shown(command: string | undefined): void {
    if (command !== undefined) this.#effects.add(command);
  }

  /** Settles what events have named, and what `also` says. */
  settled(also: (command: Command) => boolean = () => false): Input[] {
    const done = this.#unsettled.filter(
      (command) => !this.#over.has(command.id) && (this.#effects.has(command.id) || also(command)),
    );
    for (const {id} of done) this.#over.add(id);
    return done.map(({id}) => ({type: 'settled', command: id}));
  }
}
