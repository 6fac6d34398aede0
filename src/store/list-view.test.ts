import {expect} from '@open-wc/testing';
import type {Session} from '../model/session.ts';
import {Families} from './families.ts';
import {ListView} from './list-view.ts';
import {Sessions} from './sessions.ts';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(hours * HOUR).toISOString();

class World {
  readonly sessions = new Sessions();
  #rev = 0;

  put(id: string, more: Partial<Session> = {}): void {
    const base = {id, title: id, status: 'finished', agent: '', created: at(0), updated: at(0)} as const;
    this.sessions.apply({type: 'session', session: {...base, ...more, rev: this.#rev++}});
    this.sessions.show(id, []);
  }

  remove(id: string): void {
    this.sessions.apply({type: 'session-removed', session: id});
    this.sessions.show(id, []);
  }
}

const told = async (view: ListView): Promise<string> => {
  await Promise.resolve();
  return view.rows
    .map(
      ({id, depth, branch, section}) =>
        `${section ? `[${section}] ` : ''}${'>'.repeat(depth)}${id}${branch === 'closed' ? '+' : ''}`,
    )
    .join(' ');
};

describe('the rows of a list', () => {
  let world: World;
  let view: ListView;
  beforeEach(() => {
    world = new World();
    for (const [hour, id] of ['a', 'b', 'c'].entries()) world.put(id, {updated: at(hour)});
    view = new ListView(world.sessions);
  });

  it('move by what changed, and stay the same objects where nothing did', async () => {
    expect(await told(view)).to.equal('c b a');
    const {rows} = view;
    world.put('b', {updated: at(1), status: 'running'});
    await Promise.resolve();
    expect(view.rows === rows, 'a status moves nothing').to.equal(true);
    world.put('a', {updated: at(9)});
    world.put('d', {updated: at(1.5), parent: 'b'});
    expect(await told(view)).to.equal('a c b >d');
    expect(view.rows[1] === rows[0]).to.equal(true);
    world.remove('b');
    expect(await told(view)).to.equal('a c d');
  });

  it('are the same whether changes come one by one or all at once', async () => {
    const many = (each: (id: string, hour: number) => void): void => {
      for (let i = 0; i < 500; i++) each(`s${i}`, (i * 37) % 500);
    };
    many((id, hour) => world.put(id, {updated: at(hour)}));
    many((id, hour) => world.put(id, {updated: at(1000 - hour)}));
    const atOnce = await told(view);
    const other = new ListView(world.sessions);
    expect(await told(other)).to.equal(atOnce);
  });

  it('stand by their times, however these are written', async () => {
    world.put('x', {updated: '1970-01-01T03:30:00+02:00'});
    world.put('y', {updated: '1970-01-01T01:00:00Z'});
    expect(await told(view)).to.equal('c x b y a');
  });

  it('of what is collapsed are none, but it counts', async () => {
    world.put('d', {parent: 'b'});
    world.put('e', {parent: 'd'});
    const options = {filter: 'all', sort: 'updated', query: ''} as const;
    view.configure({...options, collapsed: new Set(['b'])});
    expect(await told(view)).to.equal('c b+ a');
    expect(view.total).to.equal(5);
    expect(view.ids.join('')).to.equal('cbdea');
    view.configure({...options, collapsed: new Set(['d'])});
    expect(await told(view)).to.equal('c b >d+ a');
  });

  it('hide none of a circle of parents', async () => {
    world.put('a', {parent: 'b'});
    world.put('b', {parent: 'a', updated: at(1)});
    expect((await told(view)).replaceAll('>', '').split(' ').sort().join('')).to.equal('abc');
  });

  it('keep their order while it is held, and then take the one that is due', async () => {
    view.isHeld = true;
    world.put('a', {updated: at(9)});
    world.put('d', {updated: at(10)});
    world.remove('b');
    expect(await told(view)).to.equal('d c a');
    expect(view.isOutdated).to.equal(true);
    for (let i = 0; i < 300; i++) world.put('c', {updated: at(2), preview: `${i}`});
    view.reorder();
    expect(await told(view)).to.equal('d a c');
    expect(view.isOutdated).to.equal(false);
    world.put('c', {updated: at(20)});
    expect(await told(view)).to.equal('d a c');
    view.isHeld = false;
    expect(await told(view)).to.equal('c d a');
  });

  it('stand in sections by time or by state, children with their parents', async () => {
    const options = {filter: 'all', sort: 'updated', query: ''} as const;
    world.put('d', {updated: at(100), parent: 'a'});
    const sectionTimes = [2 * HOUR, HOUR, 0.5 * HOUR] as const;
    view.configure({...options, group: 'time', sectionTimes});
    expect(await told(view)).to.equal('[today] c [yesterday] b [older] a >d');
    world.put('a', {updated: at(1.2)});
    expect(await told(view)).to.equal('[today] c [yesterday] a >d b');
    view.configure({...options, sort: 'title', group: 'time', sectionTimes});
    expect(await told(view)).to.equal('a >d b c');
    view.configure({...options, group: 'status'});
    world.put('b', {status: 'waiting'});
    world.put('c', {status: 'pending'});
    expect(await told(view)).to.equal('[waiting] b [active] c [finished] a >d');
  });
});

describe('what is below a session', () => {
  it('is counted as it changes, moves and goes, also in a circle', async () => {
    const world = new World();
    world.put('a');
    world.put('b', {parent: 'a', status: 'running'});
    const families = new Families(world.sessions);
    const below = async (id: string) => {
      await Promise.resolve();
      const {status, count} = families.below(id) ?? {};
      return status ? `${count} ${status}` : '';
    };
    expect(await below('a')).to.equal('1 running');
    world.put('c', {parent: 'b', status: 'waiting'});
    expect(await below('a')).to.equal('1 waiting');
    world.put('d', {parent: 'b', status: 'waiting'});
    expect(await below('a')).to.equal('2 waiting');
    world.put('c', {parent: 'b', status: 'failed'});
    world.put('d', {parent: 'x', status: 'waiting'});
    expect(await below('a')).to.equal('1 failed');
    world.put('c', {parent: 'b', status: 'failed', archived: true});
    expect(await below('a')).to.equal('1 running');
    world.put('a', {parent: 'b', status: 'waiting'});
    expect(await below('a')).to.equal('1 running');
    expect(await below('b')).to.equal('1 waiting');
    world.put('a', {parent: 'b', status: 'failed'});
    expect(await below('a')).to.equal('1 running');
    world.remove('b');
    expect(await below('a')).to.equal('');
  });
});
