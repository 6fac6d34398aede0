import type {Command} from '../model/commands.ts';
import type {ThreadEvent} from '../model/events.ts';
import type {Input} from '../model/inputs.ts';
import type {Session} from '../model/session.ts';
import {QueryError, type Backend, type Page} from './backend.ts';
import {equal} from './contract-equal.ts';

/** The server behind a backend under test, as far as its abilities go: what it lacks is not tested. */
export interface ContractServer {
  /** Answers the page that asks to be let in, now. */
  welcome(): void | Promise<void>;
  /** Breaks the connection. */
  drop(): void | Promise<void>;
  /** Lets pass whatever the page waits for before it tries again. */
  retry(): void | Promise<void>;
  /** Forgets every number that it ever gave (the next welcome is of another epoch). */
  readonly forget?: () => void;
  put(session: Pick<Session, 'id'> & Partial<Session>): void;
  readonly remove?: (session: string) => void;
  /** The next event of a session; `command` caused it. */
  event(session: string, event: ThreadEvent, command?: string): void;
  /** A piece of a message of the agent. */
  readonly stream?: (session: string, item: string, text: string) => void;
  /** Every command that has arrived, repeats too. */
  commands(): readonly Command[];
  ack(command: string): void;
  reject(command: string, code: string, message: string): void;
  /** One message of a session at a time: the next goes out when the turn of the one before is over. */
  readonly oneAtATime?: boolean;
  /** Answers the query that was asked last. */
  readonly answer?: (page: Pick<Page, 'events'>) => void;
}

export interface ContractSetup {
  readonly backend: Backend;
  readonly server: ContractServer;
  /** Waits until what was said has arrived; nothing where that needs no time. */
  readonly arrived?: () => Promise<void>;
}

const uuid = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const send = (n: number, session = 's1'): Command => ({id: uuid(n), op: 'send', session, text: `text ${n}`});
const message = (id: string, role: 'user' | 'agent' = 'agent'): ThreadEvent => ({
  kind: 'message',
  id,
  turn: 't1',
  role,
  text: `text of ${id}`,
});

/** What a store would have made of the inputs. */
class Recorder {
  readonly batches: (readonly Input[])[] = [];
  commands: readonly Command[] = [];
  backend: Backend | undefined;
  onEmit: (inputs: readonly Input[]) => void = () => {};

  readonly emit = (inputs: readonly Input[]): void => {
    this.batches.push(inputs);
    this.onEmit(inputs);
    const over = inputs.flatMap((input) =>
      input.type === 'settled' || input.type === 'rejected' ? [input.command] : [],
    );
    this.commands = this.commands.filter(({id}) => !over.includes(id));
    if (over.length || inputs.some(({type}) => type === 'welcome')) this.backend?.deliver(this.commands);
  };

  get inputs(): readonly Input[] {
    return this.batches.flat();
  }

  of<T extends Input['type']>(type: T): Extract<Input, {type: T}>[] {
    return this.inputs.filter((input): input is Extract<Input, {type: T}> => input.type === type);
  }

  /** The ids of the messages of a session's thread, read from what was sent: not every server has ids. */
  thread(session: string): readonly string[] {
    let held: readonly {readonly event: ThreadEvent}[] = [];
    for (const input of this.inputs) {
      if (input.type === 'thread' && input.session === session) held = [...input.open, ...input.events];
      if (input.type === 'event' && input.session === session) held = [...held, input.event];
    }
    return held.flatMap(({event}) =>
      event.kind === 'message' ? [(event.sent ?? event.text).replace('text of ', '')] : [],
    );
  }

  /** The text of an item that is streamed. */
  streamed(item: string): string {
    return this.of('stream').reduce(
      (text, each) => (each.item === item ? text.slice(0, each.at) + each.text : text),
      '',
    );
  }

  live(session: string): boolean {
    return this.of('thread-live').findLast((input) => input.session === session)?.live ?? false;
  }

  /** How each command ended. */
  outcomes(): readonly string[] {
    return this.inputs.flatMap((input) => {
      if (input.type === 'settled') return [`${input.command} settled`];
      return input.type === 'rejected' ? [`${input.command} ${input.code}: ${input.message}`] : [];
    });
  }
}

/** The runner's way to say what a test is: that of `node:test`, mocha or vitest. */
export interface ContractRunner {
  readonly describe: (name: string, tests: () => void) => unknown;
  readonly it: (name: string, test: () => Promise<void>) => unknown;
}

/**
 * What every backend promises to the store (see `Backend`), whatever its server speaks. Each backend runs it beside its
 * own tests: `backendContract('memory', (emit) => …)`. `setup` is called for each test, and once for each ability that is
 * asked for. `runner` is only needed where `describe` and `it` are no globals: `{describe, it}` from `node:test`.
 */
export const backendContract = (
  name: string,
  setup: (emit: (inputs: readonly Input[]) => void) => ContractSetup,
  {describe, it}: ContractRunner = globalThis as unknown as ContractRunner,
): void => {
  const open = () => {
    const page = new Recorder();
    const {backend, server, arrived = () => Promise.resolve()} = setup(page.emit);
    page.backend = backend;
    const give = async (...commands: Command[]) => {
      page.commands = [...page.commands, ...commands];
      backend.deliver(page.commands);
      await arrived();
    };
    const comeBack = async () => {
      await server.drop();
      await arrived();
      await server.retry();
      await server.welcome();
      await arrived();
    };
    return {page, backend, server, arrived, give, comeBack};
  };
  const connected = async (...watch: string[]) => {
    const all = open();
    for (const id of watch) all.server.put({id});
    all.backend.watch(watch);
    all.backend.connect();
    await all.server.welcome();
    await all.arrived();
    return all;
  };
  const abilities = (probe: (server: ContractServer) => unknown): boolean => !!probe(setup(() => {}).server);

  describe(`backend contract of ${name}: the connection`, () => {
    it('is told from connecting to open, and the list after that', async () => {
      const {page} = await connected();
      // A backend that is loaded first is connecting twice.
      equal([...new Set(page.of('connection').map(({status}) => status))], ['connecting', 'open']);
      const order = page.inputs.map(({type}) => type).filter((type) => /^(welcome|sessions|list-live)$/.test(type));
      equal(order, ['welcome', 'sessions', 'list-live']);
    });

    it('is open and welcomed in one breath', async () => {
      const {page} = await connected();
      const batch = page.batches.find((inputs) => inputs.some(({type}) => type === 'welcome'));
      equal(
        batch?.some((input) => input.type === 'connection' && input.status === 'open'),
        true,
      );
    });

    it('may be asked for, and given up, more than once', async () => {
      const {page, backend} = await connected();
      const before = page.batches.length;
      backend.connect();
      equal(page.batches.length, before);
      backend.disconnect();
      const after = page.batches.length;
      backend.disconnect();
      equal(page.batches.length, after);
    });

    it('tells nothing after it was given up but that it is idle', async () => {
      const {page, backend, server, arrived} = await connected('s1');
      backend.disconnect();
      equal(page.inputs.at(-1), {type: 'connection', status: 'idle'});
      const before = page.batches.length;
      server.put({id: 's2'});
      server.event('s1', message('m1'));
      backend.watch([]);
      backend.deliver([send(1)]);
      await arrived();
      equal(page.batches.length, before);
      equal(server.commands().length, 0);
    });

    it('calls nothing live that is not, and comes back by itself', async () => {
      const {page, server, comeBack, arrived} = await connected('s1');
      await server.drop();
      await arrived();
      equal(page.live('s1'), false);
      equal(page.of('list-live').at(-1)?.live, false);
      equal(['waiting', 'connecting'].includes(page.of('connection').at(-1)?.status ?? ''), true);
      await comeBack();
      equal(page.live('s1'), true);
      equal(page.of('list-live').at(-1)?.live, true);
    });

    it('can be tried again at once', async () => {
      const {page, backend, server, arrived} = await connected();
      await server.drop();
      await arrived();
      backend.reconnect();
      await server.welcome();
      await arrived();
      equal(page.of('connection').at(-1)?.status, 'open');
    });

    it('goes on after it was given up', async () => {
      const {page, backend, server, arrived} = await connected('s1');
      backend.disconnect();
      server.event('s1', message('m1'));
      backend.connect();
      await server.welcome();
      await arrived();
      equal(page.thread('s1'), ['m1']);
      equal(page.live('s1'), true);
    });
  });

  describe(`backend contract of ${name}: sessions and threads`, () => {
    it('tells the list and what changes in it', async () => {
      const {page, server, arrived} = await connected('s1');
      server.put({id: 's1', title: 'New title'});
      server.put({id: 's2'});
      await arrived();
      equal(
        page.of('sessions')[0]?.sessions.map(({id}) => id),
        ['s1'],
      );
      equal(page.of('session').findLast(({session}) => session.id === 's1')?.session.title, 'New title');
      equal(page.of('session').at(-1)?.session.id, 's2');
    });

    it('gives a changed session a higher rev', async () => {
      const {page, server, arrived} = await connected('s1');
      server.put({id: 's1', title: 'One'});
      server.put({id: 's1', title: 'Two'});
      await arrived();
      const revs = [...(page.of('sessions')[0]?.sessions ?? []), ...page.of('session').map(({session}) => session)]
        .filter(({id}) => id === 's1')
        .map(({rev}) => rev);
      equal(
        revs,
        [...revs].sort((a, b) => a - b),
      );
      equal(new Set(revs).size, 3);
    });

    it('tells the threads that are watched, whole and then live, and no others', async () => {
      const {page, server, backend, arrived} = await connected('s1');
      server.put({id: 's2'});
      server.event('s2', message('m1'));
      server.event('s1', message('m2'));
      await arrived();
      equal(page.thread('s1'), ['m2']);
      equal(page.thread('s2').length, 0);
      backend.watch(['s1', 's2']);
      await arrived();
      equal(page.thread('s2'), ['m1']);
      equal(page.live('s2'), true);
      backend.watch(['s2']);
      equal(page.live('s1'), false);
      server.event('s1', message('m3'));
      await arrived();
      equal(page.thread('s1'), ['m2']);
      backend.watch(['s1', 's2']);
      await arrived();
      equal(page.thread('s1'), ['m2', 'm3']);
    });

    it('tells what was missed, each event once', async () => {
      const {page, server, comeBack} = await connected('s1');
      server.event('s1', message('m1'));
      await server.drop();
      server.event('s1', message('m2'));
      await comeBack();
      equal(page.thread('s1'), ['m1', 'm2']);
    });

    if (abilities(({remove}) => remove)) {
      it('says that a session was removed, and that its thread is gone', async () => {
        const {page, server, arrived} = await connected('s1');
        server.remove?.('s1');
        await arrived();
        equal(page.of('session-removed'), [{type: 'session-removed', session: 's1'}]);
        equal(page.of('session-missing'), [{type: 'session-missing', session: 's1'}]);
      });
    }

    if (abilities(({stream}) => stream)) {
      it('tells streamed text, and goes on with it after a reconnect', async () => {
        const {page, server, arrived, comeBack} = await connected('s1');
        server.stream?.('s1', 'm1', 'Hel');
        server.stream?.('s1', 'm1', 'lo');
        await arrived();
        equal(page.streamed('m1'), 'Hello');
        await server.drop();
        server.stream?.('s1', 'm1', ' you');
        await comeBack();
        server.stream?.('s1', 'm1', '!');
        await arrived();
        equal(page.streamed('m1'), 'Hello you!');
        equal(page.of('stream-dropped').length, 0);
      });
    }
  });

  describe(`backend contract of ${name}: commands`, () => {
    /** The nth message, in the same session as the others if the server takes several. */
    const nth = (n: number, {oneAtATime}: ContractServer): Command => send(n, oneAtATime ? `s${n}` : 's1');

    it('are sent once on a connection, in order', async () => {
      const {page, server, give} = await connected('s1', 's2', 's3');
      const [first, second, third] = [nth(1, server), nth(2, server), nth(3, server)];
      await give(first);
      await give(second, third);
      equal(server.commands(), [first, second, third]);
      equal(
        page.of('sent').map(({command}) => command),
        [uuid(1), uuid(2), uuid(3)],
      );
    });

    it('wait for the connection', async () => {
      const {server, backend, give, arrived} = open();
      server.put({id: 's1'});
      await give(send(1));
      backend.connect();
      await arrived();
      equal(server.commands().length, 0);
      await server.welcome();
      await arrived();
      equal(server.commands(), [send(1)]);
    });

    it('are sent again on the next connection, unless they were answered', async () => {
      const {server, give, comeBack, arrived} = await connected('s1', 's2', 's3');
      const [first, second, third] = [nth(1, server), nth(2, server), nth(3, server)];
      await give(first, second, third);
      server.event('s1', message('m1', 'user'), uuid(1));
      server.ack(uuid(1));
      server.reject(uuid(2), 'invalid', 'No.');
      await arrived();
      await comeBack();
      equal(server.commands(), [first, second, third, third]);
    });

    it('are forgotten when the store names them no more', async () => {
      const {page, server, give, backend, comeBack} = await connected('s1');
      await give(send(1));
      page.commands = [];
      backend.deliver([]);
      await comeBack();
      equal(server.commands(), [send(1)]);
    });

    it('end settled, once, and not before their effect was told', async () => {
      const {page, server, give, arrived} = await connected('s1');
      await give(send(1));
      equal(page.outcomes().length, 0);
      server.event('s1', message('m1', 'user'), uuid(1));
      server.ack(uuid(1));
      server.ack(uuid(1));
      await arrived();
      equal(page.outcomes(), [`${uuid(1)} settled`]);
      const types = page.inputs.map(({type}) => type);
      equal(types.indexOf('event') < types.indexOf('settled'), true);
    });

    it('end rejected, once, with the server’s words', async () => {
      const {page, server, give, arrived} = await connected('s1');
      await give(send(1));
      server.reject(uuid(1), 'too-many', 'Enough.');
      server.reject(uuid(1), 'too-many', 'Enough.');
      await arrived();
      equal(page.outcomes(), [`${uuid(1)} too-many: Enough.`]);
    });

    it('end settled also when their effect came to pass while there was no connection', async () => {
      const {page, server, give, comeBack} = await connected('s1');
      await give(send(1));
      await server.drop();
      server.event('s1', message('m1', 'user'), uuid(1));
      await comeBack();
      server.ack(uuid(1));
      equal(page.outcomes(), [`${uuid(1)} settled`]);
      equal(page.thread('s1'), ['m1']);
    });

    if (abilities(({forget}) => forget)) {
      it('are sent again to a server that has forgotten, acked ones too', async () => {
        const {server, give, comeBack} = await connected('s1');
        await give(send(1));
        server.ack(uuid(1));
        const before = server.commands().filter(({id}) => id === uuid(1)).length;
        server.forget?.();
        await comeBack();
        equal(server.commands().filter(({id}) => id === uuid(1)).length, before + 1);
      });
    }
  });

  describe(`backend contract of ${name}: the store calls from inside of what it is told`, () => {
    it('and never sees a later batch before an earlier one', async () => {
      const {page, server, backend, arrived} = await connected('s1');
      let inside = 0;
      let nested = false;
      page.onEmit = () => {
        nested ||= inside > 0;
        inside++;
        backend.watch(['s1', 's2']);
        backend.deliver(page.commands);
        inside--;
      };
      page.commands = [send(1), send(2, 's2')];
      server.put({id: 's2'});
      server.event('s1', message('m1'));
      await arrived();
      equal(nested, false);
      equal(server.commands(), [send(1), send(2, 's2')]);
      equal(page.live('s2'), true);
    });

    it('and may give up the connection there', async () => {
      const {page, server, backend, arrived} = await connected('s1');
      page.onEmit = () => backend.disconnect();
      server.event('s1', message('m1'));
      server.event('s1', message('m2'));
      await arrived();
      equal(page.thread('s1'), ['m1']);
      equal(page.inputs.at(-1), {type: 'connection', status: 'idle'});
    });
  });

  describe(`backend contract of ${name}: queries`, () => {
    const failure = async (query: Promise<Page>) => {
      try {
        await query;
      } catch (error) {
        if (error instanceof QueryError) return error.code;
      }
      return 'no QueryError';
    };

    it('fail without a connection', async () => {
      const {backend} = open();
      equal(await failure(backend.query({session: 's1', before: 3})), 'offline');
    });

    if (abilities(({answer}) => answer)) {
      it('fail when the connection is lost', async () => {
        const {backend, server} = await connected('s1');
        const query = failure(backend.query({session: 's1', before: 3}));
        await server.drop();
        equal(await query, 'offline');
      });

      it('are answered', async () => {
        const {backend, server, arrived} = await connected('s1');
        const query = backend.query({session: 's1', before: 3});
        await arrived();
        const events = [{seq: 1, time: '2026-01-01T00:00:00Z', event: message('m1')}];
        server.answer?.({events});
        equal(await query, {sessions: [], events});
      });
    }
  });
};
