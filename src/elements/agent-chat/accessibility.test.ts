import {expect} from '@open-wc/testing';
import {emulateMedia} from '@web/test-runner-commands';
import {chatScene, mine, theirs, type ChatScene} from './testkit.ts';

const states: Record<string, () => Promise<ChatScene>> = {
  'a new conversation': () =>
    chatScene({
      welcome: {
        agents: [
          {id: 'a', title: 'Writer'},
          {id: 'b', title: 'Reviewer'},
        ],
      },
    }),
  'a turn at work': async () => {
    const scene = await chatScene();
    await scene.open(
      [
        {kind: 'turn-began', turn: 't', origin: 'user'},
        mine('Go'),
        {kind: 'thought', id: 'th', turn: 't', text: 'Hm.'},
        {kind: 'tool-began', id: 'k', turn: 't', name: 'count', title: 'src', input: {dir: 'src'}},
        {kind: 'tool-began', id: 'k2', turn: 't', name: 'read', title: 'file', input: {file: 'a'}},
        {kind: 'tool-ended', id: 'k2', turn: 't', outcome: 'failed', error: 'No such file', output: 'text'},
        {
          kind: 'approval-asked',
          id: 'a',
          turn: 't',
          title: 'Sure?',
          detail: 'rm',
          options: [{id: 'y', label: 'Allow', kind: 'allow'}],
        },
        {kind: 'queued', command: 'q', text: 'Later'},
      ],
      {status: 'waiting', turn: 't'},
    );
    for (const button of scene.all('button', /^(count|read|Thought)/)) button.click();
    const refused = scene.store.send('s', 'More');
    scene.memory.reject(refused ?? '', 'too-many', 'too many.');
    return scene;
  },
  'ends and notices': async () => {
    const scene = await chatScene();
    await scene.open([
      mine('Go'),
      theirs('Half'),
      {...theirs('Result'), role: 'user', author: {kind: 'callback', name: 'Child'}} as never,
      {kind: 'turn-ended', turn: 't', outcome: 'failed', error: {code: 'agent', message: 'out of memory'}},
      {kind: 'turn-ended', turn: 't2', outcome: 'stopped'},
      {kind: 'notice', id: 'n', level: 'warning', text: 'Nearly full'},
      {kind: 'notice', id: 'n2', level: 'error', text: 'Full'},
      {kind: 'plan', turn: 't', entries: [{text: 'Read', status: 'done'}]},
    ]);
    scene.memory.drop();
    return scene;
  },
  'a session that is gone': async () => {
    const scene = await chatScene();
    await scene.open([theirs('Hello')]);
    await scene.type('Half a thought');
    scene.memory.remove('s');
    return scene;
  },
};

describe('<agent-chat>: accessibility', () => {
  before(() => document.documentElement.style.setProperty('color-scheme', 'light dark'));
  after(async () => {
    document.documentElement.style.removeProperty('color-scheme');
    await emulateMedia({colorScheme: 'light', reducedMotion: 'no-preference'});
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, make] of Object.entries(states)) {
      it(`has nothing that axe objects to: ${name}, ${colorScheme}`, async () => {
        await emulateMedia({colorScheme, reducedMotion: 'reduce'});
        const scene = await make();
        await scene.chat.updateComplete;
        await expect(scene.chat).to.be.accessible();
      });
    }
  }
});
