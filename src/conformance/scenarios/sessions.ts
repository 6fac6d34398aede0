import {channelOf} from '../../backend/session-sync/wire.ts';
import {show} from '../client.ts';
import type {Scenario} from '../stage.ts';
import {settle} from './settle.ts';

const start: Scenario = {
  name: 'start',
  rules: [
    'start',
    'start-title',
    'in-order',
    'ack-then-subscribe',
    'ack-seq',
    'ack-rev',
    'turn-order',
    'rev-truth',
    'rev-grows',
    'one-order',
    'turn-field',
  ],
  async run(stage) {
    const page = await stage.page();
    const session = stage.uuid;
    const id = stage.uuid;
    stage.made(session);
    page.send({type: 'command', id, op: 'start', session, ...stage.startFields('echo')});
    const {end} = await page.subscribe(channelOf(session));
    page.check(
      'in-order',
      end.type === 'live',
      () => 'a subscribe right behind its start was answered with an error',
      session,
    );
    const ack = await page.answer(id, {rule: 'start', op: 'start'});
    page.check('start', ack.type === 'ack', () => `it was answered ${show(ack)}`, id);

    const other = await stage.page();
    await other.subscribe(channelOf(session));
    const told = other.log(session).some(({event, command}) => command === id && /^(message|queued)$/.test(event.kind));
    other.check(
      'ack-then-subscribe',
      told,
      () => 'the snapshot has no message or queued of the start that was acked',
      session,
    );

    const text = stage.text('echo');
    const message = await page.event('start', session, 'message', {
      is: ({role}, {command}) => role === 'user' && command === id,
    });
    page.check(
      'start',
      message.event.text === text,
      () => `the message's text is ${JSON.stringify(message.event.text)}`,
    );
    if (ack.type === 'ack' && ack.seq !== undefined) {
      const effect = page.log(session).find(({seq}) => seq === ack.seq);
      const isEffect = effect?.command === id && /^(message|queued)$/.test(effect.event.kind);
      page.check('ack-seq', isEffect, () => `event ${ack.seq} is ${JSON.stringify(effect)}`, id);
    }
    const listed = await page.until('start', 'the session in the list', () => page.session(session), {about: session});
    const title = listed.title.replace(/(…|\.\.\.)$/, '').trim();
    const isBeginning = title !== '' && text.replace(/\s+/g, ' ').startsWith(title.replace(/\s+/g, ' '));
    page.check('start-title', isBeginning, () => `the title is ${JSON.stringify(listed.title)}`, session);
    await settle(page, session, id);
  },
};

const twice: Scenario = {
  name: 'a command that arrives twice',
  rules: ['same-answer', 'reject-stored', 'reject-codes'],
  async run(stage) {
    const page = await stage.page();
    const {session, command: id, seq} = await stage.begin(page, 'echo');
    const other = await stage.page();
    const fields = stage.startFields('echo');
    for (const each of [page, other]) {
      const answer = await each.command('start', session, fields, {id, rule: 'same-answer'});
      const isSame = answer.type === 'ack' && (answer.seq ?? 0) === seq;
      each.check('same-answer', isSame, () => `the start that was acked is answered ${JSON.stringify(answer)}`, id);
    }
    const rejected = stage.uuid;
    const first = await page.command('start', session, fields, {id: rejected});
    page.check(
      'reject-codes',
      first.type === 'reject' && first.code === 'exists',
      () => `a taken id: ${show(first)}`,
      rejected,
    );
    const second = await other.command('start', session, fields, {id: rejected, rule: 'reject-stored'});
    other.check('reject-stored', show(first) === show(second), () => `${show(first)}, then ${show(second)}`, rejected);
    await settle(page, session, id);
    const fresh = await stage.page();
    await fresh.subscribe(channelOf(session));
    const effects = fresh.log(session).filter(({event, command}) => event.kind === 'message' && command === id).length;
    fresh.check('same-answer', effects === 1, () => `the message stands ${effects} times in the log`, session);
  },
};

const nothing: Scenario = {
  name: 'what does not exist',
  rules: ['unknown-session', 'reject-codes', 'stop-invalid', 'capabilities', 'error-fields'],
  async run(stage) {
    const page = await stage.page();
    const session = stage.uuid;
    const {end} = await page.subscribe(channelOf(session));
    const isMissing = end.type === 'error' && end.code === 'not-found';
    page.check('unknown-session', isMissing, () => `a subscribe to it is answered ${JSON.stringify(end)}`, session);
    const answer = await page.query({channel: channelOf(session)});
    page.check('unknown-session', answer.type === 'error', () => `a query is answered ${show(answer)}`, session);
    await page.refused('reject-codes', ['not-found'], 'send', session, {text: 'hello'});
    await page.refused('reject-codes', ['not-found'], 'stop', session, {turn: 'none'});
    await page.refused('stop-invalid', ['invalid'], 'stop', session);
    const ops = {
      continue: {},
      unqueue: {queued: stage.uuid},
      answer: {approval: 'none', option: 'none'},
      rename: {title: 'x'},
      archive: {archived: true},
      'set-option': {option: 'x', value: 'y'},
      seen: {seq: 1},
      delete: {},
    };
    for (const [op, fields] of Object.entries(ops)) {
      const codes =
        stage.has(op) || (op === 'set-option' && stage.has('options')) ? ['not-found'] : ['unsupported', 'not-found'];
      await page.refused('capabilities', codes, op, session, fields);
    }
  },
};

const stale: Scenario = {
  name: 'stop of a turn that is over',
  rules: ['not-running', 'stop-other'],
  async run(stage) {
    const page = await stage.page();
    const {session, command} = await stage.begin(page, 'echo');
    await settle(page, session, command);
    const before = page.session(session);
    const ack = await page.acked('not-running', 'stop', session, {turn: 'conformance-never'});
    page.check('not-running', ack.result === 'not-running', () => `it was answered ${show(ack)}`, session);
    const put = await page.event('not-running', session, 'session-put', {is: (event) => event.session.rev === ack.rev});
    const isNext = put.event.session.rev === (before?.rev ?? 0) + 1;
    page.check('not-running', isNext, () => `rev ${put.event.session.rev} after ${before?.rev}`, session);
    page.check(
      'stop-other',
      put.event.session.status === before?.status,
      () => `${before?.status} became ${put.event.session.status}`,
    );
  },
};

const large: Scenario = {
  name: 'too large',
  rules: ['too-large', 'reject-final'],
  async run(stage) {
    const page = await stage.page();
    const session = stage.uuid;
    await page.refused('too-large', ['too-large'], 'start', session, {text: 'x'.repeat(128 * 1024 + 1)});
    const {end} = await page.subscribe(channelOf(session));
    page.check('reject-final', end.type === 'error', () => 'the session of a rejected start is there', session);
  },
};

/** What is begun, ended, and does not exist, whatever the agent does. */
export const sessions: readonly Scenario[] = [start, twice, nothing, stale, large];
