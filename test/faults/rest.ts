import {isDeepStrictEqual} from 'node:util';
import type {ThreadCell} from '../../src/store/cells.ts';
import {must, throwFound} from './broken.ts';
import type {SimPage} from './page.ts';
import type {World} from './world.ts';

const SLICE = 1_000;
/** Back-off, heartbeats and the longest script together take less. */
const PATIENCE = 240_000;

/** Everything works again and nobody does anything: after a while all views are the same, and nothing is left over. */
export async function bringToRest(world: World): Promise<void> {
  world.endFaults();
  await untilQuiet(world);
  const old = [...world.pages];
  const fresh = new Map<string, SimPage>(world.users.map((user) => [user, world.open(`fresh page of ${user}`, user)]));
  for (const page of old) for (const session of page.watching.keys()) fresh.get(page.user)?.watch(session);
  await untilQuiet(world);
  for (const page of world.pages) for (const session of page.watching.keys()) await loadAll(world, page, session);
  world.check();
  for (const page of old) {
    const other = fresh.get(page.user);
    if (other) compare(world, page, other);
  }
  for (const page of world.pages) whole(world, page);
  accountForWords(world);
  stopsHaveEnded(world);
  parentsAreTold(world);
  await nothingIsLeft(world);
}

const waits = (page: SimPage): string => {
  const {store, outbox} = page;
  if (store.connection.status !== 'open') return `the connection is ${JSON.stringify(store.connection)}`;
  if (page.link?.over || page.link?.up.flow === 'lost' || page.link?.down.flow === 'lost') return 'the link is dead';
  if (!store.listLive) return 'the list is not live';
  if (outbox.length > 0) return `the outbox holds ${JSON.stringify(outbox)}`;
  for (const session of page.watching.keys()) {
    const {confirmed} = store.thread(session) ?? {};
    if (confirmed && !confirmed.live && !confirmed.missing) return `${session} is not live`;
  }
  return '';
};

async function untilQuiet(world: World): Promise<void> {
  let commits = -1;
  let still = 0;
  for (let waited = 0; waited < PATIENCE && still < 3; waited += SLICE) {
    await world.time.advance(SLICE);
    world.check();
    throwFound();
    const stops = [...world.server.truth.sessions].some(({rules, removed}) => !removed && rules.status === 'stopping');
    const busy = stops || world.pages.some((page) => waits(page)) || commits !== world.server.commits;
    commits = world.server.commits;
    still = busy ? 0 : still + 1;
  }
  for (const page of world.pages) must('all comes to rest', waits(page) === '', () => `${page.name}: ${waits(page)}`);
}

async function loadAll(world: World, page: SimPage, session: string): Promise<void> {
  for (let pages = 0; pages < 200; pages += 1) {
    const {older, missing} = page.store.thread(session)?.state ?? {};
    if (older !== 'some' || missing) return;
    void page.store.loadOlder(session);
    await world.time.advance(50);
    throwFound();
  }
  must('older events can be read to the first', false, () => `${session} of ${page.name}`);
}

const items = (cell: ThreadCell) => [...cell.keys].map((key) => cell.item(key)?.get());

/** What an old page shows is what a fresh one shows. */
function compare(world: World, page: SimPage, fresh: SimPage): void {
  for (const session of page.watching.keys()) {
    const mine = page.store.thread(session);
    const other = fresh.store.thread(session);
    if (!mine || !other) continue;
    const what = () => `${session} of ${page.name}`;
    must('missing is missing everywhere', mine.confirmed.missing === other.confirmed.missing, what);
    if (mine.confirmed.missing) continue;
    const words = (cell: ThreadCell) => JSON.stringify(items(cell).filter((item) => !failed(item)));
    must(
      'an old view is as a fresh one',
      isDeepStrictEqual(words(mine), words(other)),
      () => `${what()}\n${words(mine)}\n${words(other)}`,
    );
  }
  const complete = page.store.sessions.next === undefined;
  for (const view of fresh.store.sessions.all()) {
    const held = page.store.session(view.id);
    if (!held && !complete) continue;
    must(
      'an old list is as a fresh one',
      isDeepStrictEqual(held, view),
      () => `${view.id} of ${page.name}: ${JSON.stringify(held)} instead of ${JSON.stringify(view)}`,
    );
  }
  for (const {id, local} of page.store.sessions.all()) {
    const told = world.server.truth.session(id);
    must('no list shows what is gone', !!local || (!!told && !told.removed), () => `${id} of ${page.name}`);
  }
}

const failed = (item: ReturnType<typeof items>[number]): boolean =>
  item?.kind === 'message' && item.delivery === 'failed';

/** Each thread is the whole log, each session as it was put last. */
function whole(world: World, page: SimPage): void {
  const {truth} = world.server;
  for (const session of page.watching.keys()) {
    const confirmed = page.store.thread(session)?.confirmed;
    if (!confirmed || confirmed.missing) continue;
    const log = truth.session(session)?.log ?? [];
    must(
      'a thread is the log',
      confirmed.log.length === log.length,
      () => `${session} of ${page.name}: ${confirmed.log.length} of ${log.length}`,
    );
  }
  for (const view of page.store.sessions.all()) {
    const last = truth.session(view.id)?.log.findLast(({event}) => event.kind === 'session-put')?.event;
    if (last?.kind !== 'session-put' || view.local) continue;
    const {id, rev} = view;
    must('a view is as the server put it last', last.session.rev === rev, () => `${id} of ${page.name}: ${rev}`);
  }
}

/** Each text is where a person can find it, in one place; or somebody has thrown it away. */
function accountForWords(world: World): void {
  const {truth, epoch} = world.server;
  const places = new Map<string, number>();
  const gone = new Set<string>();
  for (const told of truth.sessions) {
    if (told.removed) gone.add(told.id);
    for (const {event} of told.log) {
      if (event.kind === 'message' && event.role === 'user' && !event.author?.session) {
        places.set(event.text, (places.get(event.text) ?? 0) + 1);
      }
      if (
        event.kind === 'queued' &&
        !told.log.some(({event: later}) => later.kind === 'unqueued' && later.command === event.command)
      ) {
        places.set(event.text, (places.get(event.text) ?? 0) + 1);
      }
    }
  }
  for (const {text, session, page, discarded, settled} of world.words) {
    // Whoever takes words back has them, on whichever page; whose they are is looked at where they are sent.
    const kept = world.pages.some((one) => one.keeps(text));
    // Its answer will say so when that person comes back to that browser.
    const stopping = world.pages.some((one) => one.keeps(`"op":"stop","session":"${session}"`));
    const count = places.get(text) ?? 0;
    must('each sent text is in the log once', count <= 1, () => `“${text}” ${count} times`);
    // A backup that is older than the words has lost them after the page was told that they are safe.
    const before = [...settled].some((then) => then !== epoch);
    const lost = count === 0 && !kept && !discarded && !gone.has(session) && !before && !stopping;
    must('no words are lost', !lost, () => `“${text}” of ${page.name}, sent to ${session}`);
  }
}

function stopsHaveEnded(world: World): void {
  const {truth, epoch} = world.server;
  for (const stop of world.stops) {
    if (stop.epoch !== epoch) continue;
    const told = truth.session(stop.session);
    if (told?.removed) continue;
    const open = told?.rules.turn;
    const began = told?.log.find(({seq}) => seq === told.sent.get(stop.of ?? ''))?.event;
    const meant = stop.turn ?? (began?.kind === 'message' ? began.turn : '');
    must('a stop that was acked ends the turn', open !== meant, () => `${meant} of ${stop.session}`);
  }
}

/** A parent that goes on knows of each child whose first turn is over. */
function parentsAreTold(world: World): void {
  const {truth} = world.server;
  for (const child of truth.sessions) {
    const first = child.log.find(({event}) => event.kind === 'turn-ended');
    const parent = truth.session(child.parent ?? '');
    if (child.removed || !first || !parent || parent.removed) continue;
    const told = parent.log.some(({event}) => event.kind === 'message' && event.author?.session === child.id);
    const last = parent.log.findLast(({event}) => event.kind === 'session-put')?.event;
    // Callbacks whose turn was stopped while it was pending wait for a person.
    const idle = last?.kind === 'session-put' && last.session.status === 'finished' && !last.session.queued;
    must('a parent is told of its child', told || !idle, () => `${parent.id} of ${child.id}`);
  }
}

/** Nothing grows that nobody needs. */
async function nothingIsLeft(world: World): Promise<void> {
  for (const page of world.pages) {
    const kept = [...page.area.map].filter(([key, value]) => {
      const own = key.includes(`/%40${page.user}/`) || key.includes(`/@${page.user}/`);
      return own && key.includes('/command/') && !value.includes('"failure"');
    });
    must('the browser keeps no settled command', kept.length === 0, () => `${page.name}: ${JSON.stringify(kept)}`);
    must('a page at rest holds few timers', page.own.held <= 4, () => `${page.name}: ${page.own.held}`);
  }
  const bound = 2 + world.pages.length + 2 * [...world.server.truth.sessions].length;
  must('a server at rest holds few timers', world.server.timers <= bound, () => `${world.server.timers}`);
  for (const page of world.pages) page.store.disconnect();
  await world.time.advance(SLICE);
  for (const page of world.pages) must('a page that left holds nothing', page.own.held === 0, () => `${page.name}`);
}
