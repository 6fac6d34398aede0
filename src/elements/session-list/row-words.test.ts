import {html, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import type {MemoryBackend} from '../../backend/memory/memory-backend.ts';
import {Scene, ago, scene} from '../shared/testkit.ts';
import type {SessionList} from './session-list.ts';

const agents = [
  {id: 'agent-1', title: 'Researcher'},
  {id: 'agent-2', title: 'Writer'},
];
const two = (memory: MemoryBackend): void => {
  memory.put({id: '766b-f911', title: 'Fix the build', agent: 'agent-1', cwd: '/srv/site', updated: ago(1)});
  memory.put({id: '0a1c-443f', title: 'Tidy up', agent: 'agent-2', cwd: '/srv/manual', updated: ago(2)});
};
const withAbilities = (...capabilities: string[]): Promise<Scene> =>
  scene(html`<session-list></session-list>`, {onConnect: (server) => server.welcome({agents, capabilities})}, two);
const look = ({provider}: Scene, query: string): void => {
  (provider.querySelector('session-list') as SessionList).query = query;
};

describe('session-list: what the search looks in', () => {
  it('is also agent, folder and id where the server cannot search', async () => {
    const it = await withAbilities('delete');
    await it.shows('Fix the build', 'Tidy up');
    for (const [query, title] of [
      ['resear', 'Fix the build'],
      ['manual', 'Tidy up'],
      ['766b', 'Fix the build'],
      ['tidy writer', 'Tidy up'],
    ] as const) {
      look(it, query);
      await it.shows(title);
    }
    look(it, 'agent-1');
    await it.get('paragraph', 'No session matches.');
    it.put('new', 'Come later', 'finished', {agent: 'agent-2', cwd: '/srv/agent/1'});
    await it.shows('Come later');
  });

  it('is what the server says where it can, and the titles', async () => {
    const it = await withAbilities('delete', 'search');
    await it.shows('Fix the build', 'Tidy up');
    look(it, 'resear');
    await it.shows();
    await waitUntil(() => it.memory.queries.length === 1);
    it.memory.queries[0]?.answer({sessions: []});
    await it.get('paragraph', 'No session matches.');
  });
});
