import {expect} from '@open-wc/testing';
import {Signal} from '@lit-labs/signals';
import {executeServerCommand} from '@web/test-runner-commands';
import type {Session} from '../model/session.ts';
import {Sessions} from './sessions.ts';

const session = (id: string, rev: number): Session => ({
  id,
  rev,
  title: `${id} ${rev}`,
  status: 'finished',
  agent: '',
  created: '2026-01-01T00:00:00Z',
  updated: '2026-01-01T00:00:00Z',
});
const put = (sessions: Sessions, id: string, rev: number): void => {
  sessions.apply({type: 'session', session: session(id, rev)});
  sessions.show(id, []);
};
const remove = (sessions: Sessions, id: string): void => {
  sessions.apply({type: 'session-missing', session: id});
  sessions.show(id, []);
};

describe('the signal of a session', () => {
  it('is let go when the session is removed and nobody reads it', async () => {
    const sessions = new Sessions();
    const read = (id: string): WeakRef<object> => {
      const reader = new Signal.Computed(() => sessions.view(id));
      reader.get();
      return new WeakRef(Signal.subtle.introspectSources(reader)[0] as object);
    };
    put(sessions, 'a', 1);
    const signals = Array.from({length: 50}, (_, index) => read(index % 2 ? 'a' : `unknown ${index}`));
    remove(sessions, 'a');
    await executeServerCommand('collect-garbage');
    expect(signals.filter((each) => each.deref()).length).to.be.lessThan(3);
    expect(sessions.view('a')).to.equal(undefined);
  });

  it('tells whoever reads it, also when the session comes back much later', async () => {
    const sessions = new Sessions();
    const reader = new Signal.Computed(() => sessions.view('a')?.title);
    expect(reader.get()).to.equal(undefined);
    put(sessions, 'a', 1);
    expect(reader.get()).to.equal('a 1');
    remove(sessions, 'a');
    expect(reader.get()).to.equal(undefined);
    await executeServerCommand('collect-garbage');
    put(sessions, 'a', 2);
    expect(reader.get()).to.equal('a 2');
  });

  it('tells of changes only', () => {
    const sessions = new Sessions();
    const changes: (string | undefined)[] = [];
    put(sessions, 'a', 1);
    sessions.onChange((_, before, after) => changes.push(before?.title, after?.title));
    sessions.apply({type: 'session', session: {...session('a', 1)}});
    sessions.show('a', []);
    expect(changes).to.deep.equal([]);
    put(sessions, 'a', 2);
    expect(changes).to.deep.equal(['a 1', 'a 2']);
    expect([...sessions.all()].map(({title}) => title)).to.deep.equal(['a 2']);
    expect(sessions.peek('a')?.title).to.equal('a 2');
  });
});
