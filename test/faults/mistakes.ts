import type {BackendOptions, Environment, SocketLike} from '../../src/backend/backend.ts';
import {createSessionSync} from '../../src/backend/session-sync/session-sync.ts';
import type {Input} from '../../src/model/inputs.ts';
import type {Session} from '../../src/model/session.ts';
import type {Storage} from '../../demo/server/core/storage.ts';
import {sound, type Part} from './parts.ts';
import {ScriptedAgent} from './scripts.ts';
import {HEARTBEAT} from './server.ts';

/** A world with one deliberate mistake in it. A new one for each play, because some of them remember. */
type Mistake = () => Part;
type Frame = Record<string, unknown>;

/** A backend that says something else than it should. */
const saying = (make: () => (input: Input) => readonly Input[]): Mistake => {
  return () => ({
    ...sound,
    backend: (options) => {
      const change = make();
      return createSessionSync(emittingTo(options, (inputs) => options.emit(inputs.flatMap(change))));
    },
  });
};

const emittingTo = (options: BackendOptions, emit: BackendOptions['emit']): BackendOptions => ({
  url: options.url,
  environment: options.environment,
  get token() {
    return options.token;
  },
  emit,
});

/** A page whose frames are changed on the way; undefined: the frame is gone. */
const hearing = (make: () => {up?: (frame: Frame) => Frame; down?: (frame: Frame) => Frame | undefined}): Mistake => {
  return () => ({
    ...sound,
    environment: (environment): Environment => {
      const {up, down} = make();
      const openSocket = (url: string, protocol: string): SocketLike => {
        const socket = environment.openSocket(url, protocol);
        const send = socket.send.bind(socket);
        socket.send = (text) => send(up ? JSON.stringify(up(JSON.parse(text) as Frame)) : text);
        let heard: SocketLike['onmessage'] = null;
        Object.defineProperty(socket, 'onmessage', {
          get: () => (event: {data: string}) => {
            const frame = down ? down(JSON.parse(event.data) as Frame) : undefined;
            if (!down) heard?.(event);
            else if (frame) heard?.({data: JSON.stringify(frame)});
          },
          set: (listener: SocketLike['onmessage']) => (heard = listener),
        });
        return socket;
      };
      return {...environment, openSocket};
    },
  });
};

/** A storage of which one thing works otherwise. */
const storing = (change: (storage: Storage) => Partial<Storage>): Mistake => {
  return () => ({
    ...sound,
    storage: (storage) => {
      const changed = change(storage);
      return new Proxy(storage, {
        get: (target, name) => Reflect.get(name in changed ? changed : target, name) as unknown,
      });
    },
  });
};

/** Every so many times. */
const every = (n: number): (() => boolean) => {
  let count = 0;
  return () => (count += 1) % n === 0;
};

/** Mistakes that somebody could make, and that the simulation has to find. */
export const mistakes: Readonly<Record<string, Mistake>> = {
  'the reducer drops an event now and then': saying(() => {
    const now = every(9);
    return (input) => (input.type === 'event' && now() ? [] : [input]);
  }),
  'the reducer takes two events in the wrong order': saying(() => {
    const now = every(9);
    let held: Input | undefined;
    return (input) => {
      const late = held ? [held] : [];
      held = input.type === 'event' && now() ? input : undefined;
      return held ? late : [input, ...late];
    };
  }),
  'streamed text is appended once more': saying(() => {
    const now = every(3);
    return (input) => (input.type === 'stream' && now() ? [{...input, text: input.text + input.text}] : [input]);
  }),
  'a streamed item is stored as another one': saying(() => (input) => {
    if (input.type !== 'event' || input.event.event.kind !== 'message' || input.event.event.role !== 'agent')
      return [input];
    return [{...input, event: {...input.event, event: {...input.event.event, id: `${input.event.event.id} again`}}}];
  }),
  'an older copy of a session overrides a newer one': saying(() => {
    const first = new Map<string, Session>();
    return (input) => {
      if (input.type !== 'session') return [input];
      const {session} = input;
      if (!first.has(session.id)) first.set(session.id, session);
      return [{...input, session: {...session, ...first.get(session.id), rev: session.rev}}];
    };
  }),
  'what was removed from the list comes back': saying(
    () => (input) => (input.type === 'session-removed' ? [] : [input]),
  ),
  'the outbox takes an ack for the effect': saying(() => (input) => {
    return input.type === 'acked' ? [input, {type: 'settled', command: input.command}] : [input];
  }),
  'the outbox forgets on a reconnect what it has sent': saying(() => {
    const sent = new Set<string>();
    return (input) => {
      if (input.type === 'sent') sent.add(input.command);
      if (input.type !== 'connection' || input.status !== 'waiting') return [input];
      return [input, ...[...sent].map((command) => ({type: 'settled', command}) as const)];
    };
  }),
  'a stop is shown as done from the click on': () => ({
    ...sound,
    backend: (options) => {
      const held = new Map<string, Session>();
      const emit = (inputs: readonly Input[]): void => {
        for (const input of inputs) if (input.type === 'session') held.set(input.session.id, input.session);
        options.emit(inputs);
      };
      const backend = createSessionSync(emittingTo(options, emit));
      return Object.assign(backend, {
        deliver: ((deliver) => (commands: Parameters<typeof deliver>[0]) => {
          for (const {op, session} of commands) {
            const copy = held.get(session);
            if (op === 'stop' && copy) options.emit([{type: 'session', session: {...copy, status: 'stopped'}}]);
          }
          deliver(commands);
        })(backend.deliver.bind(backend)),
      });
    },
  }),
  'a command is sent again under another id': hearing(() => {
    let tries = 0;
    return {
      up: (frame) => {
        if (frame['type'] !== 'command') return frame;
        return {...frame, id: `00000000-0000-4000-9000-${String((tries += 1)).padStart(12, '0')}`};
      },
    };
  }),
  'the translator takes what comes for the next one': hearing(() => {
    const now = every(15);
    const missed = new Map<unknown, number>();
    return {
      down: (frame) => {
        const {type, channel, seq} = frame;
        if (type === 'event' && now()) {
          missed.set(channel, (missed.get(channel) ?? 0) + 1);
          return undefined;
        }
        if (type === 'pong') return {...frame, seqs: {}};
        return type === 'event' || type === 'live' ? {...frame, seq: Number(seq) - (missed.get(channel) ?? 0)} : frame;
      },
    };
  }),
  'a new epoch is not noticed': hearing(() => {
    let epoch: unknown;
    return {down: (frame) => (frame['type'] === 'welcome' ? {...frame, epoch: (epoch ??= frame['epoch'])} : frame)};
  }),
  'another user is not noticed': hearing(() => {
    let user: unknown;
    return {down: (frame) => (frame['type'] === 'welcome' ? {...frame, user: (user ??= frame['user'])} : frame)};
  }),
  'a connection that died is not noticed': () => ({
    ...sound,
    environment: (environment) => ({
      ...environment,
      timer: (ms, run) => (ms === HEARTBEAT ? () => undefined : environment.timer(ms, run)),
    }),
  }),
  'the server answers though the commit has failed': storing((storage) => ({
    transaction: <T>(run: () => T): T => {
      let done: {value: T} | undefined;
      try {
        return storage.transaction(() => (done = {value: run()}).value);
      } catch (error) {
        if (!done) throw error;
        return done.value;
      }
    },
  })),
  'the server forgets what it has answered': storing(() => ({answer: () => undefined})),
  'the server leaves turns open when it was killed': storing(() => ({unfinished: () => []})),
  'the server begins what waits from the wrong end': storing((storage) => ({
    queue: (key) => storage.queue(key).reverse(),
  })),
  'the server loses an entry of a log': storing((storage) => {
    const now = every(25);
    return {append: (key, entry, item) => void (now() || storage.append(key, entry, item))};
  }),
  'the server ends turns with approvals open': storing((storage) => ({
    marks: (key) => storage.marks(key).filter(({item}) => !item.startsWith('approval')),
  })),
  'the server forgets to tell a parent': storing(() => ({owe: () => undefined})),
  'the server takes everybody for the same': () => ({
    ...sound,
    hub: (create) => (options) => create({...options, authenticate: () => ({id: 'alice', name: 'Mx alice'})}),
  }),
  'the server says that it stops, and does not': () => ({
    ...sound,
    hub: (create) => (options) => create({...options, limits: {...options.limits, stopMs: 1e9}}),
    agent: (clock) => {
      const agent = new ScriptedAgent(clock);
      return {id: agent.id, title: agent.title, run: (turn) => agent.run(turn, new AbortController().signal)};
    },
  }),
};
