import type {Limits} from '../../demo/server/core/limits.ts';
import {throwFound} from './broken.ts';
import {bringToRest} from './rest.ts';
import type {SimPage} from './page.ts';
import {sound, type Part} from './parts.ts';
import {People} from './people.ts';
import type {Setting, Step, Story} from './steps.ts';
import {World} from './world.ts';

/** So that a page soon has more than fits into one frame, one snapshot, one replay. */
const SMALL: Partial<Limits> = {
  bufferedBytes: 16_000,
  answerBytes: 1_500,
  deltaBytes: 300,
  frameBytes: 4_000,
  replayEvents: 12,
  replayBytes: 6_000,
  snapshotEvents: 8,
  snapshotBytes: 5_000,
  snapshotRecent: 2,
  listEvents: 40,
  queuedMessages: 3,
  openApprovals: 2,
};

export const worldOf = ({bounds, maxTurns}: Setting, part: Part = sound): World =>
  new World({maxTurns, ...(bounds === 'small' && {limits: SMALL})}, part);

/** Faults that were really injected, by kind. */
export const injected = new Map<string, number>();

/** Plays a story to its end and then to rest; throws what was broken. */
export async function play({setting, steps}: Story, part: Part = sound): Promise<void> {
  const world = worldOf(setting, part);
  await live(world, steps);
  await bringToRest(world);
  throwFound();
}

/** All of the story but its end; throws what was broken. */
export async function live(world: World, steps: readonly Step[]): Promise<void> {
  const people = new People(world);
  await world.time.advance(50);
  for (const step of steps) {
    const page = 'page' in step ? world.pages[step.page % world.pages.length] : undefined;
    if (await act(world, people, step, page)) injected.set(step.do, (injected.get(step.do) ?? 0) + 1);
    await world.time.advance(step.wait);
    world.check();
    throwFound();
  }
}

/** Returns whether a fault was injected. */
async function act(world: World, people: People, step: Step, at: SimPage | undefined): Promise<boolean> {
  if (await strike(world, step)) return true;
  if (!at) return false;
  if (disturb(world, at, step)) return true;
  // Who sleeps does nothing.
  if (at.own.asleep) return false;
  const known = world.sessionsOf(at.store.user?.id ?? at.user);
  const session = 'on' in step ? known[step.on % Math.max(1, known.length)] : undefined;
  if (session !== undefined) use(people, at, session, step);
  else if ('page' in step) useAnywhere(people, at, step);
  return step.do === 'reload' || step.do === 'become another';
}

/** What happens to the server, or to all. */
async function strike(world: World, step: Step): Promise<boolean> {
  const {server} = world;
  switch (step.do) {
    case 'admit none':
      world.admits = step.how;
      world.lasts(step.for, () => (world.admits = 'yes'));
      return true;
    case 'kill':
      if (!server.running) return false;
      server.aim(step.at, step.nth, step.for);
      return true;
    case 'shut down':
      await server.shutdown();
      world.lasts(step.for, () => server.boot());
      return true;
    case 'restore':
      server.restore(step.back);
      server.boot();
      return true;
    case 'fill disk':
      server.fill(step.commits);
      return step.commits > 0;
    default:
      return false;
  }
}

function use(people: People, page: SimPage, session: string, step: Step): void {
  const {store} = page;
  switch (step.do) {
    case 'send':
      return people.send(page, session, step.script);
    case 'watch':
      return page.watch(session);
    case 'unwatch':
      return page.unwatch(session);
    case 'older':
      return void store.loadOlder(session);
    case 'stop':
      return people.stop(page, session);
    case 'unqueue':
      return people.unqueue(page, session);
    case 'continue':
      return store.continueQueue(session);
    case 'answer':
      return people.answer(page, session);
    case 'rename':
      return store.rename(session, `${store.user?.id ?? page.user}# renamed`);
    case 'archive':
      return store.archive(session, !store.session(session)?.archived);
    case 'seen':
      return store.seen(session);
    case 'delete':
      return store.delete(session);
  }
}

function useAnywhere(people: People, page: SimPage, step: Step): void {
  const {store} = page;
  switch (step.do) {
    case 'start':
      return people.start(page, step.script);
    case 'find':
      return void store.findSessions({limit: 3});
    case 'retry':
    case 'discard':
      return people.decide(page, step.do);
    case 'reload':
      return page.reload();
    case 'reconnect':
      return store.reconnect();
    case 'become another':
      return people.become(page);
  }
}

const NOTICE = {soon: 5, late: 1_500, never: Infinity};

/** What happens to one page and its connection. */
function disturb(world: World, page: SimPage, step: Step): boolean {
  const {link} = page;
  switch (step.do) {
    case 'leave':
      if (page.own.asleep) return false;
      page.store.disconnect();
      world.lasts(step.for, () => page.store.connect());
      return true;
    case 'sleep':
      page.sleep();
      world.lasts(step.for, () => page.wake());
      return true;
  }
  if (!link || link.over) return false;
  switch (step.do) {
    case 'cut': {
      const notice = NOTICE[step.notice];
      link.cut({up: step.up, down: step.down, page: notice, server: notice === Infinity ? 2 : notice});
      return true;
    }
    case 'hold': {
      const pipe = link[step.way];
      if (pipe.flow !== 'flows') return false;
      pipe.flow = 'held';
      world.lasts(step.for, () => pipe.release());
      return true;
    }
    case 'lose':
      link[step.way].flow = 'lost';
      return true;
    case 'delay':
      link.up.latency = step.ms;
      link.down.latency = step.ms;
      world.lasts(step.for, () => link.quicken());
      return true;
    case 'slow':
      link.down.gap = step.ms;
      world.lasts(step.for, () => link.quicken());
      return true;
    case 'spoil':
      link.spoil(step.how, step.nth);
      return true;
    case 'repeat': {
      const again = page.sent.filter(({user}) => user === page.user).at(-1 - step.back);
      if (again) link.repeat(again.text);
      return !!again;
    }
    default:
      return false;
  }
}
