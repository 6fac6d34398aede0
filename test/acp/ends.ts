import type {Scope} from '../server/page.ts';

/** What is to be ended, the latest first, as it is behind a test. */
export class Ends implements Scope {
  readonly #ends: (() => unknown)[] = [];

  readonly after: Scope['after'] = (end) => {
    if (end) this.#ends.unshift(end as () => unknown);
  };

  async run(): Promise<void> {
    for (const end of this.#ends.splice(0)) await end();
  }
}
