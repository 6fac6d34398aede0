import {expect} from '@open-wc/testing';
import * as elements from './index.ts';
import {createMemoryBackend} from './memory.ts';

const classes = {
  'session-context': elements.SessionContext,
  'session-list': elements.SessionList,
  'agent-chat': elements.AgentChat,
  'session-events': elements.SessionEvents,
  'session-notices': elements.SessionNotices,
  'connection-status': elements.ConnectionStatus,
};

describe('index', () => {
  it('registers nothing, and define all of it, once', async () => {
    const registered = () => Object.keys(classes).filter((tag) => customElements.get(tag));
    expect(registered()).to.deep.equal([]);
    document.body.insertAdjacentHTML('beforeend', '<session-context><session-list></session-list></session-context>');
    await import('./define.ts');
    for (const [tag, element] of Object.entries(classes)) {
      expect(customElements.get(tag) === element, tag).to.equal(true);
    }
  });

  it('has the store, which needs no element', () => {
    const memory = createMemoryBackend({onConnect: (server) => server.welcome()});
    memory.put({id: 'a', title: 'Fix the build'});
    const store = new elements.SessionStore({
      url: 'memory:',
      backend: memory.factory,
      environment: elements.pageEnvironment,
    });
    store.connect();
    expect(store.session('a')?.title).to.equal('Fix the build');
    store.disconnect();
  });
});
