import {utf8Bytes} from '../../model/commands.ts';
import {about} from './about.ts';
import {Redactor} from './redact.ts';
import {listen, type WireEvent} from './tap.ts';
import type {Wire} from './wire.ts';

export type Direction = 'received' | 'sent' | 'connection';

/** What else is worth a line: how the connection is, as the store says it. */
export type Mark =
  | WireEvent
  | {readonly type: 'waiting'; readonly ms: number}
  | {readonly type: 'refused'; readonly reason: string}
  | {readonly type: 'idle'};

/** One frame, or one event of the connection, without secrets. */
export interface WireRecord {
  /** Counts from 1. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly direction: Direction;
  /** Which connection of the page, counted from 1; 0 before the first. */
  readonly generation: number;
  /** `event message`, `command send`, `snapshot`, `GET`, `closed`, … */
  readonly kind: string;
  /** The id of the session that it is about, as far as it says so. */
  readonly session: string | undefined;
  /** Bytes of UTF-8, as it was sent; 0 for an event. */
  readonly size: number;
  /** The frame or the event as JSON; text that is none as a JSON string. */
  readonly json: string;
}

/** The oldest give way to the newest beyond so many records, or so many UTF-16 units of JSON in all of them. */
export const MAX_RECORDS = 10_000;
export const MAX_LENGTH = 32 * 1024 * 1024;

export interface Bounds {
  readonly records: number;
  readonly length: number;
}

/** What was heard on a wire since somebody listens: bounded, and without secrets from the moment it is kept. */
export class Recording {
  /** The connection is older than this recording: what came before is not in it. */
  readonly isLate: boolean;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly #records: WireRecord[] = [];
  readonly #bounds: Bounds;
  readonly #clock: () => number;
  readonly #changed: () => void;
  readonly #redactor = new Redactor();
  readonly #stop: () => void;
  #length = 0;
  #ids = 0;
  #dropped = 0;
  #generation = 0;
  #isPaused = false;
  #missed = 0;

  /** `changed` is called after each change; `clock` is in milliseconds since 1970. */
  constructor(
    wire: Wire,
    changed: () => void,
    clock: () => number = Date.now,
    bounds: Bounds = {records: MAX_RECORDS, length: MAX_LENGTH},
  ) {
    this.#changed = changed;
    this.#clock = clock;
    this.#bounds = bounds;
    // A connection that is being made has not said anything yet.
    this.isLate = wire.generation > 1 || (wire.socket?.readyState ?? 0) > 0;
    this.#generation = wire.generation;
    this.since = clock();
    this.#stop = listen(wire, {
      frame: (direction, data, generation) => this.#frame(direction, data, generation),
      event: (event, generation) => {
        this.#generation = generation;
        this.mark(event, generation);
      },
    });
  }

  /** The oldest first. */
  get records(): readonly WireRecord[] {
    return this.#records;
  }

  /** How many have given way to newer ones. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many came while it was paused. */
  get missed(): number {
    return this.#missed;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** What comes meanwhile is counted, and not kept. */
  set isPaused(isPaused: boolean) {
    this.#isPaused = isPaused;
    this.#changed();
  }

  /** Forgets all that was kept. */
  clear(): void {
    this.#records.length = 0;
    this.#length = 0;
    this.#dropped = 0;
    this.#missed = 0;
    this.#changed();
  }

  mark(event: Mark, generation = this.#generation): void {
    this.#keep('connection', event.type, undefined, 0, this.#redactor.value(event), generation);
  }

  /** Hears nothing from now on. */
  end(): void {
    this.#stop();
  }

  #frame(direction: 'received' | 'sent', data: unknown, generation: number): void {
    // Secrets that are sent are known even if this is not kept.
    const read = typeof data === 'string' ? parsed(data) : data instanceof Object ? data : String(data);
    const frame = this.#redactor.value(isBinary(read) ? '(binary)' : read, direction === 'sent');
    const {kind, session} = about(frame);
    const size = this.#isPaused ? 0 : utf8Bytes(typeof data === 'string' ? data : JSON.stringify(frame));
    this.#keep(direction, kind, session, size, frame, generation);
  }

  #keep(
    direction: Direction,
    kind: string,
    session: string | undefined,
    size: number,
    value: unknown,
    generation: number,
  ): void {
    if (this.#isPaused) this.#missed += 1;
    else {
      const json = JSON.stringify(value);
      this.#records.push({
        id: (this.#ids += 1),
        time: this.#clock(),
        direction,
        generation,
        kind,
        session,
        size,
        json,
      });
      this.#length += json.length;
      this.#giveWay();
    }
    this.#changed();
  }

  #giveWay(): void {
    const {records, length} = this.#bounds;
    while (this.#records.length > records || (this.#length > length && this.#records.length > 1)) {
      this.#length -= this.#records.shift()?.json.length ?? 0;
      this.#dropped += 1;
    }
  }
}

const isBinary = (data: unknown): boolean => data instanceof ArrayBuffer || ArrayBuffer.isView(data) || isBlob(data);
const isBlob = (data: unknown): boolean => typeof Blob !== 'undefined' && data instanceof Blob;

/** What is not JSON stays text. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
