import type {Direction, WireRecord} from '../../backend/wire/recording.ts';

export interface FrameFilter {
  readonly hidden: ReadonlySet<Direction>;
  /** Empty: all of them. */
  readonly kind: string;
  readonly session: string;
  /** Looked for in the JSON, whatever its case. */
  readonly text: string;
}

/** Whether a record is shown. */
export function matcherOf({hidden, kind, session, text}: FrameFilter): (record: WireRecord) => boolean {
  const wanted = text.trim() && new RegExp(text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  return (record) =>
    !hidden.has(record.direction) &&
    (!kind || record.kind === kind) &&
    (!session || record.session === session) &&
    (!wanted || wanted.test(record.json) || wanted.test(record.kind));
}

/** What of a recording is shown; each record is looked at once for each filter. */
export class ShownFrames {
  #filter: FrameFilter | undefined;
  #matches: (record: WireRecord) => boolean = () => true;
  #shown: WireRecord[] = [];
  #last = 0;

  of(records: readonly WireRecord[], filter: FrameFilter): readonly WireRecord[] {
    if (filter !== this.#filter) {
      this.#filter = filter;
      this.#matches = matcherOf(filter);
      this.#shown = [];
      this.#last = 0;
    }
    const oldest = records[0]?.id ?? Infinity;
    const gone = this.#shown.findIndex(({id}) => id >= oldest);
    if (gone !== 0) this.#shown.splice(0, gone < 0 ? this.#shown.length : gone);
    // Their ids have no holes.
    for (const record of records.slice(Math.max(0, this.#last + 1 - oldest))) {
      if (this.#matches(record)) this.#shown.push(record);
    }
    this.#last = records.at(-1)?.id ?? this.#last;
    return this.#shown;
  }
}

/** What there is to choose from, the most frequent first. */
export interface FrameChoices {
  readonly directions: Readonly<Record<Direction, number>>;
  readonly kinds: readonly (readonly [kind: string, count: number])[];
  readonly sessions: readonly (readonly [session: string, count: number])[];
}

export function choicesOf(records: readonly WireRecord[]): FrameChoices {
  const directions = {received: 0, sent: 0, connection: 0};
  const kinds = new Map<string, number>();
  const sessions = new Map<string, number>();
  for (const {direction, kind, session} of records) {
    directions[direction] += 1;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (session !== undefined) sessions.set(session, (sessions.get(session) ?? 0) + 1);
  }
  const byCount = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, a], [, b]) => b - a);
  return {directions, kinds: byCount(kinds), sessions: byCount(sessions)};
}
