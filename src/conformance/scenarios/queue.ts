import {channelOf} from '../../backend/session-sync/wire.ts';
import {show, Unmet, type Client} from '../client.ts';
import type {Scenario, Stage} from '../stage.ts';

const QUEUED = 100;

const send = async (stage: Stage, page: Client, session: string): Promise<string> => {
  const {command, seq} = await page.acked('send', 'send', session, {text: stage.text('echo')});
  const queued = await page.event('send', session, 'queued', {is: (event) => event.command === command});
  page.check(
    'ack-seq',
    seq === undefined || seq === queued.seq,
    () => `the ack of a send that is queued names ${seq}`,
    command,
  );
  return command;
};

const counted = (page: Client, session: string, wanted: number): Promise<number> =>
  page.until(
    'queued-field',
    `${session} with queued ${wanted}`,
    () => {
      return (page.session(session)?.queued ?? 0) === wanted ? wanted : undefined;
    },
    {about: session},
  );

const waits: Scenario = {
  name: 'the queue',
  rules: [
    'send',
    'stop',
    'queued-field',
    'unqueue',
    'stop-queued',
    'queue-waits',
    'continue',
    'nothing-queued',
    'turn-order',
    'stop-other',
    'snapshot-open',
  ],
  needs: ['silent', 'echo'],
  has: ['queue', 'continue', 'unqueue'],
  async run(stage) {
    const page = await stage.page();
    const {session, turn} = await stage.working(page, 'silent');
    const none = await page.acked('nothing-queued', 'continue', session);
    page.check(
      'nothing-queued',
      none.result === 'nothing-queued',
      () => `while a turn is open: ${show(none)}`,
      session,
    );
    const [first, second, third, last] = [
      await send(stage, page, session),
      await send(stage, page, session),
      await send(stage, page, session),
      await send(stage, page, session),
    ];
    await counted(page, session, 4);
    const fresh = await stage.page();
    await fresh.subscribe(channelOf(session));

    await page.acked('unqueue', 'unqueue', session, {queued: first});
    const taken = await page.event('unqueue', session, 'unqueued', {is: (event) => event.command === first});
    page.check('unqueue', taken.event.reason === 'removed', () => `its reason is ${taken.event.reason}`, session);
    await page.refused('unqueue', ['too-late'], 'unqueue', session, {queued: first});
    const back = await page.acked('stop-queued', 'stop', session, {of: second});
    page.check('stop-queued', back.result === 'unqueued', () => `a stop of what is queued: ${show(back)}`, session);
    await page.event('stop-queued', session, 'unqueued', {is: (event) => event.command === second});
    await counted(page, session, 2);
    page.check('stop-other', page.session(session)?.turn === turn, () => 'the open turn is another', session);

    await page.acked('stop', 'stop', session, {turn});
    const ended = await page.event('stop', session, 'turn-ended', {is: (event) => event.turn === turn, more: 5_000});
    await page.status('queue-waits', session, ['stopped']);
    await page.ping();
    const began = page.log(session).filter(({seq, event}) => seq > ended.seq && event.kind === 'turn-began');
    page.check('queue-waits', began.length === 0, () => 'the queue went on after a stop', session);
    const go = await page.acked('continue', 'continue', session);
    page.check('continue', go.result !== 'nothing-queued', () => 'nothing-queued, and two messages wait', session);
    const message = await page.event('continue', session, 'message', {
      from: ended.seq,
      is: ({role}) => role === 'user',
      more: 5_000,
    });
    page.check(
      'send',
      message.command === third,
      () => `of ${third} and ${last} began ${message.command} first`,
      session,
    );
    const next = await page.event('send', session, 'message', {
      from: ended.seq,
      is: (_, {command}) => command === last,
      more: 10_000,
    });
    await page.event('send', session, 'turn-ended', {from: next.seq, more: 10_000});
    await counted(page, session, 0);
    const empty = await page.acked('nothing-queued', 'continue', session);
    page.check('nothing-queued', empty.result === 'nothing-queued', () => `nothing waits: ${show(empty)}`, session);
    await page.refused('unqueue', ['too-late'], 'unqueue', session, {queued: last});

    const stale = await page.acked('stop-other', 'send', session, {text: stage.text('silent')});
    const open = await page.event('stop-other', session, 'message', {
      is: (_, {command}) => command === stale.command,
      more: 5_000,
    });
    const wrong = await page.acked('stop-other', 'stop', session, {turn});
    page.check(
      'stop-other',
      wrong.result === 'not-running',
      () => `a stop of a turn that is over: ${show(wrong)}`,
      session,
    );
    await page.ping();
    const isOpen = page.session(session)?.status === 'running' && page.session(session)?.turn === open.event.turn;
    page.check('stop-other', isOpen, () => `the turn that is open became ${page.session(session)?.status}`, session);
  },
};

const next: Scenario = {
  name: 'a send after a stop',
  rules: ['queue-waits', 'same-answer'],
  needs: ['silent', 'echo'],
  has: ['queue'],
  async run(stage) {
    const page = await stage.page();
    const {session, turn} = await stage.working(page, 'silent');
    const waiting = await send(stage, page, session);
    const again = await page.command('send', session, {text: stage.text('echo')}, {id: waiting, rule: 'same-answer'});
    page.check('same-answer', again.type === 'ack', () => `the send that was acked: ${show(again)}`, session);
    await page.acked('stop', 'stop', session, {turn});
    const {seq} = await page.event('stop', session, 'turn-ended', {more: 5_000});
    await page.status('stop', session, ['stopped']);
    const {command} = await page.acked('queue-waits', 'send', session, {text: stage.text('echo')});
    await page.event('queue-waits', session, 'message', {
      from: seq,
      is: (_, stored) => stored.command === command,
      more: 10_000,
    });
    const said = page
      .log(session)
      .filter(({event}) => event.kind === 'message' && event.role === 'user')
      .map((each) => each.command);
    page.check(
      'queue-waits',
      said.slice(1).join() === [waiting, command].join(),
      () => `of ${waiting} and then ${command} began ${said.slice(1).join(', ')}`,
      session,
    );
  },
};

const full: Scenario = {
  name: 'a full queue',
  rules: ['too-many', 'session-snapshot', 'snapshot-open', 'page-order'],
  needs: ['silent', 'echo'],
  has: ['queue'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.working(page, 'silent');
    for (let i = 0; i < QUEUED; i += 1) await page.acked('too-many', 'send', session, {text: `${i}`});
    await page.refused('too-many', ['too-many'], 'send', session, {text: 'one too many'});
    await page.ping();
    const fresh = await stage.page();
    const {frames} = await fresh.subscribe(channelOf(session));
    const snapshot = frames.find((frame) => frame.type === 'snapshot');
    fresh.check('session-snapshot', !!snapshot, () => 'no snapshot, though no after was given', session);
    const before = snapshot?.type === 'snapshot' ? snapshot.state.next : undefined;
    if (before === undefined) return;
    const answer = await fresh.query({channel: channelOf(session), before, limit: 10});
    const seqs = answer.type === 'page' ? answer.items.flatMap((item) => ('event' in item ? [item.seq] : [])) : [];
    fresh.check(
      'session-snapshot',
      seqs.at(-1) === Number(before) - 1,
      () => `before ${before} come events ${seqs.join(', ')}`,
      session,
    );
  },
};

const deaf: Scenario = {
  name: 'an agent that is deaf to a stop',
  rules: ['stop-deaf', 'send-while-stopping', 'stop'],
  needs: ['deaf', 'echo'],
  async run(stage) {
    const page = await stage.page();
    const {session, turn} = await stage.working(page, 'deaf');
    await page.acked('stop', 'stop', session, {turn});
    await page.status('stop', session, ['stopping', 'stopped']);
    if (page.session(session)?.status !== 'stopping') throw new Unmet('the agent of the action “deaf” obeyed the stop');
    const {command} = await page.acked('send-while-stopping', 'send', session, {text: stage.text('echo')});
    const ended = await page.event('stop-deaf', session, 'turn-ended', {
      is: (event) => event.turn === turn,
      more: 5_000,
    });
    page.check('stop-deaf', ended.event.outcome === 'stopped', () => `the turn ended ${ended.event.outcome}`, session);
    await page.event('send-while-stopping', session, 'message', {
      from: ended.seq,
      is: (_, stored) => stored.command === command,
      more: 5_000,
    });
  },
};

/** What waits, and for what. */
export const queue: readonly Scenario[] = [waits, next, full, deaf];
