import {LIST, SUBPROTOCOL} from '../../backend/session-sync/wire.ts';
import type {Scenario} from '../stage.ts';

const FOREIGN = 'https://conformance.invalid';
const HELLO_MS = 10_000;

const welcome: Scenario = {
  name: 'welcome',
  rules: ['subprotocol', 'first-frame', 'welcome-fields', 'heartbeat-range', 'epoch'],
  async run(stage) {
    const page = await stage.page();
    const again = await stage.page();
    page.check('subprotocol', page.protocol === SUBPROTOCOL, () => `the server chose “${page.protocol}”`);
    const [one, two] = [page.judge.welcome?.epoch, again.judge.welcome?.epoch];
    again.check('epoch', one === two, () => `two connections of one user have the epochs ${one} and ${two}`);
  },
};

const late: Scenario = {
  name: 'no hello',
  rules: ['hello-in-time'],
  async run(stage) {
    const began = stage.options.world.now();
    const client = stage.socket();
    const {code} = await client.ended('hello-in-time', 'a close 4408 after 10 s without hello', HELLO_MS);
    const after = stage.options.world.now() - began;
    client.check('hello-in-time', code === 4408, () => `closed with ${code}`);
    client.check('hello-in-time', after >= HELLO_MS - 500, () => `closed after ${after} ms`);
  },
};

const early: Scenario = {
  name: 'a frame before hello',
  rules: ['hello-first'],
  async run(stage) {
    const client = stage.socket();
    await client.opened();
    client.send({type: 'ping', t: 1});
    const {code} = await client.ended('hello-first', 'a close 4400');
    client.check('hello-first', code === 4400, () => `closed with ${code}`);
  },
};

const token: Scenario = {
  name: 'wrong token',
  rules: ['token-refused'],
  async run(stage) {
    if (stage.options.token === undefined) {
      return stage.options.verdicts.skip('token-refused', 'it needs a server with tokens, and one of them (--token)');
    }
    for (const wrong of [{token: 'conformance: not a token'}, {token: undefined}]) {
      const client = stage.socket();
      await client.opened();
      client.send({type: 'hello', client: stage.uuid, channels: [{channel: LIST}], ...(wrong.token && wrong)});
      const {code} = await client.ended('token-refused', 'a close 4401');
      client.check('token-refused', code === 4401, () => `closed with ${code}`);
      const told = client.frames.filter(({type}) => type !== 'error').map(({type}) => type);
      client.check('token-refused', told.length === 0, () => `it was told ${told.join(', ')} before`);
    }
  },
};

const origin: Scenario = {
  name: 'foreign origin',
  rules: ['origin-refused'],
  async run(stage) {
    const client = stage.socket({origin: FOREIGN});
    const isOpen = await client.opened();
    const close = (): string => `closed with ${client.closed?.code} “${client.closed?.reason}”`;
    client.check('origin-refused', isOpen, () => `the upgrade of a page from ${FOREIGN} was refused: ${close()}`);
    if (!isOpen) return;
    client.sayHello([]);
    const end = await client.until('origin-refused', 'a close 4403', () => client.closed ?? client.frames[0]);
    if ('type' in end) client.check('origin-refused', false, () => `it is told ${end.type}`);
    else client.check('origin-refused', end.code === 4403, close);
  },
};

/** Who is let in, and who is not. */
export const door: readonly Scenario[] = [welcome, early, token, origin];
export const lateHello = late;
