import type {ServerFrameOf} from '../../backend/session-sync/frames.ts';
import type {Facts} from './facts.ts';
import type {Note} from './session-log.ts';

interface Sent {
  readonly op: string;
  readonly session: string;
  times: number;
  answers: number;
}

/** The commands of one connection and what they were answered. */
export class Commands {
  readonly #note: Note;
  readonly #sent = new Map<string, Sent>();

  constructor(note: Note) {
    this.#note = note;
  }

  sent({id, op, session}: Record<string, unknown>): void {
    if (typeof id !== 'string') return;
    const known = this.#sent.get(id) ?? {op: String(op), session: String(session), times: 0, answers: 0};
    known.times += 1;
    this.#sent.set(id, known);
  }

  answered(frame: ServerFrameOf<'ack'> | ServerFrameOf<'reject'>, facts: Facts | undefined): void {
    const {command} = frame;
    const sent = this.#sent.get(command);
    if (sent) sent.answers += 1;
    const isDue = !!sent && sent.answers <= sent.times;
    const times = sent ? `, which was sent ${sent.times} times` : ', which was not sent';
    this.#note('same-answer', isDue, () => `answer ${sent?.answers ?? 1} of ${command}${times}`);
    if (!sent) return;
    facts?.answer(command, frame);
    if (frame.type === 'reject') return;
    const {seq, rev} = frame;
    const {op, session} = sent;
    if (op !== 'delete') this.#note('ack-rev', rev !== undefined, () => `the ack of ${op} names no rev`);
    if ((op !== 'start' && op !== 'send') || seq === undefined) return;
    const isEffect = facts?.isEffect(session, seq, command);
    if (isEffect === undefined) return;
    this.#note('ack-seq', isEffect, () => `event ${seq} is not the message or queued of this ${op}`);
  }
}
