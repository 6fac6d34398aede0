import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Said} from '../../demo/server/agents/acp/translate/messages.ts';
import type {Agent, AgentEvent, AgentHost} from '../../demo/server/core/agent.ts';
import {createWorld, settle} from '../../demo/server/core/testkit.ts';
import {createMemoryStorage} from '../../demo/server/storage/memory.ts';
import {expected} from './expected.ts';
import {play, readRecording} from './player.ts';

interface Turn {
  /** The agent began it by itself. */
  readonly own: boolean;
  readonly said: Said[];
  outcome: string;
}

/** The turns, with all that was said in them. */
function turnsOf(name: string, session: string): Turn[] {
  const turns: Turn[] = [];
  let open: Turn | undefined;
  for (const {heard, said} of play(readRecording(name)).get(session) ?? []) {
    for (const event of said) {
      if (event.type === 'turn-began') turns.push((open = {own: true, said: [], outcome: 'open'}));
      else if (event.type === 'turn-ended' && open) {
        open.outcome = event.outcome;
        open = undefined;
      } else open?.said.push(event);
    }
    if (heard.type === 'prompt') turns.push((open = {own: false, said: [], outcome: 'open'}));
  }
  return turns;
}

/** Says what was recorded, a turn at a time; what was stopped then is a failure here. */
function recorded(turns: readonly Turn[]): Agent & {beginOwn(session: string): void} {
  let next = 0;
  let host: AgentHost | undefined;
  async function* run(): AsyncGenerator<AgentEvent> {
    const turn = turns[next++];
    for (const event of turn?.said ?? []) {
      if (event.type === 'turn-began' || event.type === 'turn-ended') continue;
      yield (
        event.type === 'approval' || event.type === 'question' ? {...event, answer: () => undefined} : event
      ) as AgentEvent;
    }
    if (turn?.outcome !== 'finished') throw new Error('ended otherwise');
  }
  return {
    id: 'recorded',
    title: 'Recorded',
    offers: ['plans', 'options', 'commands', 'questions'],
    run,
    attach: (given) => void (host = given),
    beginOwn: (session) => host?.begin({session, user: ''}, {events: run, refused: () => assert.fail('refused')}),
  };
}

for (const [name, sessions] of Object.entries(expected)) {
  test(`${name}: through the core of the server nothing is lost, doubled or left open`, async () => {
    for (const session of Object.keys(sessions)) {
      const turns = turnsOf(name, session);
      if (turns.length === 0) continue;
      const agent = recorded(turns);
      const world = createWorld(createMemoryStorage(), {agents: [agent]});
      const page = world.page();
      const id = page.start('go');
      page.subscribe(`session:${id}`);
      // The pauses that the server makes when an agent talks much pass by themselves.
      const isOver = (count: number): boolean =>
        page.thread(id).filter(({kind}) => kind === 'turn-ended').length >= count;
      for (let count = 1; count <= turns.length; count += 1) {
        if (turns[count - 1]?.own) agent.beginOwn(id);
        else if (count > 1) page.command('send', id, {text: 'go on'});
        for (let rounds = 0; rounds < 1_000 && !isOver(count); rounds += 1) {
          await settle();
          world.clock.advance(20);
        }
      }
      const log = page.thread(id);
      const said = (kind: 'message' | 'thought'): string =>
        log
          .map((event) => (event.kind === kind && !('role' in event && event.role === 'user') ? event.text : ''))
          .join('');
      const heard = (type: 'text' | 'thought'): string =>
        turns.flatMap(({said: all}) => all.map((event) => (event.type === type ? event.text : ''))).join('');
      assert.equal(said('message'), heard('text'));
      assert.equal(said('thought'), heard('thought'));
      const ids = (kind: string): string[] =>
        log.flatMap((event) => (event.kind === kind ? [(event as {id: string}).id] : [])).sort();
      assert.deepEqual(ids('tool-ended'), ids('tool-began'));
      assert.equal(new Set(ids('tool-began')).size, ids('tool-began').length);
      assert.deepEqual(ids('approval-answered'), ids('approval-asked'));
      assert.deepEqual(ids('question-answered'), ids('question-asked'));
      assert.deepEqual(
        log.flatMap((event) => (event.kind === 'turn-ended' ? [event.outcome] : [])),
        turns.map(({outcome}) => (outcome === 'finished' ? 'finished' : 'failed')),
      );
      const users = log.flatMap((event) => (event.kind === 'message' && event.role === 'user' ? [event.text] : []));
      assert.deepEqual(
        users,
        turns.flatMap(({own}, i) => (own ? [] : [i === 0 ? 'go' : 'go on'])),
      );
      assert.deepEqual(
        log.flatMap((event) => (event.kind === 'turn-began' ? [event.origin] : [])),
        turns.map(({own}) => (own ? 'agent' : 'user')),
      );
      assert.deepEqual(page.problems, []);
      assert.deepEqual(
        world.logs.filter((line) => /agent-ref|agent-aside/.test(line)),
        [],
      );
    }
  });
}
