import {expect} from '@open-wc/testing';
import {chatScene} from './testkit.ts';

describe('the sessions that a session has started', () => {
  it('are counted as they come, end, move and go, also in a circle', async () => {
    const scene = await chatScene();
    await scene.open([], {status: 'finished'});
    scene.memory.put({id: 'c', parent: 's', status: 'running', turn: 'tc'});
    scene.memory.put({id: 'd', parent: 'c', status: 'waiting', turn: 'td'});
    scene.memory.put({id: 'x', parent: 'y', status: 'running', turn: 'tx'});
    await scene.get('button', 'Stop all (2)');
    scene.memory.put({id: 'c', status: 'finished'});
    await scene.get('button', 'Stop all (1)');
    scene.memory.put({id: 'y', parent: 'c', status: 'stopping'});
    await scene.get('button', 'Stop all (2)');
    scene.memory.put({id: 'd', parent: 'z'});
    await scene.get('button', 'Stop all (1)');
    scene.memory.put({id: 's', parent: 'c'});
    scene.memory.put({id: 'c', status: 'pending'});
    await scene.get('button', 'Stop all (2)');
    scene.memory.remove('c');
    await scene.gone('button', /Stop all/);
  });

  it('are those of the server’s name of a session, too, while the chat still has the page’s own', async () => {
    const scene = await chatScene();
    await scene.open([], {status: 'finished'});
    scene.memory.put({id: 'c', parent: 'at-server', status: 'running', turn: 'tc'});
    scene.memory.tell({type: 'session-alias', alias: 's', session: 'at-server'});
    await scene.get('button', 'Stop all (1)');
    scene.memory.put({id: 'd', parent: 'c', status: 'running', turn: 'td'});
    await scene.get('button', 'Stop all (2)');
  });

  it('cost no look at all others when one changes', async () => {
    const scene = await chatScene();
    await scene.open([], {status: 'finished'});
    for (let nth = 0; nth < 10_000; nth++) scene.memory.put({id: `${nth}`, parent: nth % 2 ? 's' : 'other'});
    scene.memory.put({id: '1', status: 'running', turn: 't'});
    await scene.get('button', 'Stop all (1)');
    const {sessions} = scene.store;
    let looks = 0;
    const [all, peek] = [sessions.all.bind(sessions), sessions.peek.bind(sessions)];
    sessions.all = function* () {
      for (const view of all()) {
        looks++;
        yield view;
      }
    };
    sessions.peek = (id) => {
      looks++;
      return peek(id);
    };
    scene.memory.put({id: '3', status: 'running', turn: 't'});
    await scene.get('button', 'Stop all (2)');
    expect(looks).to.be.lessThan(20);
  });
});
