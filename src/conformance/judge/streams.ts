import type {ServerFrameOf} from '../../backend/session-sync/frames.ts';
import type {ThreadEvent} from '../../model/events.ts';
import type {Note} from './session-log.ts';

interface Stream {
  readonly kind: 'message' | 'thought' | 'tool-output';
  /** What stands before `from` was not told on this connection. */
  readonly from: number;
  readonly text: string;
}

/** What takes a place in the thread, and so comes behind what streams. */
const PLACED = new Set<string>([
  'message',
  'thought',
  'tool-began',
  'approval-asked',
  'question-asked',
  'plan',
  'notice',
  'turn-ended',
]);

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** What streams on one channel of one connection. */
export class Streams {
  readonly #streams = new Map<string, Stream>();
  readonly #vouched = new Set<string>();
  readonly #ended = new Set<string>();

  /** Items and the text that was told of them. */
  get texts(): ReadonlyMap<string, string> {
    return new Map([...this.#streams].map(([item, {text}]) => [item, text]));
  }

  text(item: string): string | undefined {
    return this.#streams.get(item)?.text;
  }

  piece(frame: ServerFrameOf<'delta' | 'partial'>, have: number, note: Note): void {
    const {type, item, kind, at, text, turn} = frame;
    note('after-the-end', !this.#ended.has(turn), () => `a ${type} of turn ${turn}, which has ended`);
    const held = this.#streams.get(item) ?? {kind, from: have, text: '\0'.repeat(have)};
    if (type === 'partial') {
      this.#vouched.add(item);
      note('have-too-long', at <= have || at <= held.text.length, () => `partial at ${at} where ${have} is held`);
    }
    const splits = isHigh(held.text.charCodeAt(at - 1)) && isLow(text.charCodeAt(0));
    note('delta-offset', !splits, () => `a surrogate pair is split at ${at}`);
    note('delta-offset', at <= held.text.length, () => `${type} at ${at}; ${held.text.length} units are held`);
    if (kind !== 'tool-output') {
      const other = this.#other(item);
      note('one-stream', !other, () => `${item} streams while ${other} does`);
      if (type === 'delta' && at < held.text.length && at >= held.from) {
        const overlap = held.text.slice(at, at + text.length);
        note('delta-offset', text.startsWith(overlap), () => `at ${at} stands another text than before`);
      }
    }
    this.#streams.set(item, {kind, from: Math.min(held.from, at), text: held.text.slice(0, at) + text});
  }

  /** An event was stored: its item streams no more. */
  stored(event: ThreadEvent, note: Note): void {
    const id = 'id' in event ? event.id : undefined;
    const stream = id === undefined ? undefined : this.#streams.get(id);
    if (stream && (event.kind === 'message' || event.kind === 'thought')) {
      const told = stream.text.slice(stream.from);
      const stored = event.text.slice(stream.from);
      const fits = stored.startsWith(told) || (event.truncated !== undefined && told.startsWith(stored));
      note(
        'stored-whole',
        fits,
        () => `${id} streamed ${JSON.stringify(told)} and is stored as ${JSON.stringify(stored)}`,
      );
    }
    if (stream && event.kind === 'tool-ended') {
      const holds = stream.text === '' || event.output !== undefined;
      note('tool-output', holds, () => `tool ${id} streamed ${stream.text.length} units and ends without output`);
    }
    if (event.kind === 'message' || event.kind === 'thought' || event.kind === 'tool-ended') {
      this.#streams.delete(event.id);
    }
    if (PLACED.has(event.kind)) {
      const other = this.#other(id);
      note('one-stream', !other, () => `${event.kind} is stored while ${other} streams`);
    }
    if (event.kind === 'turn-ended') this.#ended.add(event.turn);
  }

  /** An answer is complete: what it did not vouch for, and was not stored, is gone. Returns those items. */
  answered(): readonly string[] {
    const gone = [...this.#streams.keys()].filter((item) => !this.#vouched.has(item));
    for (const item of gone) this.#streams.delete(item);
    this.#vouched.clear();
    return gone;
  }

  #other(item: string | undefined): string | undefined {
    return [...this.#streams].find(([id, {kind}]) => id !== item && kind !== 'tool-output')?.[0];
  }
}
