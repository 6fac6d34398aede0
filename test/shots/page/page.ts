import '../../../src/define.ts';
import {createMemoryBackend, type MemoryBackend} from '../../../src/backend/memory/memory-backend.ts';
import {askingScenes} from './asking-scenes.ts';
import {conversationScenes} from './conversation-scenes.ts';
import {pageScenes} from './page-scenes.ts';
import {Stage, type Scene} from './stage.ts';
import {toolScenes} from './tool-scenes.ts';

declare global {
  interface Window {
    stage: Stage;
  }
}

const scenes: Readonly<Record<string, Scene>> = {...conversationScenes, ...toolScenes, ...askingScenes, ...pageScenes};

const agents = [
  {
    id: 'coder',
    title: 'Coder',
    description: 'Reads and changes the code of the shop, and runs its tests.',
    folders: ['/srv/shop', '/srv/site'],
  },
  {id: 'writer', title: 'Writer', description: 'Writes texts.'},
];

/** `/SCENE`; `loading` is the page whose server has not answered yet. */
const name = location.pathname.slice(1);
const context = document.querySelector('session-context');
if (!context) throw new Error('There is no <session-context>.');

const memory: MemoryBackend = createMemoryBackend({
  onConnect: () => name !== 'loading' && memory.welcome({agents, user: {id: 'me', name: 'Me'}}),
  onCommand: ({id, op}) =>
    op === 'send' ? memory.reject(id, 'rate-limited', 'Too many messages in one minute.') : memory.ack(id),
  onQuery: ({answer}) => answer({}),
});
context.backend = memory.factory;
await context.updateComplete;
window.stage = new Stage(memory, context);
if (name === 'loading') context.selected = 's';
else {
  const scene = scenes[name];
  if (!scene) throw new Error(`There is no scene ${name}.`);
  scene(window.stage);
}
