import type {SessionStatus} from '../../model/session.ts';
import type {ListOptions} from '../../store/list-view.ts';
import type {SessionStore} from '../../store/session-store.ts';

/** What is asked of the server, because the page may not hold all of it. */
export interface Question {
  readonly text?: string;
  readonly status?: readonly SessionStatus[];
  readonly archived?: boolean;
}

/** What a list shows and the page does not hold by itself. */
export function questionFor({filter, query}: ListOptions, store: SessionStore): Question | undefined {
  const text = store.can('search') ? query.trim().slice(0, 200) : '';
  const archived = filter === 'archived';
  const rare = filter === 'finished' || filter === 'stopped' || filter === 'failed';
  const status = rare && (text || store.sessions.next !== undefined);
  if (!text && !archived && !status) return undefined;
  return {...(text && {text}), ...(archived && {archived}), ...(status && {status: [filter]})};
}

/** How long a person may pause while typing before the server is asked. */
const PAUSE = 250;
const NONE: ReadonlySet<string> = new Set();

/** Looks for sessions on the server, one question at a time: the answer to an older one is dropped. */
export class SessionFinder {
  /** What the server named for the question of now. */
  found: ReadonlySet<string> = NONE;
  busy = false;
  readonly #changed: () => void;
  #store: SessionStore | undefined;
  #live = false;
  #question: Question | undefined;
  #key = '';
  #generation = 0;
  /** Where to go on; null: nothing was read yet. */
  #cursor: string | undefined | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The server may have more of what is looked for. */
  get more(): boolean {
    return this.#next !== undefined;
  }

  /** Asks, if it is not what was asked before, and the connection is there; undefined: whatever comes by itself is enough. */
  ask(store: SessionStore | undefined, question: Question | undefined, live: boolean): void {
    const key = JSON.stringify(question ?? null);
    const other = store !== this.#store || key !== this.#key;
    const back = live && !this.#live;
    this.#live = live;
    if (!other && !back) return;
    this.#store = store;
    this.#question = question;
    this.#key = key;
    this.#forget();
    // After a pause of the connection the answer of before is shown until there is a new one.
    if (other) this.found = NONE;
    if (!question || !live) return;
    this.busy = true;
    this.#timer = setTimeout(() => void this.#read({}), question.text ? PAUSE : 0);
  }

  async readMore(): Promise<void> {
    const cursor = this.#next;
    if (cursor !== undefined && !this.busy) await this.#read({cursor});
  }

  get #next(): string | undefined {
    if (this.#cursor !== null) return this.#cursor;
    return this.#question ? undefined : this.#store?.sessions.next;
  }

  #forget(): void {
    this.#generation++;
    this.#cursor = null;
    this.busy = false;
    clearTimeout(this.#timer);
  }

  async #read(at: {readonly cursor?: string}): Promise<void> {
    const generation = this.#generation;
    this.busy = true;
    this.#changed();
    const page = await this.#store?.findSessions({...this.#question, ...at});
    if (generation !== this.#generation) return;
    this.busy = false;
    if (page) {
      this.#cursor = page.next;
      // Words may be in messages, which the page does not hold; all else the list can tell by itself.
      if (this.#question?.text) this.found = new Set([...(at.cursor === undefined ? [] : this.found), ...page.ids]);
    }
    this.#changed();
  }
}
