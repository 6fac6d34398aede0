import {channelOf} from '../../../src/backend/session-sync/frames.ts';
import type {AgentAside, AgentEvent} from './agent.ts';
import {toolBegan, toolEnded, turnEnding} from './agent-events.ts';
import {plan} from './agent-lists.ts';
import {tellAside} from './asides.ts';
import {Asks, type Answered} from './asks.ts';
import {UnreadableAgentEvent} from './checked-event.ts';
import {startChild} from './child.ts';
import type {Core} from './core.ts';
import type {EventOf} from '../../../src/model/events.ts';
import type {Ending} from './end-turn.ts';
import {endTool, storeText} from './entries.ts';
import type {Run} from './run.ts';
import {Stream} from './stream.ts';
import {Tools} from './tools.ts';
import {messageOf} from './errors.ts';
import {safely} from './safely.ts';

type Said<T extends AgentEvent['type']> = Extract<AgentEvent, {type: T}>;

/** Makes events and deltas of what the agent of one turn says. */
export class Teller {
  readonly #core: Core;
  readonly #run: Run;
  readonly #tools: Tools;
  /** The message or thought that streams: the last item of the thread. */
  #current: Stream | undefined;
  readonly #asks: Asks;
  #ending: Pick<Ending, 'reason' | 'usage'> = {};
  #context: Said<'usage'> | undefined;
  #plan = '';
  #children = 0;
  #offerAt = 0;
  #cancelOffer: (() => void) | undefined;
  #cancelSave: (() => void) | undefined;

  constructor(core: Core, run: Run) {
    this.#core = core;
    this.#run = run;
    this.#tools = new Tools(core, run);
    this.#asks = new Asks(core, run, this.#tools);
  }

  get asking(): number {
    return this.#asks.size;
  }

  /** What is to be said of the turn when it ends. */
  ending(): Pick<Ending, 'reason' | 'usage' | 'context'> {
    return {...this.#ending, ...(this.#context && {context: this.#context})};
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
        return this.#say('message', event);
      case 'thought':
        return this.#say('thought', event);
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
      case 'question':
        this.#closeCurrent();
        return this.#asks.ask(event);
      case 'withdraw':
        return this.#asks.withdraw(event);
      case 'plan':
        return this.#planned(event);
      case 'ending':
        this.#ending = turnEnding(event);
        return;
      case 'usage':
        this.#context = event;
        return;
      case 'notice':
        this.#closeCurrent();
        return this.#aside(event);
      case 'options':
      case 'commands':
      case 'title':
      case 'keep':
        return this.#aside(event);
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
    if (event?.type === 'approval' || event?.type === 'question')
      safely(this.#core, this.#run.of.session, () => event.answer(null));
    if (event?.type === 'child') safely(this.#core, this.#run.of.session, () => event.started(null));
  }

  /** A person has answered. */
  answer(id: string, value: Answered): void {
    this.#asks.answer(id, value);
  }

  /** Nothing happens by itself any more; who waits for an answer is told that none comes. */
  hush(): void {
    this.#cancelOffer?.();
    this.#cancelSave?.();
    this.#tools.hush();
    this.#asks.withdrawAll();
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

  #say(kind: 'message' | 'thought', {text, begins = false}: {readonly text: unknown; readonly begins?: boolean}): void {
    if (typeof text !== 'string') throw new UnreadableAgentEvent(`${kind}: not a text`);
    if (text === '') return;
    if (begins || this.#current?.kind !== kind) this.#closeCurrent();
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
    const parent = said.parent === undefined ? undefined : this.#tools.parentOf(said.parent);
    if (said.parent !== undefined && parent === undefined) this.#tools.ignore('tool-parent', said.parent);
    if (!this.#tools.canBegin(said.ref)) return;
    const id = this.#core.makeId();
    const event = toolBegan(said, {id, turn, ...(parent !== undefined && {parent})}, this.#core.limits);
    this.#run.write((work, draft) => work.core.storage.mark(draft.key, `tool ${id}`, '', draft.append(event)));
    this.#tools.begin(said.ref, id);
  }

  #ended(said: Said<'tool-ended'>): void {
    this.#closeCurrent();
    const id = this.#tools.idOf(said.ref);
    if (id === undefined) return this.#tools.ignore('tool-ended', said.ref);
    const event = toolEnded(said, {id, turn: this.#run.of.turn}, this.#core.limits);
    this.#run.write((work, draft) => {
      const update = this.#tools.updateOf(said.ref);
      if (update) draft.append(update);
      endTool(work, draft, event, this.#tools.outputOf(said.ref)?.piece());
    });
    this.#tools.end(said.ref);
  }

  #planned(said: Said<'plan'>): void {
    const event = plan(said, this.#run.of.turn, this.#core.limits);
    const json = JSON.stringify(event);
    if (json === this.#plan) return;
    this.#closeCurrent();
    this.#run.write((work, draft) => work.core.storage.mark(draft.key, 'turn', 'plan', draft.append(event)));
    this.#plan = json;
  }

  #aside(said: AgentAside): void {
    this.#run.write((work, draft) => tellAside(work, draft, said, this.#run.of.turn));
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
      return safely(this.#core, this.#run.of.session, () => said.started(null));
    }
    safely(this.#core, this.#run.of.session, () => said.started(child.id));
  }
}
