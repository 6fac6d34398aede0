import {expect} from '@open-wc/testing';
import type {Command} from './commands.ts';
import {refused, type OutboxEntry} from './outbox.ts';
import {projectSession} from './project.ts';
import {newer, type Session} from './session.ts';

const confirmed: Session = {
  id: 's',
  rev: 3,
  title: 'Title',
  status: 'running',
  agent: 'a',
  turn: 't1',
  created: '2026-01-01T00:00:00Z',
  updated: '2026-01-01T00:00:00Z',
};
const entry = (command: Command, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  command,
  created: 0,
  sent: true,
  acked: false,
  ...more,
});

describe('a session', () => {
  it('is the copy with the higher rev, whichever way it came', () => {
    const later = {...confirmed, rev: 4, title: 'Later'};
    expect(newer(confirmed, later)).to.equal(later);
    expect(newer(later, confirmed)).to.equal(later);
  });

  it('is shown as it is while nothing was asked of it', () => {
    expect(projectSession(confirmed, [])).to.equal(confirmed);
  });

  it('seed 1: is stopping from the click until the server’s word, and never stopped before it', () => {
    const stop = entry({id: 'c', op: 'stop', session: 's', turn: 't1'});
    expect(projectSession(confirmed, [stop])).to.include({status: 'stopping', stopRequested: true});
    const next: Session = {...confirmed, rev: 4, turn: 't2'};
    expect(projectSession(next, [stop])?.status, 'another turn was not asked to stop').to.equal('running');
    const late: Session = {...confirmed, rev: 4, status: 'finished'};
    expect(projectSession(late, [stop])?.status).to.equal('finished');
  });

  it('seed 2: is starting from the click, before the server has heard of it', () => {
    const start = entry({id: 'c', op: 'start', session: 's', text: 'Do it\nnow'});
    expect(projectSession(undefined, [start])).to.include({status: 'pending', title: 'Do it', local: 'starting'});
  });

  it('has failed when its start was refused, with the reason', () => {
    const failure = {code: 'invalid', message: 'No.'};
    const start = entry({id: 'c', op: 'start', session: 's', text: 'Do it'}, {failure});
    expect(projectSession(undefined, [start])).to.deep.include({status: 'failed', local: 'failed', error: failure});
  });

  it('takes its new title, leaves the list when it is archived, and goes when it is deleted, at once', () => {
    const rename = entry({id: 'c', op: 'rename', session: 's', title: 'New'});
    const archive = entry({id: 'd', op: 'archive', session: 's', archived: true});
    const gone = entry({id: 'e', op: 'delete', session: 's'});
    expect(projectSession(confirmed, [rename, archive])).to.include({title: 'New', archived: true});
    expect(projectSession(confirmed, [gone])).to.equal(undefined);
  });
});

describe('a refused command', () => {
  const failure = {code: 'invalid', message: 'No.'};

  it('keeps words and lets go of the rest', () => {
    const send = entry({id: 'c1', op: 'send', session: 's', text: 'hi'});
    const rename = entry({id: 'c2', op: 'rename', session: 's', title: 'x'});
    expect(refused([send, rename], 'c1', failure).outbox[0]).to.deep.include({failure});
    expect(refused([send, rename], 'c2', failure)).to.deep.equal({outbox: [send], lost: [rename]});
  });

  it('takes with a start everything that was sent for its session after it', () => {
    const start = entry({id: 'c1', op: 'start', session: 's', text: 'hi'});
    const send = entry({id: 'c2', op: 'send', session: 's', text: 'more'});
    const other = entry({id: 'c3', op: 'send', session: 'o', text: 'other'});
    const stop = entry({id: 'c4', op: 'stop', session: 's', of: 'c1'});
    const {outbox, lost} = refused([start, send, other, stop], 'c1', failure);
    expect(outbox.map(({command, failure}) => [command.id, failure?.code])).to.deep.equal([
      ['c1', 'invalid'],
      ['c2', 'invalid'],
      ['c3', undefined],
    ]);
    expect(lost).to.deep.equal([stop]);
  });
});
