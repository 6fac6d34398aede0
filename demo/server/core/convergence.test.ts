import assert from 'node:assert/strict';
import {onEachStorage} from '../storage/testkit.ts';
import type {AgentEvent} from './agent.ts';
import {createWorld, Page, settle, uuid, type World} from './testkit.ts';

/** Numbers that look random and are the same in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Whatever pages, people and agents do: pages that stayed and pages that come back show what a new page shows. */
async function play(world: World, seed: number, steps: number): Promise<void> {
  const roll = dice(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[roll(list.length)];
  let now = world;
  const pages = [now.page(), now.page()];
  const known: string[] = [];
  const events = (): AgentEvent => {
    const ref = `${roll(3)}`;
    const all: AgentEvent[] = [
      {type: 'text', text: 'wörd '.repeat(1 + roll(200))},
      {type: 'text', text: '\ud83d'},
      {type: 'text', text: '\ude00'},
      {type: 'thought', text: 'hm'},
      {type: 'tool-began', ref, name: 'dig', input: {size: 'x'.repeat(roll(3) === 0 ? 100_000 : 10)}},
      {type: 'tool-updated', ref, title: `at ${roll(100)}`},
      {type: 'tool-output', ref, text: 'dust\n'.repeat(roll(50))},
      {type: 'tool-ended', ref, outcome: 'completed'},
      {type: 'notice', level: 'info', text: 'n'},
      {type: 'child', text: 'child', started: (id) => void (id && known.push(id))},
      {
        type: 'approval',
        title: 'May I?',
        options: [{id: 'y', label: 'Yes', kind: 'allow'}],
        answer: () => undefined,
      },
    ];
    return pick(all) ?? {type: 'text', text: ''};
  };
  for (let step = 0; step < steps; step += 1) {
    const page = pick(pages) ?? now.page();
    const session = pick(known) ?? uuid();
    const turn = now.puppet.turns.length > 0 ? pick(now.puppet.turns.slice(-6)) : undefined;
    switch (roll(22)) {
      case 0:
        if (known.length < 12) known.push(page.start(`session ${step}`));
        break;
      case 1:
      case 2:
        page.give({type: 'command', op: 'send', id: uuid(), session, text: `message ${step}`});
        break;
      case 3:
        page.give({type: 'command', op: 'stop', id: uuid(), session, turn: page.sessions.get(session)?.turn ?? 'none'});
        break;
      case 4:
        page.give({type: 'command', op: 'rename', id: uuid(), session, title: `title ${step}`});
        break;
      case 5:
        page.give({
          type: 'command',
          op: pick(['continue', 'continue', 'seen', 'archive']),
          id: uuid(),
          session,
          seq: step,
          archived: roll(2) === 0,
        });
        break;
      case 6:
        if (roll(4) === 0) page.give({type: 'command', op: 'delete', id: uuid(), session});
        break;
      case 7: {
        const approval = page.thread(session).findLast((event) => event.kind === 'approval-asked');
        if (approval?.kind === 'approval-asked') {
          page.give({type: 'command', op: 'answer', id: uuid(), session, approval: approval.id, option: 'y'});
        }
        break;
      }
      case 8:
      case 9:
        resubscribe(page, session, roll(2) === 0);
        break;
      case 10:
        page.stalled = !page.stalled;
        if (!page.stalled) page.read();
        break;
      case 11:
        if (page.stalled) page.read();
        break;
      case 12:
        turn?.end();
        break;
      case 13:
        if (roll(3) === 0) turn?.fail(new Error('bad luck'));
        break;
      case 14:
        now.puppet.deaf = roll(3) === 0;
        break;
      case 15:
        if (roll(10) === 0) {
          for (const old of pages.splice(0)) check(old);
          await now.hub.shutdown();
          now = now.restart();
          pages.push(now.page(), now.page());
        }
        break;
      default:
        for (let i = roll(5); i >= 0; i -= 1) turn?.say(events());
    }
    await now.clock.advance(roll(4) === 0 ? roll(2_000) : roll(30));
  }
  await compare(now, pages, known);
}

function resubscribe(page: Page, session: string, fresh: boolean): void {
  const channel = `session:${session}`;
  const held = page.channels.get(channel);
  const have = Object.fromEntries([...(held?.texts ?? [])].map(([item, text]) => [item, text.length]));
  page.subscribe(channel, fresh || !held?.live ? {} : {after: held.seq, have});
}

const check = (page: Page): void => assert.deepEqual(page.problems, []);

async function compare(world: World, pages: readonly Page[], known: readonly string[]): Promise<void> {
  for (const page of pages) {
    for (; page.stalled && !page.closedWith; page.read()) page.stalled = page.buffered() > 0;
    page.stalled = false;
    page.read();
  }
  await world.clock.advance(100);
  const fresh = world.page();
  for (const session of known) fresh.subscribe(`session:${session}`);
  await settle();
  const all = [...pages.filter((page) => !page.closedWith), fresh];
  for (const page of all) check(page);
  for (const page of all) {
    for (const session of page.sessions.values()) assert.deepEqual(session, fresh.sessions.get(session.id));
    // A list need not name archived ones.
    for (const {id, archived} of fresh.sessions.values())
      assert.ok(archived || page.sessions.has(id), `${id} is missing`);
    for (const [name, channel] of page.channels) {
      const truth = fresh.channels.get(name);
      if (!channel.live || !truth || name === 'sessions') continue;
      assert.equal(channel.seq, truth.seq, name);
      for (const [seq, entry] of truth.events)
        if (channel.events.has(seq)) assert.deepEqual(channel.events.get(seq), entry);
      assert.deepEqual([...channel.texts].sort(), [...truth.texts].sort(), `what streams on ${name}`);
    }
  }
}

for (const seed of (process.env['SEEDS'] ?? '1 2 3 4').split(' ').map(Number)) {
  onEachStorage(`pages converge, whatever happens, seed ${seed}`, (storage) =>
    play(
      createWorld(storage, {maxTurns: 3, limits: {answerBytes: seed % 2 === 0 ? 1 : 20_000, deltaBytes: 5_000}}),
      seed,
      400,
    ),
  );
}
