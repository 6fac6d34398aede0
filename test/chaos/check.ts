import {setTimeout as pass} from 'node:timers/promises';
import type {Rig} from './rig.ts';
import type {Tab} from './tab.ts';
import {bare, tellRow, tellThread} from './tell.ts';
import {isAtRest, isPersons, readTruth, type KnownSession, type Truth} from './truth.ts';

/** How long what is healed may take until it is as it must be, in milliseconds. */
export const PATIENCE = 25_000;

/**
 * How long a person looks at a page that is offline before they press Reconnect, in milliseconds. Here no connection lasts
 * the five seconds after which a page takes it for a good one, so that its pauses grow to half a minute.
 */
const SOON = 3_000;

/** Something is not as it must be, and does not become so. `texts`: what is there, and what should be. */
export class Broken extends Error {
  readonly rule: string;
  readonly texts: {readonly seen: string; readonly wanted: string} | undefined;

  constructor(rule: string, detail: string, texts?: {readonly seen: string; readonly wanted: string}) {
    super(`${rule}: ${detail}`);
    this.name = 'Broken';
    this.rule = rule;
    this.texts = texts;
  }
}

/** How often each rule was looked at and held. */
export const checked = new Map<string, number>();
const held = (rule: string): void => void checked.set(rule, (checked.get(rule) ?? 0) + 1);

/** Looks again and again until nothing is found wrong. */
async function until(rule: string, patience: number, look: () => Promise<Broken | undefined>): Promise<void> {
  for (const end = performance.now() + patience; ;) {
    const broken = await look();
    if (!broken) return held(rule);
    if (performance.now() > end) throw broken;
    await pass(20);
  }
}

/** Waits until all is quiet, and compares what each tab shows with what the server has stored. Throws a `Broken`. */
export async function checkAtRest(rig: Rig, touched: ReadonlySet<string>, patience = PATIENCE): Promise<void> {
  for (const tab of rig.tabs) await comeToRest(tab, patience);
  let truth: Truth = [];
  await until('the server comes to rest', patience, async () => {
    truth = readTruth(rig.data);
    const busy = truth.filter((session) => !isAtRest([session]));
    return busy.length ? new Broken('the server comes to rest', busy.map(tellRow).join(', ')) : undefined;
  });
  // Words that have come back to a box are looked for in it, however long ago that was.
  const there = new Set(placesIn(truth).map(({text}) => text));
  const back = rig.ledger.all.filter(({text}) => !there.has(text)).map(({session}) => session);
  const written = new Set([...touched, ...back]);
  const looked = truth.filter((session) => isTouched(session, written, truth));
  const drafts: string[] = [];
  for (const tab of rig.tabs) {
    drafts.push(...(await checkThreads(tab, rig, looked, patience)));
    await tab.press('^New session$');
    drafts.push((await tab.condition())?.box ?? '');
  }
  for (const tab of rig.tabs) await until('the list shows every session as it is', patience, () => rowsOf(tab, rig));
  truth = readTruth(rig.data);
  checkWords(rig, truth, drafts);
  if (rig.complaints.length) throw new Broken('no page complains', rig.complaints.join('\n'));
  held('no page complains');
  if (rig.faults.length) throw new Broken('the server has no fault', rig.faults.join('\n'));
  held('the server has no fault');
}

/** Sessions that somebody wrote to, and what these have started. */
const isTouched = ({id, parent}: KnownSession, touched: ReadonlySet<string>, truth: Truth): boolean => {
  if (touched.has(id)) return true;
  const above = truth.find((session) => session.id === parent);
  return above !== undefined && isTouched(above, touched, truth);
};

async function comeToRest(tab: Tab, patience: number): Promise<void> {
  const soon = performance.now() + SOON;
  await until('a tab comes to rest', patience, async () => {
    const condition = await tab.condition();
    if (condition?.isAlive && condition.isConnected && !condition.isUnsettled) return undefined;
    if (performance.now() > soon) await tab.press('^Reconnect$');
    return new Broken('a tab comes to rest', `${tab.name} is ${JSON.stringify(condition)}`);
  });
}

/** Opens each session and reads it; returns what stands in the box of each. */
async function checkThreads(tab: Tab, rig: Rig, sessions: Truth, patience: number): Promise<string[]> {
  const drafts: string[] = [];
  for (const session of sessions) {
    let nth = 0;
    await until('each session can be opened', patience, async () => {
      // Several may go by one title.
      nth = (await tab.open(session.title, nth)) ? nth + 1 : 0;
      const shown = (await tab.condition())?.session;
      const detail = `${tab.name} shows ${shown} instead of ${session.id}, “${session.title}”`;
      return shown === session.id ? undefined : new Broken('each session can be opened', detail);
    });
    let wanted = tellThread(session);
    const rule = 'a conversation is as the database has it';
    await until(rule, patience, async () => {
      const seen = await tab.thread();
      if (seen && seen.map(bare).join('\n') === wanted.map(bare).join('\n')) return undefined;
      const texts = {seen: seen?.join('\n') ?? 'not all of it', wanted: wanted.join('\n')};
      // An answer or a stop may have been on its way, which no page counts as words.
      wanted = readTruth(rig.data)
        .filter(({id}) => id === session.id)
        .flatMap(tellThread);
      return new Broken(rule, `${session.id}, “${session.title}” in ${tab.name}`, texts);
    });
    drafts.push((await tab.condition())?.box ?? '');
  }
  return drafts;
}

async function rowsOf(tab: Tab, rig: Rig): Promise<Broken | undefined> {
  // Anew each time: that somebody has looked is told to the server, and changes a row.
  const wanted = readTruth(rig.data).map(tellRow).sort();
  const seen = (await tab.rows()).sort();
  if (seen.join('\n') === wanted.join('\n')) return undefined;
  const texts = {seen: seen.join('\n'), wanted: wanted.join('\n')};
  return new Broken('the list shows every session as it is', tab.name, texts);
}

/** What people have said, where it stands, in the order of each session. */
const placesIn = (truth: Truth): {readonly session: string; readonly text: string}[] =>
  truth.flatMap(({id, log, queue}) => [
    ...log.filter(isPersons).map(({event}) => ({session: id, text: String(event['text']).trim()})),
    ...queue.map(({text}) => ({session: id, text: text.trim()})),
  ]);

/** What people have sent is there once: in the log, in the queue, or back in a box. And nothing else is. */
function checkWords(rig: Rig, truth: Truth, drafts: readonly string[]): void {
  const {ledger} = rig;
  const places = placesIn(truth);
  for (const {text, session, tab} of ledger.all) {
    const there = places.filter((place) => place.text === text);
    const inBox = drafts.some((draft) => draft.includes(text));
    const where = `“${text}”, sent in ${tab} to ${session}`;
    if (there.length > 1) throw new Broken('nothing is sent twice', where);
    if (there.length && inBox) throw new Broken('nothing is both sent and not', where);
    if (!there.length && !inBox && !ledger.isRemoved(text)) throw new Broken('nothing is lost', where);
    if (there.some((place) => place.session !== session)) throw new Broken('nothing goes astray', where);
  }
  held('each text is there once');
  // What came back and went again as part of something else is not there by itself either.
  const known = new Set(ledger.all.map(({text}) => text));
  const strange = places.find(({text}) => !known.has(text));
  if (strange) throw new Broken('nobody speaks for another', `“${strange.text}” in ${strange.session}`);
  held('nothing is there that nobody sent');
  for (const tab of new Set(ledger.all.map(({tab}) => tab))) {
    for (const session of new Set(places.map((place) => place.session))) {
      const sent = ledger.all.filter((said) => said.tab === tab && said.session === session).map(({text}) => text);
      const order = places.filter((place) => place.session === session).map(({text}) => text);
      const seen = order.filter((text) => sent.includes(text));
      const wanted = sent.filter((text) => order.includes(text));
      if (seen.join('\n') !== wanted.join('\n')) {
        const texts = {seen: seen.join('\n'), wanted: wanted.join('\n')};
        throw new Broken('what one tab sends keeps its order', `${tab} to ${session}`, texts);
      }
    }
  }
  held('what one tab sends keeps its order');
}
