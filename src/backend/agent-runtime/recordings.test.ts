import {expect} from '@open-wc/testing';
import type {Command} from '../../model/commands.ts';
import type {StoredEvent} from '../../model/events.ts';
import {Player, randomFrom, type Person} from './player.ts';
import {readRecording} from './recording.ts';
import {expectedOf, RECORDINGS} from './recordings.ts';
import {line, RuntimePage, Script} from './testkit.ts';

const uuid = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;

/** Plays a recording to a page without elements; returns what it holds in the end. */
async function played(name: string, random?: () => number) {
  const player = new Player(await readRecording(name), random);
  const script = new Script(player.world);
  player.world.answers = player.answers;
  const page = new RuntimePage(script);
  let watched: string[] = [];
  const watch = (all: boolean): void => {
    const known = page.inputs.flatMap((input) => {
      if (input.type === 'sessions') return input.sessions.map(({id}) => id);
      return input.type === 'session' ? [input.session.id] : [];
    });
    const next = [...new Set(known)].filter((id) => watched.includes(id) || all || (random?.() ?? 0) < 0.3);
    if (next.length !== watched.length) page.backend.watch((watched = next));
  };
  const give = (command: Command): void => {
    page.commands = [...page.commands, command];
    page.backend.deliver(page.commands);
  };
  /** The page's id. */
  const idOf = (session: string): string =>
    page.of('session-alias').find(({alias}) => alias === session)?.session ?? session;
  const person: Person = {
    start: (nth, text, agent) =>
      give({id: uuid(nth), op: 'start', session: uuid(1000 + nth), text, ...(agent && {agent})}),
    send: (nth, session, text) => give({id: uuid(nth), op: 'send', session: idOf(session), text}),
    stop: (nth, session) => {
      const turn = page.session(idOf(session))?.turn;
      if (turn) give({id: uuid(nth), op: 'stop', session: idOf(session), turn});
    },
    stopStart: (nth, start) => give({id: uuid(nth), op: 'stop', session: uuid(1000 + start), of: uuid(start)}),
    delete: (nth, session) => give({id: uuid(nth), op: 'delete', session: idOf(session)}),
    pause: () => {
      watch(!random);
      return Promise.resolve();
    },
  };
  page.backend.connect();
  await player.play(person);
  watch(true);
  await player.finish();
  const threads = new Map<string, StoredEvent[]>();
  for (const input of page.inputs) {
    if (input.type === 'thread') threads.set(input.session, [...input.events]);
    if (input.type === 'event') threads.get(input.session)?.push(input.event);
    if (input.type === 'session-removed') threads.delete(input.session);
  }
  const ids = [...threads.keys()].sort();
  const seen = new Set(player.sessions.map(idOf));
  return {
    full: ids.map((id) => ({
      session: {...page.session(id), id, rev: 0},
      events: (threads.get(id) ?? []).map(({seq: _, ...event}) => event),
    })),
    threads: ids.flatMap((id) => {
      const lines = (threads.get(id) ?? []).map(({event, command}) => shortened(line(event, command)));
      return lines.length ? [[page.session(id)?.status ?? '', ...lines]] : [];
    }),
    rejected: page.of('rejected').map(({code, message}) => `${code}: ${message}`),
    problems: page.problems(),
    agents:
      page
        .of('welcome')
        .at(-1)
        ?.agents.map(({title}) => title) ?? [],
    gone: [...seen].filter((id) => !page.session(id)).length,
  };
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

describe('recordings of the real agent-runtime', () => {
  for (const name of RECORDINGS) {
    it(`${name}: what is seen in the end`, async () => {
      const {threads, rejected = [], problems = [], agents, gone = 0} = await expectedOf(name);
      const seen = await played(name);
      expect(seen.threads).to.deep.equal(threads);
      expect(seen.rejected).to.deep.equal(rejected);
      expect(seen.problems).to.deep.equal(problems);
      if (agents) expect(seen.agents).to.deep.equal(agents);
      expect(seen.gone).to.equal(gone);
    });

    it(`${name}: the same thread, whatever the order and the gaps`, async () => {
      const {full, rejected} = await played(name);
      for (let seed = 1; seed <= 20; seed++) {
        const other = await played(name, randomFrom(seed));
        expect(other.full, `seed ${seed}`).to.deep.equal(full);
        expect(other.rejected.sort(), `seed ${seed}`).to.deep.equal(rejected.sort());
      }
    });
  }
});
