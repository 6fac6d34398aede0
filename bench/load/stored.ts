import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {NEEDLES, type Filled} from './fill.ts';
import {Page} from './page.ts';
import type {Serving} from './processes.ts';

/** What is asked of a server with many stored sessions; the bound is what 100,000 may cost compared with 1,000. */
export const QUESTIONS = [
  {name: 'list snapshot', bound: 1.5},
  {name: 'next page of the list', bound: 1.5},
  {name: 'search: a word in ten sessions', bound: 1.5},
  {name: 'search: a word in every session', bound: 1.5},
  {name: 'search: a word in none', bound: 1.5},
  {name: 'search: two words that meet in ten sessions', bound: 1.5},
  {name: 'archived ones', bound: 1.5},
  {name: 'replay of the last 100 events', bound: 1.5},
] as const;

export type Question = (typeof QUESTIONS)[number]['name'];

const sessions = {channel: 'sessions'};

/** Asks everything once, each time measured from the question to the last frame of the answer, in milliseconds. */
export async function askAll(serving: Serving, {long, longSeq}: Filled): Promise<Record<Question, number>> {
  const page = await Page.open(serving.url);
  const time = async (run: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await run();
    return performance.now() - from;
  };
  const query = (expected: number, fields: object): Promise<number> =>
    time(async () => {
      const {length} = await page.query({...sessions, limit: 40, ...fields});
      if (length !== expected) throw new Error(`expected ${expected} of ${JSON.stringify(fields)}, not ${length}`);
    });
  let next = '';
  const snapshot = await time(async () => {
    const frame = page.next(({type}) => type === 'snapshot');
    const live = page.live('sessions');
    page.say({type: 'subscribe', ...sessions});
    next = ((await frame)['state'] as {next: string}).next;
    await live;
  });
  const result = {
    'list snapshot': snapshot,
    'next page of the list': await query(40, {cursor: next}),
    'search: a word in ten sessions': await query(NEEDLES, {text: 'needle'}),
    'search: a word in every session': await query(40, {text: 'common'}),
    'search: a word in none': await query(0, {text: 'nowhere'}),
    'search: two words that meet in ten sessions': await query(NEEDLES, {text: 'common needle'}),
    'archived ones': await query(40, {archived: true}),
    'replay of the last 100 events': await time(async () => {
      const channel = `session:${long}`;
      const events = page.next((frame) => frame['seq'] === longSeq);
      const live = page.live(channel);
      page.say({type: 'subscribe', channel, after: longSeq - 100});
      if ((await events).type !== 'event') throw new Error('a snapshot came instead of the events');
      await live;
    }),
  };
  await page.close();
  return result;
}

/** Bytes of the files of a data folder. */
export const sizeOf = (data: string): number =>
  readdirSync(data).reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
