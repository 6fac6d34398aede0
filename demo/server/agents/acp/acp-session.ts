import type {AgentAside, AgentEvent, OptionValue, OwnTurn} from '../../core/agent.ts';
import type {Connection} from './connection.ts';
import {EventQueue} from './event-queue.ts';
import {AgentFailure, failureOf} from './failure.ts';
import type {Heard, Reply, Said, Values} from './translate/messages.ts';
import {listOptions, optionRequest} from './translate/options.ts';
import {initialState, type State} from './translate/state.ts';
import {translate} from './translate/translate.ts';

const ASIDES: readonly AgentEvent['type'][] = ['notice', 'options', 'commands', 'usage', 'title', 'keep'];

export interface SessionPorts {
  readonly connection: Connection;
  /** Says something that belongs to no turn. */
  tell(event: AgentAside): void;
  /** Something that was said has been taken. */
  taken(): void;
  /** The agent begins a turn that nobody has asked for; it may be refused. Returns what is called when it is over. */
  begin(turn: OwnTurn): () => void;
  timer(ms: number, run: () => void): () => void;
}

/** So long nothing is heard in a turn of the agent's own, and it is over: not every agent says so. */
const SILENCE_MS = 5_000;
/** After a stop: less than the server waits before it ends the agent. */
const STOPPED_SILENCE_MS = 1_000;

/** One session of an agent's process: what the agent sends becomes what the server is told, and the other way round. */
export class AcpSession {
  readonly id: string;
  readonly #ports: SessionPorts;
  #state: State = initialState;
  #queue: EventQueue<AgentEvent> | undefined;
  /** While it is being opened: what is true of it is told when all of it is. */
  #held: Map<AgentAside['type'], AgentAside> | undefined = new Map();
  /** Of a turn that the agent began by itself: what is called when it is over. */
  #over: (() => void) | undefined;
  #cancelSilence: (() => void) | undefined;
  readonly #waiting = new Map<string, (result: unknown) => void>();
  #asked = 0;

  constructor(id: string, ports: SessionPorts) {
    this.id = id;
    this.#ports = ports;
  }

  get busy(): boolean {
    return this.#queue !== undefined;
  }

  /** What was said and nobody has taken yet. */
  get backlog(): number {
    return this.#queue?.length ?? 0;
  }

  hear(heard: Heard): void {
    const {state, said, replies} = translate(this.#state, heard);
    this.#state = state;
    for (const reply of replies) this.#reply(reply);
    for (const event of said) this.#say(event);
    this.#listen();
  }

  /** One prompt and all that comes of it; throws an `AgentFailure`. */
  async *prompt(texts: readonly string[], signal: AbortSignal): AsyncGenerator<AgentEvent> {
    this.hear({type: 'prompt'});
    const queue = this.#newQueue();
    const prompt = texts.map((text) => ({type: 'text', text}));
    // Its answer is heard in its place among the updates; that the process has ended is heard too.
    this.#ports.connection.request('session/prompt', {sessionId: this.id, prompt}).catch(() => undefined);
    yield* this.#take(queue, signal);
  }

  #newQueue(): EventQueue<AgentEvent> {
    this.#queue = new EventQueue<AgentEvent>(() => this.#ports.taken());
    return this.#queue;
  }

  async *#take(queue: EventQueue<AgentEvent>, signal: AbortSignal): AsyncGenerator<AgentEvent> {
    // What has ended before anybody listened cannot be stopped.
    const stop = (): void => {
      if (this.#queue === queue) this.hear({type: 'stop'});
    };
    signal.addEventListener('abort', stop, {once: true});
    try {
      yield* queue.take();
    } finally {
      signal.removeEventListener('abort', stop);
      queue.end();
      this.#ports.taken();
    }
  }

  /** The agent asks, and waits. */
  ask(type: 'permission' | 'elicitation', params: unknown, gone: AbortSignal): Promise<unknown> {
    const ask = `ask-${++this.#asked}`;
    return new Promise((resolve) => {
      this.#waiting.set(ask, resolve);
      gone.addEventListener(
        'abort',
        () => {
          this.hear({type: 'withdrawn', ask});
          this.#waiting.delete(ask);
          resolve(type === 'permission' ? {outcome: {outcome: 'cancelled'}} : {action: 'cancel'});
        },
        {once: true},
      );
      this.hear({type, ask, params});
    });
  }

  /** It is open: what a person has chosen is set again where the agent has something else, then all is told. */
  async opened(result: unknown, chosen: Readonly<Record<string, OptionValue>>): Promise<void> {
    this.hear({type: 'opened', result});
    for (const [id, value] of Object.entries(chosen)) {
      const option = listOptions(this.#state.options).find((each) => each.id === id);
      if (!option || option.value === value) continue;
      try {
        await this.setOption(id, value);
      } catch (error) {
        const text = `“${option.label}” could not be set again: ${failureOf(error).message}`;
        this.#ports.tell({type: 'notice', level: 'warning', text});
      }
    }
    const held = this.#held ?? new Map<string, AgentAside>();
    this.#held = undefined;
    for (const aside of held.values()) this.#ports.tell(aside);
  }

  /** Rejects with what a person can be told. */
  async setOption(id: string, value: OptionValue): Promise<void> {
    const {method, params} = optionRequest(this.#state.options, id, value);
    try {
      const result = await this.#ports.connection.request(method, {sessionId: this.id, ...params});
      if (method === 'session/set_mode')
        this.hear({type: 'update', update: {sessionUpdate: 'current_mode_update', currentModeId: value}});
      else this.hear({type: 'opened', result});
    } catch (error) {
      throw new AgentFailure(failureOf(error));
    }
  }

  #reply(reply: Reply): void {
    if (reply.type === 'cancel') return this.#ports.connection.notify('session/cancel', {sessionId: this.id});
    this.#waiting.get(reply.ask)?.(reply.result);
    this.#waiting.delete(reply.ask);
  }

  #say(said: Said): void {
    switch (said.type) {
      case 'turn-began':
        return this.#beginOwn();
      case 'turn-ended':
        return this.#end(said);
      case 'approval':
        return this.#put({
          ...said,
          answer: (option: string | null) => this.#answered({type: 'chosen', ask: said.ask, option}),
        });
      case 'question':
        return this.#put({
          ...said,
          answer: (values: Values | null) => this.#answered({type: 'filled', ask: said.ask, values}),
        });
      default:
        return this.#put(said);
    }
  }

  #put(event: AgentEvent): void {
    if (isAside(event) && (this.#held || !this.#queue || event.type === 'title')) {
      if (this.#held && event.type !== 'notice') this.#held.set(event.type, event);
      else this.#ports.tell(event);
    } else this.#queue?.push(event);
  }

  #beginOwn(): void {
    const queue = this.#newQueue();
    this.#over = this.#ports.begin({
      events: (signal) => this.#take(queue, signal),
      refused: () => void this.#tellWords(queue),
    });
  }

  /** There is no turn for what the agent does by itself: its words are told, and it gets no permission. */
  async #tellWords(queue: EventQueue<AgentEvent>): Promise<void> {
    const texts: string[] = [];
    try {
      for await (const event of queue.take()) {
        if (event.type === 'approval' || event.type === 'question') event.answer(null);
        if (event.type !== 'text') continue;
        if (event.begins || texts.length === 0) texts.push('');
        texts.push((texts.pop() ?? '') + event.text);
      }
    } catch (error) {
      texts.push(failureOf(error).message);
    }
    for (const text of texts) this.#ports.tell({type: 'notice', level: 'info', text});
  }

  #end(ended: Extract<Said, {type: 'turn-ended'}>): void {
    this.#queue?.end(ended.outcome === 'failed' ? new AgentFailure(ended.failure) : undefined);
    this.#queue = undefined;
    this.#over?.();
    this.#over = undefined;
  }

  /** A turn of the agent's own is over with its silence, unless that is a person's. */
  #listen(): void {
    this.#cancelSilence?.();
    this.#cancelSilence = undefined;
    const {turn, asks} = this.#state;
    if (!turn?.own || asks.size > 0) return;
    const ms = turn.stopping ? STOPPED_SILENCE_MS : SILENCE_MS;
    this.#cancelSilence = this.#ports.timer(ms, () => this.hear({type: 'own-turn', open: false}));
  }

  /** Nobody answers after a stop either; then the cancel goes first, which is heard within this tick. */
  #answered(heard: Extract<Heard, {type: 'chosen' | 'filled'}>): void {
    const isNo = heard.type === 'chosen' ? heard.option === null : heard.values === null;
    if (isNo) queueMicrotask(() => this.hear(heard));
    else this.hear(heard);
  }
}

const isAside = (event: AgentEvent): event is AgentAside => ASIDES.includes(event.type);
