import {expect} from '@open-wc/testing';
import type {Command} from '../../model/commands.ts';
import type {StoredEvent} from '../../model/events.ts';
import {Player, randomFrom, readRecording, type Person} from './player.ts';
import {line, RuntimePage, Script} from './testkit.ts';

const RECORDINGS = [
  'c02-start-with-agent-system-prompt',
  'c03-resume-claude-executor',
  'c04-tool-calls',
  'c05-stop-running',
  'c06-resume-after-stop',
  'c07-stop-resumed-running.BUG-already-finished',
  'c09-executor-crash-session-stays-running',
  'c10-delete-while-running',
  'c11-child-callback-idle-parent',
  'c12-child-callbacks-busy-parent-aggregated',
  'c14-user-resume-races-with-callback-resume',
  'c15-stopped-or-crashed-child-gives-no-callback',
  'c17-two-clients-same-order',
  'c18-more-than-100-events-truncated',
  'c20-events-endpoint-errors-and-legacy',
  'd01-stop-races-with-natural-finish',
  'd04-delete-parent-while-child-runs',
  'd06-server-restart-mid-run',
  't01-start-basic.test-executor',
  't02-resume.test-executor',
];

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
  return {
    page,
    full: ids.map((id) => ({
      id,
      status: page.session(id)?.status,
      events: (threads.get(id) ?? []).map(({seq: _, ...event}) => event),
    })),
    lines: ids.map((id) => (threads.get(id) ?? []).map(({event, command}) => line(event, command))),
  };
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** The status of each session that something was seen of, and its thread, read by a person and found right. */
async function expectedThreads(): Promise<Readonly<Record<string, readonly (readonly string[])[]>>> {
  const url = new URL('../../../test/support/agent-runtime/expected-threads.json', import.meta.url);
  return (await fetch(url)).json();
}

describe('recordings of the real agent-runtime', () => {
  for (const name of RECORDINGS) {
    it(`${name}: what is seen in the end`, async () => {
      const {lines, full} = await played(name);
      const seen = lines.flatMap((each, at) => (each.length ? [[full[at]?.status, ...each.map(shortened)]] : []));
      expect(seen).to.deep.equal((await expectedThreads())[name]);
    });

    it(`${name}: the same thread, whatever the order and the gaps`, async () => {
      const {full} = await played(name);
      for (let seed = 1; seed <= 20; seed++) {
        const other = await played(name, randomFrom(seed));
        expect(other.full, `seed ${seed}`).to.deep.equal(full);
      }
    });
  }
});
