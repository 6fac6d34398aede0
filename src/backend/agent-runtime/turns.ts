/** How a turn ended of which no event says so, or which of several it was that ended. */
export interface End {
  readonly outcome: 'stopped' | 'failed' | 'unknown' | 'finished';
  /** Nobody tells that it has ended: it may go on. */
  readonly isGuess?: boolean;
  readonly message?: string;
  /** The turns that had begun when this was found out. Any other began after it. */
  readonly known: readonly string[];
  /** The key of the last `session_stop` by then: its own is that, or one before; the log does not say whose each is. */
  readonly told?: string;
}

export interface Turn {
  readonly id: string;
  readonly open: boolean;
  readonly origin: 'user' | 'callback';
  /** The key of the message that it was begun with, and what was sent. */
  readonly asked?: string;
  readonly prompt?: string;
  /** Some turn of this session has ended by an event since it began. */
  readonly outlived: boolean;
}

type Writable = {-readonly [K in keyof Turn]: Turn[K]};

/** The turn that is there from the beginning, which no event announces. */
export const FIRST_TURN = 'first';
/** While turns overlap the server does not tell which of them something belongs to. */
export const UNKNOWN_TURN = 'unknown';

/** The turns of a thread while it is told. The server names none: what is not sure of one of them belongs to none. */
export class Turns {
  readonly all: Writable[] = [];
  readonly #ends: ReadonlyMap<string, End>;
  #overlap: string | undefined;
  /** Turns that seem to be over, and may go on beside others until as many ends are told: then the next is taken to be alone. */
  #ghosts = new Set<string>();
  #endsSince = 0;
  /** Ends since turns overlap that may be of any of them. */
  #unclaimed = 0;

  constructor(ends: ReadonlyMap<string, End>) {
    this.#ends = ends;
  }

  get open(): readonly Writable[] {
    return this.all.filter(({open}) => open);
  }

  /** The turn that began while another was open; since then, until one is left, nobody knows what belongs to which. */
  get overlap(): string | undefined {
    if (this.#overlap !== undefined || this.#ghosts.size === 0) return this.#overlap;
    const last = this.open[0] ?? this.all.at(-1);
    const isAlone = this.open.length === 0 && this.#ghosts.size === 1 && this.#ghosts.has(last?.id ?? '');
    return isAlone ? undefined : last?.id;
  }

  begin(id: string): void {
    if (this.#endsSince >= this.#ghosts.size) this.#ghosts.clear();
    this.all.push({id, open: true, origin: 'user', outlived: false});
    if (this.open.length > 1) this.#overlap ??= id;
  }

  /** A turn of which only the end of what it said was heard. */
  beforeAll(id: string): void {
    this.all.push({id, open: false, origin: 'user', outlived: true});
  }

  close(turn: Writable): void {
    turn.open = false;
    for (const each of [turn, ...this.open]) {
      if (!this.#seemsOver(each) || this.#ghosts.has(each.id)) continue;
      this.#ghosts.add(each.id);
      // An end from before may have been of another.
      this.#endsSince = 0;
    }
    if (this.open.length > 1) return;
    this.#overlap = undefined;
    this.#unclaimed = 0;
  }

  /** Those that have ended with this `session_stop`, or before. Undefined: one of the open ones, and nobody knows which. */
  stopped(key: string): readonly Writable[] | undefined {
    const {open} = this;
    this.#endsSince++;
    for (const each of open) each.outlived = true;
    if (open.length < 2) return open;
    const sure = open.filter(({id}) => !this.#ends.has(id));
    // Those that seem to be over are not waited for.
    if (sure.length === 1 && open.every((each) => each === sure[0] || this.#seemsOver(each))) return sure;
    this.#unclaimed++;
    const ending = open.filter(({id}) => mayBeTold(this.#ends.get(id)));
    if (this.#unclaimed >= ending.length) return ending;
    // An end before this one may be of another turn; by now it is over all the same.
    const told = ending.filter(({id}) => this.#ends.get(id)?.told === key);
    this.#unclaimed -= told.length;
    return told.length > 0 ? told : undefined;
  }

  #seemsOver({id}: Turn): boolean {
    return this.#ends.get(id)?.isGuess === true;
  }

  /** Open turns that are known to have ended: all, or those that had before `next` began. */
  dead(next?: string): readonly (readonly [Writable, End])[] {
    return this.open.flatMap((turn) => {
      const end = this.#ends.get(turn.id);
      if (!end || (next !== undefined && (end.told || end.known.includes(next)))) return [];
      return [[turn, end] as const];
    });
  }
}

/** Whether one of the ends in the log may be its own: what was stopped or has failed says nothing at its end. */
const mayBeTold = (end: End | undefined): boolean => !end || end.outcome === 'unknown' || end.told !== undefined;
