import {expect} from '@open-wc/testing';
import {FakeArea, stillEnvironment, storeFixture} from './testkit.ts';

describe('what is on its way when a page is loaded again', () => {
  it('keeps its order, also when the clock was put back in between', () => {
    const area = new FakeArea();
    const environment = stillEnvironment();
    const load = (time: number) => {
      const fixture = storeFixture({connect: false, environment, storage: () => area, clock: () => time});
      return {...fixture, sent: () => fixture.memory.delivered.flatMap((each) => ('text' in each ? [each.text] : []))};
    };
    const session = load(2_000).store.start('first') ?? '';
    load(1_000).store.send(session, 'second');
    const third = load(1_000);
    third.store.send(session, 'third');
    const last = load(1_000);
    last.store.connect();
    last.memory.welcome();
    expect(last.sent()).to.deep.equal(['first', 'second', 'third']);
  });
});
