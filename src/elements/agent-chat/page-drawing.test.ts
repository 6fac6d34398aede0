import {expect, waitUntil} from '@open-wc/testing';
import type {MessageItem} from '../../model/items.ts';
import {loadMarkdown} from './markdown-body.ts';
import {chatScene, mine, theirs} from './testkit.ts';

describe('<agent-chat>: what the page draws, and fails to', () => {
  const reported: unknown[] = [];
  const {reportError} = window;

  before(loadMarkdown);
  beforeEach(() => {
    reported.length = 0;
    window.reportError = (cause) => void reported.push(cause);
  });
  afterEach(() => {
    window.reportError = reportError;
  });

  /** Fails with other words each time, as a parser does that says how far it came. */
  const newBody =
    () =>
    ({text}: MessageItem): string => {
      if (text.includes('{')) throw new TypeError(`${text.length} characters in`);
      return `own: ${text}`;
    };

  it('is the message as it would be without it, and reported once, however often it is asked', async () => {
    const scene = await chatScene();
    scene.chat.rendering = {body: newBody()};
    await scene.open([mine('{mine'), theirs('fine'), {kind: 'turn-began', turn: 't', origin: 'user'}], {
      status: 'running',
      turn: 't',
    });
    await waitUntil(() => scene.said.length === 2);
    expect(scene.said).to.deep.equal(['You: {mine', 'Agent: own: fine']);
    let words = '';
    for (const text of ['{*a*', ' b', ' c', ' d']) {
      scene.memory.stream('s', {item: 'x', turn: 't', text});
      words += text.replaceAll('*', '');
      await waitUntil(() => scene.said[2] === `Agent: ${words}`, `not: ${words}`);
    }
    expect(scene.all('article em').map(({textContent}) => textContent)).to.deep.equal(['a']);
    expect(reported.map((cause) => (cause as Error).message)).to.deep.equal(['5 characters in']);
  });

  it('is reported again of another renderer', async () => {
    const scene = await chatScene();
    scene.chat.rendering = {body: newBody()};
    await scene.open([theirs('{')]);
    await waitUntil(() => reported.length === 1);
    scene.chat.rendering = {body: newBody()};
    await waitUntil(() => reported.length === 2);
    expect(scene.said).to.deep.equal(['Agent: {']);
  });

  it('is called as a method of what it stands in', async () => {
    const scene = await chatScene();
    class Own {
      readonly words = 'own: ';
      body({text}: MessageItem): string {
        return this.words + text;
      }
    }
    scene.chat.rendering = new Own();
    await scene.open([theirs('fine')]);
    await waitUntil(() => scene.said[0] === 'Agent: own: fine');
  });

  it('is reported once of the renderer of each tool', async () => {
    const scene = await chatScene();
    const fail = (why: string) => (): never => {
      throw new TypeError(why);
    };
    scene.chat.rendering = {tools: {weather: fail('no city'), time: fail('no zone')}};
    await scene.open([
      {kind: 'tool-began', id: 'j', turn: 't', name: 'time'},
      {kind: 'tool-began', id: 'k', turn: 't', name: 'weather'},
      {kind: 'tool-began', id: 'l', turn: 't', name: 'weather'},
    ]);
    await scene.get('button', 'weather running');
    scene.memory.event('s', {kind: 'tool-ended', id: 'k', turn: 't', outcome: 'failed', error: 'No such city'});
    await scene.get('button', 'weather failed');
    expect(reported.map((cause) => (cause as Error).message).toSorted()).to.deep.equal(['no city', 'no zone']);
  });
});
