import {signal, type Signal} from '@lit-labs/signals';
import {carriesText, type Command} from '../model/commands.ts';
import type {Input} from '../model/inputs.ts';
import {changed, isUnsettledSend, refused, without, type Outbox, type OutboxEntry} from '../model/outbox.ts';
import type {Foreign, Owner, Records} from './records.ts';
import type {Problem} from './problems.ts';

interface Listener {
  /** The server's name of a session that the page may call otherwise. */
  resolve(session: string): string;
  /** The outbox has changed in what concerns these sessions. */
  changed(sessions: Iterable<string>): void;
  problem(problem: Problem): void;
  /** A command has taken words back that this page may not know. */
  tookBack(command: Command): void;
  /** Whether these words are still being looked for. */
  isAfterWords(command: string): boolean;
}

/**
 * The outbox and the drafts: what a person has written and the server has not confirmed. All of it belongs to one user,
 * is kept in the records, and is set aside when another user comes.
 */
export class Outgoing {
  readonly #records: Records;
  readonly #clock: () => number;
  readonly #listener: Listener;
  readonly #drafts = new Map<string, Signal.State<string>>();
  readonly #unsettled = signal(0);
  #outbox: Outbox = [];
  #owner: Owner;
  /** Until the server has first said who is asking, what is written is nobody's yet. */
  #ownerKnown = false;
  /** Written before that, in this page load. */
  readonly #fresh = new Set<string>();
  #last = 0;

  constructor(records: Records, clock: () => number, listener: Listener) {
    this.#records = records;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Takes up what nobody in particular left in this browser. */
  restore(): void {
    this.#load(undefined);
    this.#listener.changed(this.sessions());
  }

  /** Words on their way. */
  get unsettled(): number {
    return this.#unsettled.get();
  }

  /** Of the session that the server calls so; its commands keep the name that they were given. */
  entries(session: string): readonly OutboxEntry[] {
    return this.#outbox.filter(({command}) => this.#listener.resolve(command.session) === session);
  }

  find(id: string): OutboxEntry | undefined {
    return this.#outbox.find(({command}) => command.id === id);
  }

  sessions(): Set<string> {
    return new Set(this.#outbox.map(({command}) => command.session));
  }

  /** What the backend is to send, oldest first. */
  deliverable(): readonly Command[] {
    return this.#outbox.flatMap(({command, failure}) => (failure ? [] : [command]));
  }

  /** Strictly growing, so that the order survives a reload. */
  nextTime(): number {
    return (this.#last = Math.max(this.#last + 1, this.#clock()));
  }

  add(entry: OutboxEntry): void {
    this.#set([...this.#outbox, entry]);
    this.#keep(entry);
    if (!this.#ownerKnown) this.#fresh.add(entry.command.id);
    this.#listener.changed([entry.command.session]);
  }

  /** `entry`, which was refused, is tried again as `again`: it goes last. */
  replace(entry: OutboxEntry, again: OutboxEntry): void {
    this.#set([...without(this.#outbox, entry.command.id), again]);
    this.#keep(again);
    this.#records.forget(this.#owner, entry.command.id, 'discarded');
    if (!this.#ownerKnown) this.#fresh.add(again.command.id);
    this.#listener.changed(new Set([entry.command.session, again.command.session]));
  }

  discard(id: string): void {
    const entry = this.find(id);
    if (!entry?.failure) return;
    this.#drop(entry);
    this.#listener.changed([entry.command.session]);
  }

  discardAll(session: string): void {
    for (const entry of this.entries(session)) this.#drop(entry);
    this.#listener.changed([session]);
  }

  /** The session has another name from now on: what was typed for it goes along. */
  renamed(alias: string, session: string): void {
    const text = this.draft(alias);
    this.setDraft(alias, '');
    this.#returnWords(session, text);
  }

  /** Takes back what has never left the page; the words return to the draft. */
  withdraw(entry: OutboxEntry): void {
    const {command} = entry;
    const dropped = command.op === 'start' ? this.entries(command.session) : [entry];
    for (const each of dropped) this.#drop(each);
    const words = dropped.flatMap(({command}) => (carriesText(command) ? [command.text] : []));
    this.#returnWords(draftOf(command), words.join('\n\n'));
    this.#listener.changed([command.session]);
  }

  draft(session: string): string {
    return this.#draft(session).get();
  }

  setDraft(session: string, text: string): void {
    if (this.draft(session) === text) return;
    this.#draft(session).set(text);
    this.#records.keepDraft(this.#owner, session, text);
  }

  /** The answer to a command; adds the sessions concerned to `touched`, and returns whether the outbox has changed. */
  apply(input: Extract<Input, {type: 'sent' | 'acked' | 'settled' | 'rejected'}>, touched: Set<string>): boolean {
    const entry = this.find(input.command);
    if (!entry) return false;
    touched.add(entry.command.session);
    switch (input.type) {
      case 'sent':
        if (!entry.sent) this.#set(changed(this.#outbox, input.command, {sent: true}));
        return false;
      case 'acked':
        this.#set(changed(this.#outbox, input.command, {acked: true}));
        // Asked again in another epoch, it says so again.
        if (!entry.acked) this.#takeBack(entry, input.result);
        return false;
      case 'settled':
        this.#set(without(this.#outbox, input.command));
        // After a reload it would be asked again, and so would they.
        if (!this.#listener.isAfterWords(input.command)) {
          this.#records.forget(this.#owner, input.command, 'settled');
        }
        return true;
      case 'rejected':
        this.#refuse(entry, input);
        return true;
    }
  }

  /** What a stop took back has been found, or is in no log. */
  returnTaken({id, session}: Command, words: string | undefined): void {
    if (words !== undefined) this.#returnWords(session, words);
    if (!this.find(id)) this.#records.forget(this.#owner, id, 'settled');
  }

  /** A new epoch: what was seen is counted in numbers that mean nothing any more. */
  forgetSeen(): void {
    for (const entry of this.#outbox) if (entry.command.op === 'seen') this.#drop(entry);
  }

  /**
   * The server has said who is asking. What was written in this page load is theirs. What nobody in particular left here
   * before is theirs only as text to send: it goes into drafts, and is never sent by itself. Returns the sessions touched.
   */
  belongTo(owner: Owner): Iterable<string> {
    const touched = this.sessions();
    const first = !this.#ownerKnown;
    this.#ownerKnown = true;
    if (owner === this.#owner) return [];
    const mine = first ? this.#outbox.filter(({command}) => this.#fresh.has(command.id)) : [];
    const found = first ? this.#outbox.filter((entry) => !mine.includes(entry)) : [];
    const drafts = first ? [...this.#drafts].map(([session, text]) => [session, text.get()] as const) : [];
    for (const {command} of [...mine, ...found]) this.#records.forget(undefined, command.id, 'discarded');
    for (const [session] of drafts) this.#records.keepDraft(undefined, session, '');
    this.#fresh.clear();
    this.#load(owner);
    this.#set([...this.#outbox, ...mine]);
    for (const entry of mine) this.#keep(entry);
    for (const [session, text] of drafts) this.#returnWords(session, text);
    for (const {command} of found) {
      if (carriesText(command)) this.#returnWords(draftOf(command), command.text);
    }
    for (const session of this.sessions()) touched.add(session);
    return touched;
  }

  /** Another tab of this browser has written. */
  follow(change: Foreign): void {
    if (change.owner !== this.#owner) return;
    if (change.type === 'draft') {
      const draft = this.#draft(change.session);
      if (draft.get() === change.before) draft.set(change.text);
      return;
    }
    const held = this.find(change.type === 'entry' ? change.entry.command.id : change.id);
    if (change.type === 'discarded') {
      if (!held) return;
      this.#set(without(this.#outbox, change.id));
      this.#listener.changed([held.command.session]);
    } else {
      const {entry} = change;
      const rest = held ? without(this.#outbox, entry.command.id) : this.#outbox;
      this.#set([...rest, entry]);
      this.#listener.changed([entry.command.session]);
    }
  }

  #refuse(entry: OutboxEntry, {code, message}: Extract<Input, {type: 'rejected'}>): void {
    const {outbox, lost} = refused(this.#outbox, entry.command.id, {code, message});
    this.#set(outbox);
    for (const {command} of lost) this.#records.forget(this.#owner, command.id, 'discarded');
    for (const kept of outbox) if (kept.failure) this.#keep(kept);
    const {op, session, id} = entry.command;
    if (op !== 'seen') this.#listener.problem({code, message, sessionId: session, command: id});
  }

  /** What the answer to a `stop` or `unqueue` says of words that waited. */
  #takeBack({command, words}: OutboxEntry, result = command.op === 'unqueue' ? 'unqueued' : ''): void {
    if (result !== 'unqueued') return;
    if (words) this.#returnWords(command.session, words);
    else if (command.op === 'stop') this.#listener.tookBack(command);
  }

  #drop({command}: OutboxEntry): void {
    this.#set(without(this.#outbox, command.id));
    this.#records.forget(this.#owner, command.id, 'discarded');
  }

  /** Into the draft, behind what is there: nothing that was typed is overwritten. */
  #returnWords(session: string, words: string): void {
    if (!words) return;
    const typed = this.draft(session);
    this.setDraft(session, typed && typed !== words ? `${typed}\n\n${words}` : words);
  }

  #keep(entry: OutboxEntry): void {
    if (entry.command.op !== 'seen') this.#records.keep(this.#owner, entry);
  }

  #load(owner: Owner): void {
    this.#owner = owner;
    this.#set(this.#records.entries(owner));
    // The clock may have been put back since they were written.
    this.#last = Math.max(this.#last, ...this.#outbox.map(({created}) => created));
    const drafts = this.#records.drafts(owner);
    for (const [session, draft] of this.#drafts) draft.set(drafts.get(session) ?? '');
    for (const [session, text] of drafts) this.#draft(session).set(text);
  }

  #draft(session: string): Signal.State<string> {
    let draft = this.#drafts.get(session);
    if (!draft) this.#drafts.set(session, (draft = signal('')));
    return draft;
  }

  #set(outbox: Outbox): void {
    this.#outbox = outbox;
    this.#unsettled.set(outbox.filter(isUnsettledSend).length);
  }
}

/** Where the words of a command go back to: those of a start that is no more begin a new conversation. */
const draftOf = ({op, session}: Command): string => (op === 'start' ? '' : session);
