import {expect} from '@open-wc/testing';
import {QueryError, type Page} from '../backend.ts';
import {connectedPage, frames, openPage, stored, type FakePage, type Wire} from './testkit.ts';

const asked = (page: FakePage): Wire[] => page.world.socket.of('query');
const failure = (promise: Promise<Page>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof QueryError ? error.code : String(error)),
  );

describe('session-sync: queries', () => {
  it('asks for older events and older sessions, and tells the page', async () => {
    const page = connectedPage();
    const events = page.backend.query({session: 'a', before: 7, limit: 500, text: 'x'.repeat(300)});
    const sessions = page.backend.query({cursor: 'c', status: ['running'], archived: true, parent: 'p'});
    const [first, second] = asked(page);
    expect(first).to.deep.include({channel: 'session:a', before: 7, limit: 200, text: 'x'.repeat(200)});
    expect(second).to.deep.include({
      channel: 'sessions',
      cursor: 'c',
      status: ['running'],
      archived: true,
      parent: 'p',
    });
    page.world.socket.says({type: 'page', id: first?.id, items: [stored(5), stored(6)], next: 5, seq: 9});
    page.world.socket.says({type: 'page', id: second?.id, items: [frames.session('b')], seq: 9});
    expect(await events).to.deep.equal({sessions: [], events: [stored(5), stored(6)], next: 5});
    expect(await sessions).to.deep.equal({sessions: [frames.session('b')], events: []});
  });

  it('cannot be asked while there is no connection, nor answered after it', async () => {
    const page = openPage();
    expect(await failure(page.backend.query({}))).to.equal('offline');
    const connected = connectedPage();
    const queries = Array.from({length: 10}, () => failure(connected.backend.query({})));
    connected.world.socket.closes();
    for (const query of queries) expect(await query).to.equal('offline');
  });

  it('has at most eight open', async () => {
    const page = connectedPage();
    const queries = Array.from({length: 10}, () => page.backend.query({}));
    expect(asked(page)).to.have.length(8);
    page.world.socket.says({type: 'page', id: asked(page)[3]?.id, items: [], seq: 0});
    expect(asked(page)).to.have.length(9);
    await queries[3];
  });

  it('says what the server said against it', async () => {
    const page = connectedPage();
    const query = failure(page.backend.query({}));
    const error = {type: 'error', code: 'rate-limited', message: 'Slowly.', channel: 'sessions'};
    page.world.socket.says({...error, id: asked(page)[0]?.id});
    expect(await query).to.equal('rate-limited');
    expect(page.news()).to.be.empty;
  });

  it('asks again for a page of the list that is older than its last snapshot', async () => {
    const page = connectedPage();
    const query = page.backend.query({cursor: 'c'});
    page.world.socket.says(frames.listed(9, {kind: 'x'}), frames.list(9), frames.live('sessions', 9));
    page.world.socket.says({type: 'page', id: asked(page)[0]?.id, items: [frames.session('old')], seq: 8});
    const [first, again] = asked(page);
    expect(again).to.deep.equal({...first, id: again?.id});
    expect(again?.id).not.to.equal(first?.id);
    page.world.socket.says({type: 'page', id: again?.id, items: [], seq: 9});
    expect((await query).sessions).to.be.empty;
  });

  it('fails when the answer cannot be read, or does not come', async () => {
    const page = connectedPage();
    const [unreadable, silent] = [failure(page.backend.query({})), failure(page.backend.query({}))];
    page.world.socket.says({type: 'page', id: asked(page)[0]?.id});
    expect(await unreadable).to.equal('unreadable');
    for (let n = 0; n < 7; n++) {
      page.world.passes(10_000);
      page.world.socket.says({type: 'pong', t: 0, seqs: {}}, frames.live('sessions', 0));
    }
    expect(await silent).to.equal('timeout');
  });
});
