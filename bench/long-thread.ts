// What a streamed piece, a new event and a tool's output cost in a thread of 10,000 messages, against one of 200:
//   node --expose-gc --import tsx bench/long-thread.ts
// Medians of rounds that alternate, in one process, and their ratio; nothing is drawn.
import type {Backend} from '../src/backend/backend.ts';
import type {StoredEvent, ThreadEvent} from '../src/model/events.ts';
import type {Input} from '../src/model/inputs.ts';
import {SessionStore} from '../src/store/session-store.ts';

const SIZES = [200, 10_000] as const;
const ROUNDS = 15;
const REPEATS = 400;
const session = 's';

const stored = (seq: number, event: ThreadEvent): StoredEvent => ({seq, time: '2026-01-01T00:00:00Z', event});
const said = (seq: number): StoredEvent =>
  stored(seq, {kind: 'message', id: `m${seq}`, turn: 't', role: seq % 2 ? 'user' : 'agent', text: `Message ${seq}`});

/** A store whose server is the caller, with a thread of `size` messages that somebody looks at. */
function thread(size: number) {
  let emit: (inputs: readonly Input[]) => void = () => {};
  const backend: Backend = {
    connect: () => {},
    disconnect: () => {},
    reconnect: () => {},
    watch: () => {},
    deliver: () => {},
    query: () => Promise.reject(new Error('not asked')),
  };
  const store = new SessionStore({
    url: 'bench',
    environment: {
      now: () => 0,
      timer: () => () => {},
      random: () => 0,
      uuid: () => 'u',
      openSocket: () => {
        throw new Error('not opened');
      },
      onWake: () => () => {},
    },
    backend: (options) => {
      ({emit} = options);
      return backend;
    },
  });
  store.watch(session);
  const events = Array.from({length: size}, (_, at) => said(at + 1));
  const began = {kind: 'tool-began', id: 'tool', turn: 't', name: 'run', input: {}} as const;
  emit([{type: 'thread', session, events: [...events, stored(size + 1, began)], open: []}]);
  emit([{type: 'stream', session, item: 'a', turn: 't', kind: 'message', at: 0, text: 'x'}]);
  let seq = size + 1;
  let at = 1;
  let out = 0;
  return {
    'a streamed piece': () =>
      emit([{type: 'stream', session, item: 'a', turn: 't', kind: 'message', at: at++, text: 'x'}]),
    'a new event': () => emit([{type: 'event', session, event: said(++seq)}]),
    'output of a tool': () =>
      emit([{type: 'stream', session, item: 'tool', turn: 't', kind: 'tool-output', at: out++, text: 'x'}]),
    read: () =>
      store
        .thread(session)
        ?.item(store.thread(session)?.keys.at(-1) ?? '')
        ?.get(),
  };
}

/** In microseconds; on a busy machine the time of the clock says little. */
const used = (since: NodeJS.CpuUsage): number => {
  const {user, system} = process.cpuUsage(since);
  return user + system;
};

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

const names = ['a streamed piece', 'a new event', 'output of a tool'] as const;
const times = new Map<string, number[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const size of round % 2 ? SIZES : SIZES.toReversed()) {
    const one = thread(size);
    // What opening it has left behind is not what a change costs.
    globalThis.gc?.();
    for (const name of names) {
      const start = process.cpuUsage();
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        one[name]();
        one.read();
      }
      const key = `${name} ${size}`;
      times.set(key, [...(times.get(key) ?? []), used(start) / REPEATS]);
    }
  }
}
for (const name of names) {
  const [small = 0, large = 0] = SIZES.map((size) => median(times.get(`${name} ${size}`) ?? []));
  const ratio = (large / small).toFixed(2);
  console.log(`${name}: ${small.toFixed(1)} µs of 200, ${large.toFixed(1)} µs of 10,000: ${ratio}`);
}
