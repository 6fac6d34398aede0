import {channelOf, LIST} from '../backend/session-sync/wire.ts';
import {Client, Unmet} from './client.ts';
import type {Judge} from './judge/judge.ts';
import type {RuleId} from './rules.ts';
import type {Action, Script} from './script.ts';
import type {Verdicts} from './verdicts.ts';
import type {World} from './world.ts';

/** What is said to an agent that no script describes. */
const PLAIN = 'This is a check of the connection. Please answer with one word.';

/** What a scenario is played on. */
export interface Scenario {
  readonly name: string;
  /** What it looks at, besides what the judge looks at always. */
  readonly rules: readonly RuleId[];
  /** Actions of the script without which it cannot be played. */
  readonly needs?: readonly Action[];
  /** Capabilities without which it does not apply. */
  readonly has?: readonly string[];
  run(stage: Stage): Promise<void>;
}

export interface StageOptions {
  readonly url: string;
  readonly world: World;
  readonly verdicts: Verdicts;
  readonly judge: Judge;
  readonly timeout: number;
  readonly script: Script | undefined;
  readonly token: string | undefined;
  readonly secondToken: string | undefined;
  readonly capabilities: readonly string[];
}

/** A session that a scenario has begun. */
export interface Begun {
  readonly session: string;
  /** The id of the `start`. */
  readonly command: string;
  readonly seq: number;
}

export interface Connecting {
  readonly channels?: readonly object[];
  readonly hello?: object;
  /** Another than the first user. */
  readonly token?: string;
}

export class Stage {
  readonly options: StageOptions;
  readonly #scenario: string | undefined;
  readonly #clients: Client[] = [];
  readonly #sessions = new Set<string>();

  constructor(options: StageOptions, scenario?: string) {
    this.options = options;
    this.#scenario = scenario;
  }

  get uuid(): string {
    return this.options.world.uuid();
  }

  has(capability: string): boolean {
    return this.options.capabilities.includes(capability);
  }

  /** A socket that has not said hello yet. */
  socket({token = this.options.token, origin}: {token?: string | undefined; origin?: string} = {}): Client {
    const {url, world, judge, timeout} = this.options;
    const connection = judge.connection(token ?? '', this.#scenario);
    const client = new Client({
      url,
      world,
      judge: connection,
      timeout,
      token,
      ...(origin !== undefined && {origin}),
    });
    this.#clients.push(client);
    return client;
  }

  /** A page that was welcomed; it follows the list unless told otherwise, and all that it asked for is live. */
  async page({channels = [{channel: LIST}], hello = {}, token}: Connecting = {}): Promise<Client> {
    const client = this.socket(token === undefined ? {} : {token});
    if (!(await client.opened())) throw new Unmet(`no connection: ${client.closed?.code} ${client.closed?.reason}`);
    await client.hello(channels, hello);
    for (const {channel} of channels as readonly {channel: string}[]) {
      await client.until('one-answer', `the live of ${channel}`, () =>
        client.frames.find((frame) => (frame.type === 'live' || frame.type === 'error') && frame.channel === channel),
      );
    }
    return client;
  }

  text(action: Action): string {
    return this.options.script?.actions[action]?.text ?? PLAIN;
  }

  /** The fields of a `start` that has the agent do something. */
  startFields(action: Action): object {
    const {agent, cwd} = this.options.script ?? {};
    return {text: this.text(action), ...(agent !== undefined && {agent}), ...(cwd !== undefined && {cwd})};
  }

  /** Starts a session and follows it. */
  async begin(client: Client, action: Action, rule: RuleId = 'start'): Promise<Begun> {
    const session = this.uuid;
    this.made(session);
    const ack = await client.acked(rule, 'start', session, this.startFields(action));
    await client.subscribe(channelOf(session));
    return {session, command: ack.command, seq: ack.seq ?? 0};
  }

  /** Begins a turn that stays open, and resolves with its id when it is at work. */
  async working(client: Client, action: Action): Promise<Begun & {readonly turn: string}> {
    const begun = await this.begin(client, action);
    const {turn} = await client.status('start', begun.session, ['running', 'waiting']);
    if (turn === undefined) throw new Unmet('a running session names no turn');
    return {...begun, turn};
  }

  /** To be cleared away at the end. */
  made(session: string): void {
    this.#sessions.add(session);
  }

  /** Nothing of what was begun goes on, and nothing is left where the server can delete. */
  async clear(): Promise<void> {
    const pages = this.#clients.splice(0);
    const children = pages.flatMap((page) => [...page.judge.sessions.values()]);
    for (const {id, parent} of children) if (parent !== undefined && this.#sessions.has(parent)) this.made(id);
    for (const page of pages) page.close();
    const sessions = [...this.#sessions];
    this.#sessions.clear();
    if (sessions.length === 0) return;
    const page = await this.page();
    for (const session of sessions.reverse()) {
      const turn = page.session(session)?.turn;
      if (this.has('delete')) await page.command('delete', session);
      else if (turn !== undefined) await page.command('stop', session, {turn});
    }
    page.close();
    this.#clients.length = 0;
  }
}
