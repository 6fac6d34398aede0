import {LIST, MAX_CLIENT_FRAME} from '../../backend/session-sync/wire.ts';
import type {RuleId} from '../rules.ts';
import type {Scenario, Stage} from '../stage.ts';

const bad = (
  stage: Stage,
): readonly {readonly what: string; readonly rule: RuleId; readonly frame: object | string}[] => [
  {what: 'text that is not JSON', rule: 'bad-frame', frame: 'conformance'},
  {what: 'a list', rule: 'bad-frame', frame: '[]'},
  {what: 'an object without a type', rule: 'bad-frame', frame: '{}'},
  {what: 'a binary frame', rule: 'bad-frame', frame: new TextEncoder().encode('{"type":"ping","t":1}')},
  {what: 'a subscribe without a channel', rule: 'bad-frame', frame: {type: 'subscribe'}},
  {what: 'a command without an id', rule: 'bad-frame', frame: {type: 'command', op: 'stop', session: stage.uuid}},
  {
    what: 'a frame of more than 256 KiB',
    rule: 'client-frame-size',
    frame: {type: 'ping', t: 1, conformance: 'x'.repeat(MAX_CLIENT_FRAME)},
  },
  {what: 'a second hello', rule: 'hello-once', frame: {type: 'hello', client: stage.uuid, channels: []}},
];

const unreadable: Scenario = {
  name: 'bad frames',
  rules: ['bad-frame', 'client-frame-size', 'hello-once'],
  async run(stage) {
    for (const {what, rule, frame} of bad(stage)) {
      const page = await stage.page({channels: []});
      page.send(frame);
      const {code, reason} = await page.ended(rule, `a close 4400 after ${what}`);
      page.check(rule, code === 4400, () => `closed with ${code} after ${what}`);
      page.check(rule, code !== 4400 || reason !== '', () => `no reason is given after ${what}`);
    }
    const many = stage.socket();
    await many.opened();
    many.sayHello(Array.from({length: 65}, () => ({channel: `session:${stage.uuid}`})));
    const {code} = await many.ended('hello-once', 'a close 4400 after a hello with 65 channels');
    many.check('hello-once', code === 4400, () => `closed with ${code} after a hello with 65 channels`);
  },
};

const unknown: Scenario = {
  name: 'what is not known',
  rules: ['unknown-ignored', 'pong-fields', 'pong-seqs'],
  async run(stage) {
    const page = await stage.page({hello: {conformance: {unknown: true}}});
    page.send({type: 'conformance', session: 1});
    page.send({type: 'conformance-too', channel: LIST, command: {}});
    const {seqs} = await page.ping();
    page.check('unknown-ignored', page.closed === undefined, () => `closed with ${page.closed?.code}`);
    const seq = page.judge.channels.get(LIST)?.seq;
    page.check('pong-seqs', seqs[LIST] === seq, () => `it names ${seqs[LIST]} for the list, whose last is ${seq}`);
    await page.subscribe(LIST, {conformance: true});
  },
};

const commands: Scenario = {
  name: 'bad commands',
  rules: ['bad-command', 'reject-fields', 'reject-codes'],
  async run(stage) {
    const page = await stage.page();
    const session = stage.uuid;
    for (const fields of [
      {op: 'send', session},
      {op: 'start', session, text: 7},
      {op: 'stop', session: 7, turn: 't'},
      {session},
    ]) {
      const id = stage.uuid;
      page.send({type: 'command', id, ...fields});
      const answer = await page.answer(id, {rule: 'bad-command', op: 'a malformed command'});
      const isRefused = answer.type === 'reject' && ['invalid', 'unsupported'].includes(answer.code);
      page.check('bad-command', isRefused, () => `${JSON.stringify(fields)} was answered ${answer.type}`, id);
    }
    await page.refused('bad-command', ['unsupported', 'invalid'], 'conformance', session, {conformance: 1});
    await page.ping();
  },
};

/** Frames that nobody should have to read. */
export const frames: readonly Scenario[] = [unreadable, unknown, commands];
