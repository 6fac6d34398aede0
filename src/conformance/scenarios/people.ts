import {channelOf, LIST} from '../../backend/session-sync/wire.ts';
import {show, type Answer} from '../client.ts';
import type {Scenario} from '../stage.ts';

const approval: Scenario = {
  name: 'an approval',
  rules: ['answer', 'turn-closes', 'snapshot-open', 'unread'],
  needs: ['ask'],
  has: ['approvals', 'answer'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'ask');
    const asked = await page.event('answer', session, 'approval-asked', {more: 10_000});
    const waiting = await page.status('answer', session, ['waiting']);
    if (stage.has('seen'))
      page.check('unread', waiting.unread === true, () => 'unread is not set though it asked', session);
    const fresh = await stage.page();
    await fresh.subscribe(channelOf(session));
    const [option] = asked.event.options;
    const fields = {approval: asked.event.id, option: option?.id};
    const ack = await page.acked('answer', 'answer', session, fields);
    const answered = await page.event('answer', session, 'approval-answered', {is: ({id}) => id === asked.event.id});
    page.check(
      'answer',
      answered.event.option === option?.id,
      () => `the event names option ${answered.event.option}`,
      session,
    );
    page.check(
      'answer',
      answered.command === ack.command,
      () => `the event names command ${answered.command}`,
      session,
    );
    await fresh.refused('answer', ['too-late'], 'answer', session, fields);
    const end = await page.event('turn-closes', session, 'turn-ended', {more: 10_000});
    page.check('turn-closes', end.event.outcome === 'finished', () => `the turn ended ${end.event.outcome}`, session);
  },
};

const withdrawn: Scenario = {
  name: 'stop while it asks',
  rules: ['turn-closes', 'stop', 'answer'],
  needs: ['ask'],
  has: ['approvals', 'answer'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'ask');
    const asked = await page.event('answer', session, 'approval-asked', {more: 10_000});
    const {turn} = await page.status('answer', session, ['waiting']);
    await page.acked('stop', 'stop', session, {turn});
    const ended = await page.event('stop', session, 'turn-ended', {more: 5_000});
    const answered = page.log(session).find(({event}) => event.kind === 'approval-answered')?.event;
    const isNull = answered?.kind === 'approval-answered' && answered.option === null;
    page.check('turn-closes', isNull, () => `before turn-ended stands ${JSON.stringify(answered)}`, session);
    page.check('stop', ended.event.outcome === 'stopped', () => `the turn ended ${ended.event.outcome}`, session);
    await page.refused('answer', ['too-late'], 'answer', session, {
      approval: asked.event.id,
      option: asked.event.options[0]?.id,
    });
  },
};

const seen: Scenario = {
  name: 'unread and seen',
  rules: ['unread', 'seen'],
  needs: ['echo'],
  has: ['seen'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'echo');
    await page.event('turn-ends', session, 'turn-ended', {more: 10_000});
    const {unread} = await page.status('unread', session, ['finished']);
    page.check('unread', unread === true, () => 'unread is not set though a turn ended', session);
    await page.ping();
    const {seq = 0} = page.judge.channels.get(channelOf(session)) ?? {};
    const {rev} = await page.acked('seen', 'seen', session, {seq});
    await page.until(
      'unread',
      'a session-put without unread',
      () => (page.session(session)?.unread ? undefined : true),
      {about: session},
    );
    const known = page.judge.channels.get(channelOf(session))?.seq;
    await page.acked('seen', 'seen', session, {seq});
    await page.ping();
    const now = page.judge.channels.get(channelOf(session))?.seq;
    page.check(
      'seen',
      now === known && page.session(session)?.rev === rev,
      () => `a second seen made ${now} of ${known}`,
      session,
    );
  },
};

const same = (answer: Answer): string => (answer.type === 'reject' ? `${answer.code} ${answer.message}` : show(answer));

const strangers: Scenario = {
  name: 'two users',
  rules: ['isolation', 'epoch'],
  async run(stage) {
    const {secondToken} = stage.options;
    if (secondToken === undefined) {
      return stage.options.verdicts.skip('isolation', 'it needs a token of a second user (--second-token)');
    }
    const page = await stage.page();
    const other = await stage.page({token: secondToken});
    const [mine, theirs] = [page.judge.welcome, other.judge.welcome];
    other.check('epoch', mine?.epoch !== theirs?.epoch, () => `two users have the same epoch ${mine?.epoch}`);
    const {session} = await stage.begin(page, 'echo');
    await other.ping();
    const none = stage.uuid;
    const answers: string[] = [];
    for (const id of [session, none]) {
      const {end} = await other.subscribe(channelOf(id));
      answers.push(end.type === 'error' ? `${end.code} ${end.message}` : end.type);
    }
    other.check('isolation', answers[0] === answers[1], () => `subscribe: ${answers.join(', then ')}`, session);
    const ops: Readonly<Record<string, object>> = {
      send: {text: 'hello'},
      stop: {turn: 'none'},
      rename: {title: 'x'},
      archive: {archived: true},
      seen: {seq: 1},
      continue: {},
      delete: {},
    };
    for (const [op, fields] of Object.entries(ops)) {
      const there = await other.command(op, session, fields);
      const nowhere = await other.command(op, none, fields);
      other.check(
        'isolation',
        same(there) === same(nowhere) && there.type === 'reject',
        () => `${op}: ${same(there)}; of one that does not exist: ${same(nowhere)}`,
        session,
      );
    }
    const found = await other.query({channel: channelOf(session)});
    other.check('isolation', found.type === 'error', () => `a query is answered ${show(found)}`, session);
    const list = await other.query({channel: LIST, limit: 200});
    const names = list.type === 'page' && list.items.some((item) => 'id' in item && item.id === session);
    const told = names || other.session(session) !== undefined;
    other.check('isolation', !told, () => 'the list of the other user names it', session);
    await page.ping();
    page.check('isolation', page.session(session) !== undefined, () => 'what the other did has had an effect', session);
  },
};

/** What people answer, have seen, and must not see. */
export const people: readonly Scenario[] = [approval, withdrawn, seen, strangers];
