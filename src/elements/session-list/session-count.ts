import {Signal, signal} from '@lit-labs/signals';
import type {SessionView} from '../../model/project.ts';
import type {Sessions} from '../../store/sessions.ts';

/** How many sessions the page knows of, the archived ones apart; each change of one counts one. */
export class SessionCount {
  readonly #current = signal(0);
  readonly #archived = signal(0);
  readonly dispose: () => void;

  constructor(sessions: Sessions) {
    let archived = 0;
    let all = 0;
    for (const view of sessions.all()) {
      all++;
      if (view.archived) archived++;
    }
    this.#archived.set(archived);
    this.#current.set(all - archived);
    this.dispose = sessions.onChange((_, before, after) => {
      if (before && after && !!before.archived === !!after.archived) return;
      this.#add(before, -1);
      this.#add(after, 1);
    });
  }

  /** Of those that a list with this filter is about. */
  of(filter: string): number {
    return (filter === 'archived' ? this.#archived : this.#current).get();
  }

  #add(view: SessionView | undefined, by: 1 | -1): void {
    if (!view) return;
    const count = view.archived ? this.#archived : this.#current;
    count.set(Signal.subtle.untrack(() => count.get()) + by);
  }
}
