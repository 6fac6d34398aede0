import {expect, waitUntil} from '@open-wc/testing';
import {AgentChat} from './agent-chat.ts';
import {AgentChatItem} from './chat-item.ts';
import {nextFrame} from './next-frame.ts';
import {chatScene, mine, theirs, type ChatScene} from './testkit.ts';

/** The status speaks in passages, with pauses between them. */
const PATIENT = {timeout: 4000};

/** Counts the updates of each element while `run` runs. */
async function updates(run: () => Promise<void>): Promise<{chat: number; items: Map<string, number>}> {
  const counts = {chat: 0, items: new Map<string, number>()};
  const chat = Object.getOwnPropertyDescriptor(AgentChat.prototype, 'updated') as PropertyDescriptor;
  const item = Object.getOwnPropertyDescriptor(AgentChatItem.prototype, 'render') as PropertyDescriptor;
  AgentChat.prototype['updated'] = function (this: AgentChat) {
    counts.chat++;
    return chat.value.call(this);
  };
  AgentChatItem.prototype['render'] = function (this: AgentChatItem) {
    const key = this.item?.get().key ?? '';
    counts.items.set(key, (counts.items.get(key) ?? 0) + 1);
    return item.value.call(this);
  };
  try {
    await run();
  } finally {
    Object.defineProperty(AgentChat.prototype, 'updated', chat);
    Object.defineProperty(AgentChatItem.prototype, 'render', item);
  }
  return counts;
}

const working = async (): Promise<ChatScene> => {
  const scene = await chatScene();
  await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}, mine('Tell me.')], {status: 'running', turn: 't'});
  return scene;
};

const say = (scene: ChatScene, text: string): void => scene.memory.stream('s', {item: 'a', turn: 't', text});

describe('<agent-chat>: streamed text', () => {
  it('renders one entry, once in a frame, for any number of pieces', async () => {
    const scene = await working();
    say(scene, 'w0 ');
    await scene.get('article', 'Agent');
    await nextFrame();
    const {chat, items} = await updates(async () => {
      for (let n = 1; n <= 50; n++) say(scene, `w${n} `);
      await waitUntil(() => scene.said[1]?.endsWith('w50 '), '', {interval: 5});
    });
    expect(chat).to.equal(0);
    expect([...items]).to.deep.equal([['message:a', 1]]);
  });

  it('keeps the element when the whole text takes the place of the streamed one', async () => {
    const scene = await working();
    say(scene, 'Once upon');
    const article = await scene.get('article', 'Agent');
    scene.memory.event('s', theirs('Once upon a time.', 'a'));
    await waitUntil(() => scene.said[1] === 'Agent: Once upon a time.');
    expect(scene.all('article', 'Agent')).to.deep.equal([article]);
  });

  it('says whole sentences in the status, and never a history', async () => {
    const scene = await chatScene();
    await scene.open([mine('Hello'), theirs('An old answer. Of two sentences.')]);
    expect(scene.status).to.equal('');
    scene.memory.put({id: 's', status: 'running', turn: 't'});
    scene.memory.event('s', {kind: 'turn-began', turn: 't', origin: 'user'});
    await waitUntil(() => scene.status === 'The agent is working.');
    say(scene, 'A first sentence. And the beg');
    await waitUntil(() => scene.status.includes('A first sentence.'), '', PATIENT);
    expect(scene.status).to.not.include('beg');
    expect(scene.status).to.not.include('old answer');
    scene.memory.event('s', theirs('A first sentence. And the beginning of a second', 'a'));
    scene.memory.event('s', {kind: 'turn-ended', turn: 't', outcome: 'finished'});
    scene.memory.put({id: 's', status: 'finished'});
    await waitUntil(() => scene.status.includes('And the beginning of a second'), '', PATIENT);
    expect(scene.status).to.include('The agent has finished.');
    expect(scene.status.match(/A first sentence/g)).to.have.length(1);
    expect(scene.all('log')[0]?.contains(scene.all('status')[0] as Node)).to.equal(false);
    scene.chat.newConversation();
    await waitUntil(() => scene.status === '');
  });

  it('says the answer to what began here, also when it came at once', async () => {
    const scene = await chatScene();
    await scene.send('Hello');
    const {id = '', session = ''} = scene.commands('start')[0] ?? {};
    scene.memory.put({id: session, status: 'running', turn: 't'});
    scene.memory.event(session, mine('Hello'), {command: id});
    scene.memory.event(session, theirs('Good morning.'));
    await waitUntil(() => scene.status.includes('Good morning.'), '', PATIENT);
  });
});
