import type {ServerFrameOf} from '../../backend/session-sync/frames.ts';
import type {StoredEvent} from '../../model/events.ts';
import {Streams} from './streams.ts';
import type {Note} from './session-log.ts';

/** How a channel was asked for. */
export interface Asked {
  /** Undefined: a snapshot is due. */
  readonly after: number | undefined;
  /** The server may take it for another epoch, and so as if there were no `after`. */
  readonly isVague: boolean;
  readonly have: Readonly<Record<string, number>>;
}

type Phase = 'awaited' | 'events' | 'snapshot' | 'partials';

interface Answer {
  readonly asked: Asked;
  phase: Phase;
  /** A snapshot is not complete yet. */
  more: boolean;
  snapshots: number;
  /** Events or a snapshot have come. */
  brought: boolean;
  /** The channel was live when it was asked for again. */
  readonly wasLive: boolean;
}

/** One channel on one connection: what was asked, what came, and whether that is an answer. */
export class Channel {
  /** The last number applied. */
  seq = 0;
  live = false;
  readonly streams = new Streams();
  readonly events = new Map<number, StoredEvent>();
  /** What was asked and is not answered: the first is being answered. */
  readonly #awaited: Answer[] = [];
  #isKnown = false;

  /** What streams, as far as it was told here. */
  get texts(): ReadonlyMap<string, string> {
    return this.streams.texts;
  }

  get answering(): number {
    return this.#awaited.length;
  }

  /** Whether anything of it may come at all. */
  get isFollowed(): boolean {
    return this.live || this.#awaited.length > 0;
  }

  ask(asked: Asked): void {
    const wasLive = this.live || this.#awaited.some((answer) => answer.wasLive);
    this.#awaited.push({asked, phase: 'awaited', more: false, snapshots: 0, brought: false, wasLive});
  }

  /** The client follows it no more; what is on its way may still come. */
  leave(): void {
    this.#isKnown = false;
  }

  event(seq: number, note: Note): void {
    const [answer] = this.#awaited;
    const asked = answer?.asked.after;
    note('no-interleave', answer?.phase !== 'partials', () => `event ${seq} between partial and live`);
    const goesOn = this.#isKnown && this.live && seq === this.seq + 1 && answer?.phase !== 'events';
    if (answer && !goesOn) {
      const isFirst = answer.phase === 'awaited' && asked !== undefined && seq === asked + 1;
      const isNext = answer.phase === 'events' && seq === this.seq + 1;
      note('answer-form', answer.phase !== 'snapshot', () => `event ${seq} behind a snapshot of the same answer`);
      note(
        'answer-form',
        isFirst || isNext || answer.phase === 'snapshot',
        () => `event ${seq}, asked for after ${asked}`,
      );
      answer.phase = 'events';
      answer.brought = true;
      this.live = false;
      this.seq = seq;
      return;
    }
    note('seq-gapless', seq === this.seq + 1, () => `event ${seq} after ${this.seq}`);
    this.seq = Math.max(this.seq, seq);
  }

  snapshot({seq, more = false}: ServerFrameOf<'snapshot'>, note: Note): void {
    const [answer] = this.#awaited;
    note('one-answer', !!answer, () => 'a snapshot that was not asked for');
    if (answer) {
      const isPart = answer.more;
      note(
        'answer-form',
        answer.phase === 'awaited' || isPart,
        () => `a snapshot behind ${answer.phase} of one answer`,
      );
      if (isPart) note('snapshot-parts', seq === this.seq, () => `a part of ${seq} behind one of ${this.seq}`);
      answer.phase = 'snapshot';
      answer.more = more;
      answer.snapshots += 1;
      answer.brought = true;
    }
    this.live = false;
    this.seq = seq;
  }

  /** Returns what of the item the client said that it has. */
  piece(frame: ServerFrameOf<'delta' | 'partial'>, note: Note): void {
    const [answer] = this.#awaited;
    if (frame.type === 'delta') {
      note('no-interleave', this.live, () => 'a delta before live');
    } else {
      note('answer-order', !!answer, () => 'a partial outside of an answer');
      note('answer-order', !answer?.more, () => 'a partial before its snapshot is complete');
      if (answer) answer.phase = 'partials';
      this.live = false;
    }
    const {have = {}} = answer?.asked ?? {};
    this.streams.piece(frame, Object.hasOwn(have, frame.item) ? (have[frame.item] ?? 0) : 0, note);
  }

  /** The answer is complete; returns what was asked, and what is lost of what streamed. */
  answered(seq: number, note: Note): {readonly asked: Asked; readonly gone: readonly string[]} | undefined {
    const answer = this.#awaited.shift();
    note('one-answer', !!answer, () => 'a live that was not asked for');
    if (!answer) return undefined;
    const {asked, more, snapshots} = answer;
    note('snapshot-parts', !more, () => 'live before the snapshot is complete');
    // Nothing was missed.
    if (!answer.brought && asked.after !== undefined && !answer.wasLive) this.seq = asked.after;
    note('live-seq', seq === this.seq, () => `live names ${seq}, the last number is ${this.seq}`);
    const mustSnap = asked.after === undefined || asked.after > seq;
    if (!asked.isVague && mustSnap) {
      note('snapshot-cases', snapshots > 0, () => `no snapshot, asked for after ${asked.after ?? 'nothing'}`);
    }
    if (asked.after === seq && !asked.isVague) {
      note('nothing-missed', snapshots === 0, () => `a snapshot though nothing was missed after ${seq}`);
    }
    this.live = true;
    this.#isKnown = true;
    this.seq = seq;
    return {asked, gone: this.streams.answered()};
  }

  /** It ended, or could not be had. */
  failed(): void {
    // A live one has ended; what is asked of it is still to be answered.
    if (!this.live) this.#awaited.shift();
    this.live = false;
  }
}
