import * as v from 'valibot';

/** An id made by either side: not empty, at most 128 characters (protocol section 3), none of them half of a pair. */
export const id = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(128),
  // It has no form in UTF-8 or a URI: no database, no key of a storage could hold it.
  v.check((text) => !/\p{Cs}/u.test(text), 'not text'),
);

/** ISO 8601, UTC. Checked, because lists are sorted by it. */
export const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'not a time'),
);

/** Up to where one more is another number. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** JSON can write numbers that no double holds; JavaScript reads them as infinite. */
export const number = v.pipe(
  v.number(),
  v.check((value) => Number.isFinite(value), 'not a number'),
);

/** A place in a log. */
export const place = v.pipe(count, v.minValue(1));

export const failure = v.object({code: v.string(), message: v.string()});

type Fields = Readonly<Record<string, v.ObjectEntries>>;
type Named<T extends string, K extends string, E> = Readonly<Record<T, v.PicklistSchema<[K], undefined>>> & E;
type Tagged<T extends string, F extends Fields> = {
  readonly [K in keyof F & string]: {readonly entries: Named<T, K, F[K]>} & v.GenericSchema<
    unknown,
    v.InferOutput<v.ObjectSchema<Named<T, K, F[K]>, undefined>>
  >;
};

/** Objects that their field `tag` tells apart: the schema of each, by what stands there. */
export const tagged = <T extends string, F extends Fields>(tag: T, fields: F) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, each]) => [name, v.object({[tag]: v.picklist([name]), ...each})]),
  ) as unknown as Tagged<T, F>;

/** The schema that the field `tag` of `raw` names, if there is such a one. */
export const pick = <S extends object>(schemas: S, tag: string, raw: unknown): S[keyof S] | undefined => {
  const name: unknown = (Object(raw) as Readonly<Record<string, unknown>>)[tag];
  return typeof name === 'string' && Object.hasOwn(schemas, name) ? schemas[name as keyof S] : undefined;
};

const status = v.picklist(['pending', 'running', 'waiting', 'stopping', 'finished', 'stopped', 'failed']);

export const cost = v.object({amount: number, currency: v.string()});

/** What the list knows of one session (protocol section 4). */
export const session = v.object({
  id,
  /** Grows with every change of this session; the copy with the higher one is the truth. */
  rev: count,
  title: v.string(),
  status,
  agent: v.string(),
  /** The session that started this one. */
  parent: v.exactOptional(id),
  /** The open or pending turn. */
  turn: v.exactOptional(id),
  /** How many messages and callbacks wait for the open turn to end. */
  queued: v.exactOptional(count),
  /** A turn has ended or asked since this user last looked. */
  unread: v.exactOptional(v.boolean()),
  created: time,
  /** Of the last begun or ended turn, or question; renaming and archiving leave it. */
  updated: time,
  preview: v.exactOptional(v.string()),
  archived: v.exactOptional(v.boolean()),
  cwd: v.exactOptional(v.string()),
  usage: v.exactOptional(v.object({used: number, size: number, cost: v.exactOptional(cost)})),
  error: v.exactOptional(failure),
});

/** `unknown` is for backends whose server cannot tell. */
export type SessionStatus = v.InferOutput<typeof status> | 'unknown';

export type Session = Readonly<Omit<v.InferOutput<typeof session>, 'status'> & {status: SessionStatus}>;

/** Whether a turn is open, or will be as soon as the server has room for it. */
export const isActive = (status: SessionStatus): boolean =>
  status === 'pending' || status === 'running' || status === 'waiting' || status === 'stopping';

/** Of two copies of one session the one with the higher `rev` is the truth; of equals the later to arrive. */
export const newer = (held: Session | undefined, arrived: Session): Session =>
  held && held.rev > arrived.rev ? held : arrived;
