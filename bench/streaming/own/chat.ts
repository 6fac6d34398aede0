import '../../../src/define.ts';
import {createMemoryBackend} from '../../../src/backend/memory/memory-backend.ts';
import {loadParts} from '../../../src/markdown/view/later-parts.ts';

/** The whole of it: provider, store and chat, behind a short history. */
const memory = createMemoryBackend();
let told = '';

window.candidate = {
  async mount() {
    const context = document.createElement('session-context');
    context.backend = memory.factory;
    context.persist = 'none';
    const chat = document.createElement('agent-chat');
    chat.style.blockSize = '100vh';
    context.append(chat);
    document.body.append(context);
    await context.updateComplete;
    memory.welcome();
    memory.put({id: 's', title: 'Streaming', status: 'running', turn: 't'});
    context.selected = 's';
    memory.event('s', {kind: 'turn-began', turn: 't', origin: 'user'});
    memory.event('s', {kind: 'message', id: 'm', turn: 't', role: 'user', text: 'Tell me.'});
    await loadParts();
  },
  write(chunk) {
    told += chunk;
    memory.stream('s', {item: 'answer', turn: 't', text: chunk});
  },
  end() {
    memory.event('s', {kind: 'message', id: 'answer', turn: 't', role: 'agent', text: told});
  },
};
