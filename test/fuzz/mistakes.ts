import {parse} from '../../src/backend/session-sync/parse.ts';
import {createSessionSync} from '../../src/backend/session-sync/session-sync.ts';
import type {BackendOptions, SocketLike} from '../../src/backend/backend.ts';
import type {Input} from '../../src/model/inputs.ts';
import {readOptions} from '../../demo/server/options.ts';
import {openSqlite} from '../../demo/server/storage/sqlite.ts';
import {sound, type Part} from '../faults/parts.ts';
import {client} from './client.ts';
import {commandLine} from './command-line.ts';
import {database} from './database.ts';
import type {Target} from './hunt.ts';
import {server, soundServer, type ServerPart} from './server.ts';
import {storage} from './storage.ts';

type Frame = Record<string, unknown>;

/** A client that also makes something of the text of a frame before, or instead of, the reader that is meant to. */
const alsoReading = (read: (frame: Frame, text: string) => readonly Input[]): Part => ({
  ...sound,
  backend: (options: BackendOptions) => {
    const {environment} = options;
    const openSocket = (url: string, protocol?: string): SocketLike => {
      const socket = environment.openSocket(url, protocol);
      let heard: SocketLike['onmessage'] = null;
      Object.defineProperty(socket, 'onmessage', {
        get: () =>
          heard &&
          ((event: {data: unknown}) => {
            const inputs = typeof event.data === 'string' ? read(frameOf(event.data), event.data) : [];
            if (inputs.length > 0) options.emit(inputs);
            heard?.(event);
          }),
        set: (listener: SocketLike['onmessage']) => (heard = listener),
      });
      return socket;
    };
    return createSessionSync({
      url: options.url,
      environment: {...environment, openSocket},
      get token() {
        return options.token;
      },
      emit: (inputs) => options.emit(inputs),
    });
  },
});

const frameOf = (text: string): Frame => {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null ? (frame as Frame) : {};
  } catch {
    return {};
  }
};

const sessionOf = ({channel}: Frame): string => (typeof channel === 'string' ? channel.slice('session:'.length) : '');

/** A server that does something else with the text of a frame. */
const hearing = (change: (text: string) => string): ServerPart => ({
  ...soundServer,
  client: (inner) => ({
    receive: (text) => inner.receive(change(text)),
    unreadable: (reason) => inner.unreadable(reason),
    alive: () => inner.alive(),
    drained: () => inner.drained(),
    closed: () => inner.closed(),
  }),
});

/** Mistakes that somebody could make, and that the fuzzer has to find. */
export const mistakes: Readonly<Record<string, () => Target<never>>> = {
  'client: the parser lets an item without a role through': () =>
    client(
      alsoReading((frame, text) => {
        const event = frame['event'] as Frame | undefined;
        if (frame['type'] !== 'event' || event?.['kind'] !== 'message' || parse(text).read !== 'unreadable') return [];
        return [{type: 'event', session: sessionOf(frame), event: frame as never}];
      }),
    ) as Target<never>,
  'client: what was read so far is applied, and then the rest is found to be wrong': () =>
    client(
      alsoReading((frame, text) => {
        const {read} = parse(text);
        const text_ = frame['text'];
        if (read !== 'unreadable' || frame['type'] !== 'delta' || typeof text_ !== 'string') return [];
        return [{type: 'thread', session: sessionOf(frame), events: [], open: []}];
      }),
    ) as Target<never>,
  'client: fields are copied into an object by their names': () =>
    client(
      alsoReading((frame) => {
        const merge = (to: Frame, from: Frame): void => {
          for (const [key, value] of Object.entries(from)) {
            if (typeof value === 'object' && value !== null && key in to) merge(to[key] as Frame, value as Frame);
            else if (key === 'polluted') to[key] = value;
          }
        };
        merge({}, frame);
        return [];
      }),
    ) as Target<never>,
  'snapshots: each part is applied when it comes': () =>
    client(
      alsoReading((frame) => {
        const state = Object(frame['state']) as {events?: unknown};
        if (frame['type'] !== 'snapshot' || !Array.isArray(state.events)) return [];
        return [{type: 'thread', session: sessionOf(frame), events: state.events as never, open: []}];
      }),
      'snapshots',
    ) as Target<never>,
  'server: a title that is no text is made one': () =>
    server(
      hearing((text) => {
        const frame = frameOf(text);
        if (frame['op'] !== 'rename' || typeof frame['title'] !== 'number') return text;
        return JSON.stringify({...frame, title: String(frame['title'])});
      }),
    ) as Target<never>,
  'server: an answer is given and not stored': () =>
    server({
      ...soundServer,
      storage: (inner) =>
        new Proxy(inner, {
          get: (target, name) => (name === 'putAnswer' ? () => undefined : (Reflect.get(target, name) as unknown)),
        }),
    }) as Target<never>,
  'server: a command that is not read is answered with a fault': () =>
    server(
      hearing((text) => {
        if (text === 'null') throw new TypeError('Cannot read properties of null');
        return text;
      }),
    ) as Target<never>,
  'storage: what cannot be read is cleared away': () =>
    storage((area) => ({
      get length() {
        return area.length;
      },
      key: (index) => area.key(index),
      getItem: (key) => {
        const text = area.getItem(key);
        if (text !== null && key.includes('/command/') && !text.startsWith('{')) area.removeItem(key);
        return text;
      },
      setItem: (key, text) => area.setItem(key, text),
      removeItem: (key) => area.removeItem(key),
    })) as Target<never>,
  'database: one whose log is gone is opened as if it were a backup': () =>
    database((file) => openSqlite(file, {newEpoch: true})) as Target<never>,
  'command line: a port is whatever a number can be made of': () =>
    commandLine((argv, around) => {
      const options = readOptions(
        argv.map((word) => word.replace(/^--port=.*/, '--port=0')),
        around,
      );
      const given = argv.find((word) => word.startsWith('--port='))?.slice('--port='.length);
      return options === 'help' || given === undefined ? options : {...options, port: Number(given)};
    }) as Target<never>,
};
