import {expect, waitUntil} from '@open-wc/testing';
import type {ThreadEvent} from '../../model/events.ts';
import {chatScene, mine, theirs, type ChatScene} from './testkit.ts';

/** The status speaks in passages, with pauses between them. */
const PATIENT = {timeout: 4000};

const asked: ThreadEvent = {
  kind: 'approval-asked',
  id: 'a',
  turn: 't',
  title: 'Delete the folder?',
  options: [{id: 'y', label: 'Allow', kind: 'allow'}],
};

async function working(events: readonly ThreadEvent[] = []): Promise<ChatScene> {
  const scene = await chatScene();
  await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}, mine('Go'), ...events], {
    status: 'running',
    turn: 't',
  });
  return scene;
}

const said = (scene: ChatScene): string[] =>
  scene.all('agent-chat-spoken p').map(({textContent}) => textContent?.trim() ?? '');

describe('<agent-chat>: what is said aloud', () => {
  it('reads no marks and no code', async () => {
    const scene = await working();
    scene.memory.event('s', theirs('# Done\n\nSee **`a.ts`**.\n\n```ts\nconst a = 1;\n```\n', 'm'));
    await waitUntil(() => said(scene).length > 0, '', PATIENT);
    expect(said(scene)).to.deep.equal(['Done See a.ts. Code block.']);
  });

  it('says what the agent asks', async () => {
    const scene = await working();
    scene.memory.event('s', asked);
    scene.memory.put({id: 's', status: 'waiting'});
    await waitUntil(() => said(scene).length > 0, '', PATIENT);
    expect(said(scene)).to.deep.equal(['The agent asks: Delete the folder?']);
    expect(scene.status).to.include('The agent needs your answer.');
    scene.memory.event('s', {kind: 'approval-answered', id: 'a', option: 'y'});
    scene.memory.event('s', theirs('Deleted.'));
    await waitUntil(() => said(scene).length > 1, '', PATIENT);
    expect(said(scene)[1]).to.equal('Deleted.');
  });

  it('says what the agent asks at once, though it has just begun a pause', async () => {
    const {setTimeout} = window;
    const scene = await working([theirs('Before.')]);
    // The pause never ends by itself.
    window.setTimeout = ((run: () => void, after: number) =>
      after === 1000 ? 0 : setTimeout(run, after)) as typeof setTimeout;
    try {
      scene.memory.event('s', theirs('An answer.'));
      await waitUntil(() => scene.said.at(-1)?.includes('An answer.'), '', PATIENT);
      scene.memory.event('s', asked);
      const both = 'An answer. The agent asks: Delete the folder?';
      await waitUntil(() => said(scene).join(' ') === both, '', {timeout: 1500});
    } finally {
      window.setTimeout = setTimeout;
    }
  });

  it('says what was not sent, and goes on with what the agent answers', async () => {
    const scene = await working();
    scene.memory.reject(scene.store.send('s', 'One too many') ?? '', 'too-many', 'too many messages wait.');
    await waitUntil(() => said(scene).length > 0, '', PATIENT);
    scene.memory.event('s', theirs('An answer.'));
    await waitUntil(() => said(scene).length > 1, '', PATIENT);
    expect(said(scene)).to.deep.equal(['Not sent: too many messages wait.', 'An answer.']);
  });

  it('says why it failed, and that it was stopped', async () => {
    const scene = await working();
    scene.memory.event('s', {
      kind: 'turn-ended',
      turn: 't',
      outcome: 'failed',
      error: {code: 'agent', message: 'out of memory'},
    });
    scene.memory.put({id: 's', status: 'failed'});
    await waitUntil(() => said(scene).includes('Failed: out of memory'), '', PATIENT);
    expect(scene.status).to.include('The agent failed.');
    scene.memory.put({id: 's', status: 'stopped'});
    await waitUntil(() => scene.status.includes('The agent was stopped.'));
  });

  it('says nothing of what was there when another session is shown', async () => {
    const scene = await working([asked]);
    scene.memory.put({id: 'other', status: 'running', turn: 't'});
    scene.memory.event('other', theirs('Old.', 'm'));
    scene.memory.stream('other', {item: 'n', turn: 't', text: 'Half. '});
    scene.provider.selected = 'other';
    await waitUntil(() => scene.said.length === 2);
    scene.memory.stream('other', {item: 'n', turn: 't', text: 'New. '});
    await waitUntil(() => said(scene).length > 0, '', PATIENT);
    expect(said(scene)).to.deep.equal(['New.']);
    scene.provider.selected = 's';
    await waitUntil(() => scene.has('group', 'Delete the folder?'));
    expect(said(scene)).to.deep.equal([]);
  });
});
