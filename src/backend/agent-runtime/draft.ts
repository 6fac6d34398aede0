import type {Input} from '../../model/inputs.ts';
import type {Ask, Held, State, Stop, Translation, Words} from './state.ts';

/** A state while it is being changed: what is written here is a copy, and the state that it began from stays as it was. */
export class Draft {
  state: State;
  readonly inputs: Input[] = [];
  readonly asks: Ask[] = [];
  /** Sessions of which something has changed. */
  readonly touched = new Set<string>();

  constructor(state: State) {
    this.state = state;
  }

  get translation(): Translation {
    return {state: this.state, inputs: this.inputs, asks: this.asks};
  }

  set(change: Partial<State>): void {
    this.state = {...this.state, ...change};
  }

  held(session: string): Held | undefined {
    return this.state.sessions.get(session);
  }

  /** By the id of the page, or the server's. */
  find(id: string): Held | undefined {
    const {sessions, ids} = this.state;
    return sessions.get(ids.get(id) ?? id);
  }

  hold(held: Held): void {
    this.set({sessions: new Map(this.state.sessions).set(held.row.id, held)});
    this.touched.add(held.row.id);
  }

  change(session: string, change: Partial<Held>): void {
    const held = this.held(session);
    if (held) this.hold({...held, ...change});
  }

  words(words: Words): void {
    this.set({words: new Map(this.state.words).set(words.command.id, words)});
    const held = this.find(words.command.session);
    if (held) this.touched.add(held.row.id);
  }

  changeWords(command: string, change: Partial<Words>): void {
    const words = this.state.words.get(command);
    if (words) this.words({...words, ...change});
  }

  stop(stop: Stop): void {
    this.set({stops: new Map(this.state.stops).set(stop.command.id, stop)});
  }

  ask(ask: Ask): void {
    this.asks.push(ask);
  }

  /** What has been asked for already in this step is not asked for twice. */
  askOnce(ask: Extract<Ask, {ask: 'jobs' | 'launchers'}>): void {
    if (this.asks.some((each) => each.ask === ask.ask)) return;
    if (ask.ask === 'launchers') return this.ask(ask);
    const nth = this.state.jobsAsked + 1;
    this.set({jobsAsked: nth});
    this.ask({...ask, sessions: this.state.sessions, nth});
  }

  tell(...inputs: Input[]): void {
    this.inputs.push(...inputs);
  }

  problem(code: string, message: string, session?: string): void {
    this.tell({type: 'problem', code, message, ...(session && {session})});
  }

  settle(command: string): void {
    if (this.#end(command)) this.tell({type: 'settled', command});
  }

  reject(command: string, code: string, message: string): void {
    if (this.#end(command)) this.tell({type: 'rejected', command, code, message});
  }

  /** Whether it was still open. */
  #end(command: string): boolean {
    const {over, words, stops, deletes, commands} = this.state;
    if (over.has(command)) return false;
    const session = commands.find(({id}) => id === command)?.session;
    const held = session === undefined ? undefined : this.find(session);
    if (held) this.touched.add(held.row.id);
    this.set({
      over: new Set(over).add(command),
      words: without(words, command),
      stops: without(stops, command),
      deletes: without(deletes, command),
    });
    return true;
  }
}

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
