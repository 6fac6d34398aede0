import {carriesText, MAX_TEXT_BYTES, utf8Bytes, type Command} from '../../model/commands.ts';
import type {Input} from '../../model/inputs.ts';
import {MAX_CLIENT_FRAME, type ServerFrameOf} from './frames.ts';
import {answerCounts, isEffect, isReached, isRemoval, type Ack, type Reached} from './settlement.ts';

interface Entry {
  readonly command: Command;
  /** When it was sent on this connection; undefined: it was not. */
  sentAt?: number | undefined;
  ack?: Ack | undefined;
  /** Of a `start`: its session was asked for behind it. */
  followed?: boolean;
  /** Its effect has been applied. */
  shown?: boolean;
  /** Settled or rejected; kept only until the store has taken note. */
  over?: boolean;
}

type Outcome = Extract<Input, {type: 'settled' | 'rejected'}>;

/** What the frame of a command is made of. */
export const commandFrame = (command: Command) => ({type: 'command' as const, ...command});

/**
 * Which of the store's commands have been sent on this connection, and what came of them. It keeps no command of its
 * own: what the store does not name any more is forgotten.
 */
export class Delivery {
  #entries = new Map<string, Entry>();
  /** After a 4400 or 4429, until one is answered: the server must be able to say which it does not like. */
  #oneByOne = false;
  /** There was a 4400 since the last answer. */
  #blamed = false;

  /** All unsettled commands, oldest first. */
  replace(commands: readonly Command[]): void {
    const before = this.#entries;
    this.#entries = new Map(commands.map((command) => [command.id, before.get(command.id) ?? {command}]));
  }

  /** What to send now: what was not sent yet, and what has been unanswered for `patience`. */
  take(now: number, patience: number): {readonly commands: readonly Command[]; readonly inputs: readonly Input[]} {
    const commands: Command[] = [];
    const inputs: Input[] = [];
    for (const entry of this.#unanswered()) {
      const {command, sentAt} = entry;
      if (sentAt === undefined && isTooLarge(command)) {
        inputs.push(reject(entry, 'too-large', 'This is too long to be sent.'));
        continue;
      }
      if (sentAt === undefined || now - sentAt >= patience) {
        if (sentAt === undefined) inputs.push({type: 'sent', command: command.id});
        entry.sentAt = now;
        commands.push(command);
      }
      if (this.#oneByOne) break;
    }
    return {commands, inputs};
  }

  /** When the oldest of what is on its way was sent. */
  get waitingSince(): number | undefined {
    const times = this.#unanswered().flatMap(({sentAt}) => (sentAt === undefined ? [] : [sentAt]));
    return times.length ? Math.min(...times) : undefined;
  }

  /** The connection is gone. A command that was alone on its way when a second 4400 came is the one that is wrong. */
  lost(code: number, reason: string): readonly Outcome[] {
    const unanswered = this.#unanswered();
    const culprit =
      code === 4400 && this.#oneByOne && this.#blamed && unanswered.find(({sentAt}) => sentAt !== undefined);
    const outcomes = culprit ? [reject(culprit, 'invalid', reason || 'The server could not read it.')] : [];
    if (code === 4400) this.#blamed = true;
    if (code === 4400 || code === 4429) this.#oneByOne = true;
    for (const entry of unanswered) {
      entry.sentAt = undefined;
      entry.followed = false;
    }
    return outcomes;
  }

  /** A new epoch: acked commands are sent again. What was seen was counted in numbers that mean nothing now. */
  forgetAnswers(): readonly Outcome[] {
    for (const entry of this.#open()) {
      entry.ack = undefined;
      entry.sentAt = undefined;
    }
    return this.#open().flatMap((entry) => (entry.command.op === 'seen' ? [settle(entry)] : []));
  }

  acked({command: id, result, seq, rev}: ServerFrameOf<'ack'>, listAsked: number): readonly Input[] {
    this.#answered();
    const entry = this.#find(id);
    if (!entry || entry.ack) return [];
    entry.ack = {seq, rev, listAsked};
    return [{type: 'acked', command: id, ...(result !== undefined && {result})}];
  }

  rejected({command, code, message}: ServerFrameOf<'reject'>): readonly Input[] {
    this.#answered();
    const entry = this.#find(command);
    return entry ? [reject(entry, code, message)] : [];
  }

  /** An event with this command's id has been applied. */
  applied(id: string | undefined, kind: string): void {
    const entry = id === undefined ? undefined : this.#find(id);
    if (entry && isEffect(entry.command, kind)) entry.shown = true;
  }

  removed(session: string): void {
    for (const entry of this.#open()) if (isRemoval(entry.command, session)) entry.shown = true;
  }

  /** What has been reached by now. */
  settle(reached: (session: string) => Reached): readonly Outcome[] {
    return this.#open()
      .filter(({command, ack, shown}) =>
        ack ? shown || isReached(command, ack, reached(command.session)) : shown && !answerCounts(command),
      )
      .map(settle);
  }

  /** Acked, and still waiting for what the ack named, though the list has not been asked for since. */
  isBehind(listAsked: number): boolean {
    return this.#open().some(({ack}) => ack && ack.listAsked >= listAsked);
  }

  /**
   * The session's own `start` as long as it is neither acked nor rejected. `unfollowed`: it was sent on this connection,
   * and its session was not asked for since.
   */
  startOf(session: string): {readonly unfollowed: boolean} | undefined {
    const start = this.#start(session);
    return start && {unfollowed: start.sentAt !== undefined && !start.followed};
  }

  /** The session has just been asked for. */
  followed(session: string): void {
    const start = this.#start(session);
    if (start) start.followed = true;
  }

  sessionOf(id: string): string | undefined {
    return this.#entries.get(id)?.command.session;
  }

  #start(session: string): Entry | undefined {
    return this.#unanswered().find(({command}) => command.op === 'start' && command.session === session);
  }

  #answered(): void {
    this.#oneByOne = false;
    this.#blamed = false;
  }

  #find(id: string): Entry | undefined {
    const entry = this.#entries.get(id);
    return entry?.over ? undefined : entry;
  }

  #open(): Entry[] {
    return [...this.#entries.values()].filter(({over}) => !over);
  }

  #unanswered(): Entry[] {
    return this.#open().filter(({ack}) => !ack);
  }
}

function reject(entry: Entry, code: string, message: string): Outcome {
  entry.over = true;
  return {type: 'rejected', command: entry.command.id, code, message};
}

function settle(entry: Entry): Outcome {
  entry.over = true;
  return {type: 'settled', command: entry.command.id};
}

const isTooLarge = (command: Command): boolean =>
  (carriesText(command) && utf8Bytes(command.text) > MAX_TEXT_BYTES) ||
  utf8Bytes(JSON.stringify(commandFrame(command))) > MAX_CLIENT_FRAME;
