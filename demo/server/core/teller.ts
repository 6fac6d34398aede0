import {channelOf} from '../../../src/backend/session-sync/frames.ts';
import type {AgentEvent} from './agent.ts';
import {approvalAsked, notice, toolBegan, toolEnded, UnreadableAgentEvent} from './agent-events.ts';
import {startChild} from './child.ts';
import type {Core} from './core.ts';
import type {EventOf} from '../../../src/model/events.ts';
import {endTool, storeText} from './entries.ts';
import type {Run} from './run.ts';
import {Stream} from './stream.ts';
import {Tools} from './tools.ts';
import {messageOf, nameOf} from './errors.ts';

type Said<T extends AgentEvent['type']> = Extract<AgentEvent, {type: T}>;

/** Makes events and deltas of what the agent of one turn says. */
export class Teller {
  readonly #core: Core;
  readonly #run: Run;
  readonly #tools: Tools;
  /** The message or thought that streams: the last item of the thread. */
  #current: Stream | undefined;
  readonly #answers = new Map<string, (option: string | null) => void>();
  #children = 0;
  #offerAt = 0;
  #cancelOffer: (() => void) | undefined;
  #cancelSave: (() => void) | undefined;

  constructor(core: Core, run: Run) {
    this.#core = core;
    this.#run = run;
    this.#tools = new Tools(core, run);
  }

  get asking(): number {
    return this.#answers.size;
  }

  streams(): Stream[] {
    return [...this.#tools.outputs(), ...(this.#current ? [this.#current] : [])];
  }

  updates(): EventOf<'tool-updated'>[] {
    return this.#tools.updates();
  }

  tell(event: AgentEvent): void {
    switch (event.type) {
      case 'text':
        return this.#say('message', event.text);
      case 'thought':
        return this.#say('thought', event.text);
      case 'tool-output':
        return this.#output(event);
      case 'tool-began':
        return this.#began(event);
      case 'tool-updated':
        this.#closeCurrent();
        return this.#tools.update(event);
      case 'tool-ended':
        return this.#ended(event);
      case 'approval':
        return this.#ask(event);
      case 'notice':
        return this.#notice(event);
      case 'child':
        return this.#child(event);
      default:
        throw new UnreadableAgentEvent(
          `The agent said something of an unknown type: ${String((event as {type?: unknown})?.type)}.`,
        );
    }
  }

  /** What comes too late has no effect, but nobody is left waiting for an answer. */
  refuse(event: AgentEvent): void {
    if (event?.type === 'approval') this.#safely(() => event.answer(null));
    if (event?.type === 'child') this.#safely(() => event.started(null));
  }

  /** A person has answered. */
  answer(approval: string, option: string | null): void {
    const answer = this.#answers.get(approval);
    this.#answers.delete(approval);
    if (answer) this.#safely(() => answer(option));
  }

  /** Nothing happens by itself any more; who waits for an answer is told that none comes. */
  hush(): void {
    this.#cancelOffer?.();
    this.#cancelSave?.();
    this.#tools.hush();
    for (const approval of [...this.#answers.keys()]) this.answer(approval, null);
  }

  /** Writes what streams, so that a crash keeps it. */
  save(): void {
    this.#cancelSave?.();
    this.#cancelSave = undefined;
    const unsaved = this.streams().filter((stream) => stream.unsaved());
    if (unsaved.length === 0) return;
    try {
      this.#run.write((work, draft) => {
        for (const stream of unsaved) {
          const piece = stream.unsaved();
          if (piece) work.core.storage.saveText(draft.key, piece);
        }
      });
      for (const stream of unsaved) stream.saved = stream.text.length;
    } catch (error) {
      this.#core.log('error', 'text-not-saved', {session: this.#run.of.session, message: messageOf(error)});
      this.#saveSoon();
    }
  }

  #say(kind: 'message' | 'thought', text: unknown): void {
    if (typeof text !== 'string') throw new UnreadableAgentEvent(`${kind}: not a text`);
    if (text === '') return;
    if (this.#current && this.#current.kind !== kind) this.#closeCurrent();
    this.#current ??= new Stream(
      {item: this.#core.makeId(), turn: this.#run.of.turn, kind},
      this.#core.limits.itemBytes,
    );
    this.#grow(this.#current, text);
  }

  #output({ref, text}: Said<'tool-output'>): void {
    if (typeof text !== 'string') throw new UnreadableAgentEvent('tool-output: not a text');
    const stream = this.#tools.output(ref);
    if (stream && text !== '') this.#grow(stream, text);
  }

  #grow(stream: Stream, text: string): void {
    stream.append(text);
    this.#cancelSave ??= this.#core.clock.timer(this.#core.limits.saveMs, () => this.save());
    const wait = this.#offerAt - this.#core.clock.now();
    if (wait <= 0) this.#offer();
    else this.#cancelOffer ??= this.#core.clock.timer(wait, () => this.#offer());
  }

  /** Offers the pages what is new; each takes as much as it can. */
  #offer(): void {
    this.#cancelOffer?.();
    this.#cancelOffer = undefined;
    const grown = this.streams().filter((stream) => stream.offered < stream.whole);
    for (const stream of grown) stream.offered = stream.whole;
    // One delta a stream: with more streams the rounds come further apart.
    this.#offerAt = this.#core.clock.now() + this.#core.limits.deltaMs * Math.max(1, grown.length);
    if (grown.length === 0) return;
    const channel = channelOf(this.#run.of.session);
    for (const listener of this.#core.audience.of(this.#run.of.user)) listener.grown(channel);
  }

  #saveSoon(): void {
    this.#cancelSave ??= this.#core.clock.timer(this.#core.limits.retryMs, () => this.save());
  }

  /** The streaming item is stored before anything else takes a place behind it. */
  #closeCurrent(): void {
    const stream = this.#current;
    if (!stream) return;
    this.#run.write((work, draft) => storeText(work, draft, stream.piece(), {cut: false}));
    this.#current = undefined;
  }

  #began(said: Said<'tool-began'>): void {
    this.#closeCurrent();
    const {turn} = this.#run.of;
    const parent = said.parent === undefined ? undefined : this.#tools.idOf(said.parent);
    if (said.parent !== undefined && parent === undefined) this.#ignore('tool-parent', said.parent);
    if (!this.#tools.canBegin(said.ref)) return;
    const id = this.#core.makeId();
    const event = toolBegan(said, {id, turn, ...(parent !== undefined && {parent})}, this.#core.limits);
    this.#run.write((work, draft) => work.core.storage.mark(draft.key, `tool ${id}`, '', draft.append(event)));
    this.#tools.begin(said.ref, id);
  }

  #ended(said: Said<'tool-ended'>): void {
    this.#closeCurrent();
    const id = this.#tools.idOf(said.ref);
    if (id === undefined) return this.#ignore('tool-ended', said.ref);
    const event = toolEnded(said, {id, turn: this.#run.of.turn}, this.#core.limits);
    this.#run.write((work, draft) => {
      const update = this.#tools.updateOf(said.ref);
      if (update) draft.append(update);
      endTool(work, draft, event, this.#tools.outputOf(said.ref)?.piece());
    });
    this.#tools.end(said.ref);
  }

  #ask(said: Said<'approval'>): void {
    this.#closeCurrent();
    if (typeof said.answer !== 'function') throw new UnreadableAgentEvent('approval: nobody waits for the answer');
    if (this.#answers.size >= this.#core.limits.openApprovals)
      throw new UnreadableAgentEvent('Too many approvals are open.');
    const tool = said.ref === undefined ? undefined : this.#tools.idOf(said.ref);
    if (said.ref !== undefined && tool === undefined) this.#ignore('approval', said.ref);
    const id = this.#core.makeId();
    const event = approvalAsked(
      said,
      {id, turn: this.#run.of.turn, ...(tool !== undefined && {tool})},
      this.#core.limits,
    );
    this.#run.write((work, draft) => {
      const seq = draft.append(event);
      work.core.storage.mark(draft.key, `approval ${id}`, '', seq);
      const {turn} = draft.state;
      if (turn) draft.state.turn = {...turn, asking: turn.asking + 1};
      draft.state.notable = seq;
      draft.face.updated = work.time;
      work.after(() => this.#answers.set(id, (option) => said.answer(option)));
    });
  }

  #notice(said: Said<'notice'>): void {
    this.#closeCurrent();
    const event = notice(said, {id: this.#core.makeId(), turn: this.#run.of.turn});
    this.#run.write((_, draft) => draft.append(event));
  }

  #child(said: Said<'child'>): void {
    this.#closeCurrent();
    this.#children += 1;
    const child =
      this.#children > this.#core.limits.childrenPerTurn
        ? {refused: 'too many children'}
        : this.#run.write((work, draft) => startChild(work, draft, said));
    if ('refused' in child) {
      this.#core.log('warn', 'child-refused', {session: this.#run.of.session, reason: child.refused});
      return this.#safely(() => said.started(null));
    }
    this.#safely(() => said.started(child.id));
  }

  #ignore(what: string, ref: string): void {
    this.#core.log('warn', 'agent-ref', {
      what,
      ref: String(ref),
      session: this.#run.of.session,
      agent: this.#run.of.agent,
    });
  }

  /** What an agent does when it is called is its own affair. */
  #safely(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#core.log('warn', 'agent-callback', {session: this.#run.of.session, error: nameOf(error)});
    }
  }
}
