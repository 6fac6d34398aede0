import * as v from 'valibot';
import {carriesText, command} from '../model/commands.ts';
import type {OutboxEntry} from '../model/outbox.ts';

/** The part of the browser's storage that is used. */
export type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Whose records these are: a user's id, or undefined for whoever the server does not name. */
export type Owner = string | undefined;

/** What another tab did to a record of `owner`. */
export type Foreign =
  | {readonly type: 'entry'; readonly owner: Owner; readonly entry: OutboxEntry}
  | {readonly type: 'discarded'; readonly owner: Owner; readonly id: string}
  | {
      readonly type: 'draft';
      readonly owner: Owner;
      readonly session: string;
      readonly before: string;
      readonly text: string;
    };

/** What a view keeps for a person beside that, as text under a name of its own; the view bounds it. */
export interface Notes {
  /** Null: there is none. */
  note(owner: Owner, name: string): string | null;
  keepNote(owner: Owner, name: string, text: string): void;
}

/** Milliseconds since 1970 of the last moment that a date can name. */
const LAST_DATE = 8.64e15;

const stored = v.object({
  command,
  created: v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_DATE)),
  words: v.exactOptional(v.string()),
  failure: v.exactOptional(v.object({code: v.string(), message: v.string()})),
});

/** Drafts of more characters than this are not written with every key, but after a pause: each time costs all of it. */
const LONG = 4096;
/** In milliseconds. */
const PAUSE = 500;

/** Left for a moment where a command is thrown away, so that other tabs tell that from one that was settled. */
const DISCARDED = 'discarded';

/**
 * Drafts, commands that are not settled, and the notes of views, one record each, kept per server and user. What cannot be written is kept in
 * memory, and said once; what cannot be read (another version, cut short) is left where it is.
 */
export class Records implements Notes {
  readonly #prefix: string;
  readonly #area: Area | undefined;
  readonly #memory = new Map<string, string>();
  readonly #onFailure: (cause: unknown) => void;
  /** Keys of drafts that are in memory until the pause is over. */
  readonly #late = new Set<string>();
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(area: (() => Area) | undefined, url: string, onFailure: (cause: unknown) => void) {
    this.#prefix = `agent-session-elements/1/${encodeURIComponent(url)}/`;
    this.#onFailure = onFailure;
    try {
      this.#area = area?.();
    } catch (cause) {
      onFailure(cause);
    }
  }

  /** Oldest first. */
  entries(owner: Owner): OutboxEntry[] {
    const prefix = this.#key(owner, 'command', '');
    return this.#keys(prefix)
      .flatMap((key) => readEntry(this.#read(key), key.slice(prefix.length)) ?? [])
      .sort((a, b) => a.created - b.created);
  }

  keep(owner: Owner, {command, created, words, failure}: OutboxEntry): void {
    const record = {command, created, ...(words !== undefined && {words}), ...(failure && {failure})};
    this.#write(this.#key(owner, 'command', command.id), JSON.stringify(record));
  }

  forget(owner: Owner, id: string, how: 'settled' | 'discarded'): void {
    const key = this.#key(owner, 'command', id);
    if (this.#read(key) === null) return;
    if (how === 'discarded') this.#write(key, DISCARDED);
    this.#remove(key);
  }

  drafts(owner: Owner): ReadonlyMap<string, string> {
    const prefix = this.#key(owner, 'draft', '');
    return new Map(
      this.#keys(prefix).flatMap((key) => {
        const session = decode(key.slice(prefix.length));
        return session === undefined ? [] : [[session, this.#read(key) ?? '']];
      }),
    );
  }

  keepDraft(owner: Owner, session: string, text: string): void {
    const key = this.#key(owner, 'draft', session);
    this.#late.delete(key);
    if (text.length > LONG) {
      this.#memory.set(key, text);
      this.#late.add(key);
      this.#pause ??= setTimeout(this.#catchUp, PAUSE);
    } else if (text) this.#write(key, text);
    else this.#remove(key);
  }

  note(owner: Owner, name: string): string | null {
    return this.#read(this.#key(owner, 'note', name));
  }

  keepNote(owner: Owner, name: string, text: string): void {
    this.#write(this.#key(owner, 'note', name), text);
  }

  readonly #catchUp = (): void => {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    for (const key of this.#late) this.#write(key, this.#memory.get(key) ?? '');
    this.#late.clear();
  };

  /** Follows what other tabs do, and leaves nothing unwritten when this one goes; returns how to stop. Only `localStorage` tells. */
  follow(tell: (change: Foreign) => void): () => void {
    const area = this.#area;
    if (!area || typeof addEventListener !== 'function') return () => {};
    const listener = (event: StorageEvent): void => {
      if (event.storageArea !== area || !event.key?.startsWith(this.#prefix)) return;
      const parts = event.key.slice(this.#prefix.length).split('/');
      const [owner, kind, id] = parts.map(decode);
      if (owner === undefined || id === undefined || parts.length > 3) return;
      const whose = {owner: owner ? owner.slice(1) : undefined};
      if (kind === 'draft') {
        tell({type: 'draft', ...whose, session: id, before: event.oldValue ?? '', text: event.newValue ?? ''});
      } else if (event.newValue === DISCARDED) {
        tell({type: 'discarded', ...whose, id});
      } else {
        const entry = readEntry(event.newValue, parts[2]);
        if (entry) tell({type: 'entry', ...whose, entry});
      }
    };
    addEventListener('storage', listener);
    // A page that is hidden may end without another word.
    for (const type of leaving) addEventListener(type, this.#catchUp);
    return () => {
      removeEventListener('storage', listener);
      for (const type of leaving) removeEventListener(type, this.#catchUp);
      this.#catchUp();
    };
  }

  /** A named user's part begins with `@`, so that no name can be mistaken for nobody's. */
  #key(owner: Owner, kind: 'command' | 'draft' | 'note', id: string): string {
    return `${this.#prefix}${owner === undefined ? '' : `@${encode(owner)}`}/${kind}/${encode(id)}`;
  }

  #keys(prefix: string): string[] {
    const keys = new Set(this.#memory.keys());
    const area = this.#area;
    if (area) {
      try {
        for (let index = 0; index < area.length; index++) keys.add(area.key(index) ?? '');
      } catch (cause) {
        this.#onFailure(cause);
      }
    }
    return [...keys].filter((key) => key.startsWith(prefix));
  }

  #read(key: string): string | null {
    const held = this.#memory.get(key);
    if (held !== undefined) return held;
    try {
      return this.#area?.getItem(key) ?? null;
    } catch (cause) {
      this.#onFailure(cause);
      return null;
    }
  }

  #write(key: string, text: string): void {
    try {
      if (!this.#area) throw undefined;
      this.#area.setItem(key, text);
      this.#memory.delete(key);
    } catch (cause) {
      this.#memory.set(key, text);
      if (cause) this.#onFailure(cause);
    }
  }

  #remove(key: string): void {
    this.#memory.delete(key);
    try {
      this.#area?.removeItem(key);
    } catch (cause) {
      this.#onFailure(cause);
    }
  }
}

const leaving = ['pagehide', 'visibilitychange'];

/** Half of a surrogate pair, which has no form in a URI, can only be a page's own mistake: ids from a wire are text. */
const encode = (name: string): string => encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd'));

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/**
 * Whether it was sent or answered is not kept: after a reload it is asked again, which does no harm. `name` is the end of
 * its key: what stands under the name of another, or what this version never keeps, was not written by it.
 */
function readEntry(text: string | null, name: string | undefined): OutboxEntry | undefined {
  if (text === null || text === DISCARDED) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = v.safeParse(stored, json);
  if (!result.success) return undefined;
  const {command, failure} = result.output;
  if (encode(command.id) !== name || command.op === 'seen' || (failure && !carriesText(command))) return undefined;
  return {...result.output, sent: true, acked: false};
}
