import type {CommandOf} from '../../src/model/commands.ts';
import type {Input} from '../../src/model/inputs.ts';
import {forgetFound, must} from './broken.ts';
import {Link} from './link.ts';
import {LATENCY} from './pipe.ts';
import {PageRules} from './page-rules.ts';
import {SimPage, type Ack} from './page.ts';
import {sound, type Part} from './parts.ts';
import {SimServer, type ServerOptions} from './server.ts';
import {Time} from './time.ts';

export const USERS = ['alice', 'bob'] as const;
/** Who sits at which page: three pages of one user, one of another. */
const SEATS = ['alice', 'alice', 'alice', 'bob'] as const;

/** Words that somebody wrote, and what became of them as far as people are concerned. */
export interface Words {
  readonly text: string;
  readonly user: string;
  readonly session: string;
  readonly page: SimPage;
  /** Somebody threw them away, or took them back. */
  discarded: boolean;
  /** Epochs in which the page was told that they are stored: a backup may lack them all the same. */
  readonly settled: Set<string>;
}

/** A server, some pages and the network between them. Whatever happens in it, it happens in the same way each time. */
export class World {
  readonly time = new Time();
  readonly part: Part;
  readonly users = USERS;
  readonly server: SimServer;
  readonly pages: SimPage[] = [];
  readonly words: Words[] = [];
  /** Sessions in the order in which they were asked for, by user. */
  readonly started = new Map<string, string[]>(USERS.map((user) => [user, []]));
  /** Stops that were acked as such, and what each meant. */
  readonly stops: (Pick<CommandOf<'stop'>, 'session' | 'turn' | 'of'> & {readonly epoch: string})[] = [];
  /** How connections fare that are dialled now. */
  admits: 'yes' | 'refused' | 'hangs' = 'yes';
  readonly #rules = new Map<SimPage, PageRules>();
  readonly #lasting = new Set<() => void>();
  #uuids = 0;
  #luck = 1;

  constructor(options: ServerOptions = {}, part: Part = sound) {
    forgetFound();
    this.part = part;
    this.server = new SimServer(this.time, options, part);
    for (const [at, user] of SEATS.entries()) this.open(`page ${at}`, user);
  }

  open(name: string, user: string): SimPage {
    const page = new SimPage(name, user, this);
    this.pages.push(page);
    this.#rules.set(page, new PageRules(page, (epoch) => this.server.truthOf(epoch)));
    return page;
  }

  uuid(): string {
    return `00000000-0000-4000-8000-${String((this.#uuids += 1)).padStart(12, '0')}`;
  }

  /** For back-off only; a linear congruence is luck enough. */
  random(): number {
    this.#luck = (Math.imul(this.#luck, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#luck / 2 ** 32;
  }

  dial(page: SimPage, tap: ConstructorParameters<typeof Link>[2]): Link {
    const link: Link = new Link(this.time, (peer) => this.server.accept(link, peer), tap);
    link.asleep = page.own.asleep;
    const {admits} = this;
    if (admits !== 'hangs') this.time.timer(LATENCY, () => (admits === 'yes' ? link.dial() : link.fail()));
    return link;
  }

  /** A fault ends after a while, or when all come to rest. */
  lasts(ms: number, over: () => void): void {
    this.#lasting.add(over);
    this.time.timer(ms, () => this.#lasting.delete(over) && over());
  }

  endFaults(): void {
    for (const over of this.#lasting) over();
    this.#lasting.clear();
    for (const {link} of this.pages) link?.calm();
    this.server.heal();
  }

  acked(page: SimPage, {command: id, result}: Ack, welcomed: string): void {
    const command = page.commands.get(id);
    const [epoch = ''] = welcomed.split(' ');
    if (command?.op === 'stop' && result === 'stopping') this.stops.push({...command, epoch});
    if (command?.op !== 'start' && command?.op !== 'send') return;
    const told = this.server.truthOf(epoch).session(command.session);
    const stored = told?.removed || told?.sent.has(id) || false;
    must('what is acked is in the log', stored, () => `${command.op} ${id} “${command.text}” of ${page.name}`);
  }

  emitted(page: SimPage, inputs: readonly Input[]): void {
    this.#rules.get(page)?.emitted(inputs);
    for (const input of inputs) {
      if (input.type === 'settled') {
        const command = page.commands.get(input.command);
        if (command && 'text' in command) this.wordsOf(command.text)?.settled.add(page.epoch.split(' ')[0] ?? '');
      }
    }
  }

  wordsOf(text: string): Words | undefined {
    return this.words.find((words) => words.text === text);
  }

  /** Sessions of a user, in an order that stays: those that people asked for, then those that agents started. */
  sessionsOf(user: string): readonly string[] {
    const started = this.started.get(user) ?? [];
    const others = [...this.server.truth.sessions].filter((told) => told.user === user && !started.includes(told.id));
    return [...started, ...others.map(({id}) => id)];
  }

  check(): void {
    for (const rules of this.#rules.values()) rules.check();
  }
}
