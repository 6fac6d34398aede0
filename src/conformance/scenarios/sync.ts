import {channelOf, LIST} from '../../backend/session-sync/wire.ts';
import type {ServerFrame} from '../../backend/session-sync/frames.ts';
import type {Session} from '../../model/session.ts';
import type {Client} from '../client.ts';
import type {Scenario} from '../stage.ts';
import {OVER, settle} from './settle.ts';

const types = (frames: readonly ServerFrame[]): string => frames.map(({type}) => type).join(', ');

const resume: Scenario = {
  name: 'subscribe and resume',
  rules: [
    'answer-form',
    'snapshot-cases',
    'nothing-missed',
    'answer-order',
    'one-answer',
    'live-seq',
    'resubscribe',
    'seq-gapless',
    'snapshot-fields',
    'live-fields',
    'event-fields',
    'event-kinds',
    'session-snapshot',
    'list-snapshot',
    'no-interleave',
    'server-frame-size',
    'json-frames',
    'item-ids',
    'pong-seqs',
  ],
  async run(stage) {
    const page = await stage.page();
    const {session, command} = await stage.begin(page, 'echo');
    const channel = channelOf(session);
    await settle(page, session, command);
    await page.ping();
    const {seq = 0} = page.judge.channels.get(channel) ?? {};
    for (const after of [seq, seq - 1, 1, seq + 1_000, undefined]) {
      const {frames, end} = await page.subscribe(channel, after === undefined ? {} : {after});
      page.check(
        'resubscribe',
        end.type === 'live' && end.seq === seq,
        () => `after ${after}: ${types(frames)}`,
        channel,
      );
      if (after === seq)
        page.check('nothing-missed', frames.length === 1, () => `after the last: ${types(frames)}`, channel);
    }
    await page.ping();

    const {epoch} = page.judge.welcome ?? {};
    const list = page.judge.channels.get(LIST)?.seq ?? 0;
    const held = [
      {channel: LIST, after: list},
      {channel, after: seq},
    ];
    const back = await stage.page({channels: held, hello: {epoch}});
    const order = back.frames.flatMap((frame) => (frame.type === 'live' ? [frame.channel] : []));
    back.check('one-answer', order.join() === [LIST, channel].join(), () => `live came for ${order.join(', ')}`);
    const replayed = back.frames.filter((frame) => frame.type === 'snapshot').map((frame) => frame.channel);
    back.check(
      'nothing-missed',
      !replayed.includes(channel),
      () => `a snapshot of ${channel}, of which nothing was missed`,
    );
    const other = await stage.page({channels: held, hello: {epoch: 'conformance: another epoch'}});
    const snapshots = other.frames.filter((frame) => frame.type === 'snapshot').length;
    other.check('snapshot-cases', snapshots >= 2, () => `with another epoch came ${types(other.frames)}`);
    for (const each of [back, other]) await each.ping();
  },
};

const leave: Scenario = {
  name: 'unsubscribe',
  rules: ['unsubscribe', 'next-message'],
  async run(stage) {
    const page = await stage.page();
    const {session, command} = await stage.begin(page, 'echo');
    const channel = channelOf(session);
    await settle(page, session, command);
    page.send({type: 'unsubscribe', channel});
    // Whatever was asked before it has been answered then.
    await page.subscribe(LIST);
    const from = page.frames.length;
    const ack = await page.acked('next-message', 'send', session, {text: stage.text('echo')});
    const other = await stage.page({channels: [{channel: LIST}, {channel}]});
    await other.event('next-message', session, 'message', {
      is: (_, stored) => stored.command === ack.command,
      more: 5_000,
    });
    await page.ping();
    const told = page.frames.slice(from).filter((frame) => 'channel' in frame && frame.channel === channel);
    page.check('unsubscribe', told.length === 0, () => `afterwards came ${types(told)}`, channel);
    await settle(other, session, ack.command);
  },
};

/** All that pages of a list name; at most twenty pages. */
const listed = async (page: Client, fields: object): Promise<readonly Session[]> => {
  const found: Session[] = [];
  let cursor: unknown;
  for (let pages = 0; pages < 20; pages += 1) {
    const answer = await page.query({channel: LIST, ...fields, ...(cursor !== undefined && {cursor})});
    page.check('list-query', answer.type === 'page', () => JSON.stringify(answer));
    if (answer.type !== 'page') return found;
    found.push(...answer.items.filter((item) => !('event' in item)).map((item) => item as Session));
    cursor = answer.next;
    if (cursor === undefined) break;
  }
  return found;
};

const pages: Scenario = {
  name: 'query',
  rules: ['query', 'page-fields', 'page-order', 'page-next', 'list-query'],
  async run(stage) {
    const page = await stage.page();
    const begun = [await stage.begin(page, 'echo'), await stage.begin(page, 'echo')];
    for (const {session, command} of begun) {
      await settle(page, session, command);
    }
    const [{session} = {session: ''}] = begun;
    const all = page.log(session).map(({seq}) => seq);
    const seen: number[] = [];
    for (
      let before: number | string | undefined = (all.at(-1) ?? 0) + 1;
      before !== undefined && seen.length < 1_000;
    ) {
      const answer = await page.query({channel: channelOf(session), before, limit: 2});
      page.check('query', answer.type === 'page', () => JSON.stringify(answer), session);
      if (answer.type !== 'page') return;
      const seqs = answer.items.flatMap((item) => ('event' in item ? [item.seq] : []));
      page.check(
        'query',
        seqs.every((seq) => seq < Number(before)),
        () => `before ${before}: ${seqs.join(', ')}`,
        session,
      );
      seen.unshift(...seqs);
      const isOn = answer.next === undefined || seqs.length > 0;
      page.check('page-next', isOn, () => 'an empty page has a next', session);
      before = isOn ? answer.next : undefined;
    }
    page.check(
      'page-next',
      seen.join() === all.join(),
      () => `its pages hold events ${seen.join(', ')} of ${all.join(', ')}`,
      session,
    );

    const ids = (await listed(page, {limit: 1})).map(({id}) => id);
    const isEach = begun.every((each) => ids.filter((id) => id === each.session).length === 1) || ids.length >= 20;
    page.check('page-next', isEach, () => `pages of one session each name ${ids.join(', ')}`);
    const over = await listed(page, {status: OVER, limit: 200});
    page.check(
      'list-query',
      over.every(({status}) => OVER.includes(status)),
      () => `asked for ${OVER.join()}: ${over.map(({status}) => status).join()}`,
    );
    page.check(
      'list-query',
      over.some(({id}) => id === session),
      () => `asked for ${OVER.join()}: ${session} is missing`,
    );
    const none = await listed(page, {parent: stage.uuid});
    page.check('list-query', none.length === 0, () => `a parent without children has ${none.length}`);
  },
};

const search: Scenario = {
  name: 'search',
  rules: ['list-search'],
  has: ['search', 'rename'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'echo');
    const word = `conformance${stage.uuid.replace(/[^0-9a-f]/g, '')}`;
    await page.acked('rename', 'rename', session, {title: `A ${word} title`});
    const found = async (text: string): Promise<boolean> =>
      (await listed(page, {text, limit: 50})).some(({id}) => id === session);
    page.check(
      'list-search',
      await found(word.slice(0, 20)),
      () => `the beginning of a word of its title does not find it`,
      session,
    );
    page.check(
      'list-search',
      await found(`${word} tit`),
      () => `the beginnings of two words of its title do not find it`,
      session,
    );
    page.check('list-search', !(await found(`x${word}`)), () => `a word that is not in it finds it`, session);
    page.check(
      'list-search',
      !(await found(`${word} conformance-not-there`)),
      () => `one word of two is enough`,
      session,
    );
  },
};

const find: Scenario = {
  name: 'find',
  rules: ['find'],
  has: ['find'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'echo');
    const message = await page.event('start', session, 'message', {more: 5_000});
    const [word = ''] = /\p{L}{4,}/u.exec(message.event.text) ?? [];
    const answer = await page.query({channel: channelOf(session), text: word});
    const seqs = answer.type === 'page' ? answer.items.flatMap((item) => ('event' in item ? [item.seq] : [])) : [];
    page.check('find', seqs.includes(message.seq), () => `“${word}” finds ${seqs.join(', ') || 'nothing'}`, session);
    const none = await page.query({channel: channelOf(session), text: 'conformancenotthere'});
    page.check(
      'find',
      none.type === 'page' && none.items.length === 0,
      () => 'a word that nobody said is found',
      session,
    );
  },
};

/** How channels are answered, and read back. */
export const sync: readonly Scenario[] = [resume, leave, pages, search, find];
