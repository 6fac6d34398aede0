import {expect, waitUntil as wait} from '@open-wc/testing';
import {pretendClipboard} from '../shared/clipboard/testkit.ts';
import {loadMarkdown} from './markdown-body.ts';
import {chatScene, mine, theirs} from './testkit.ts';

/** What draws Markdown is loaded first, on a machine that may be busy. */
const waitUntil = (holds: () => boolean): Promise<void> => wait(holds, undefined, {timeout: 5000});

const text = `# Title

Some **bold** and a [link](https://example.org), ![a plan](https://img.invalid/a.png).

- one
- two
  1. inner

\`\`\`js
const a = 1;
  b();
\`\`\`

| a | b |
|---|---|
| 1 | 2 |
`;

const plain = `Title

Some bold and a link, a plan.

- one
- two
  1. inner

const a = 1;
  b();

a\tb
1\t2`;

describe('<agent-chat>: copying a message', () => {
  it('gives an agent’s as Markdown or as plain text, and a person’s as it was typed', async () => {
    await loadMarkdown();
    const clipboard = pretendClipboard();
    try {
      const scene = await chatScene();
      await scene.open([mine('My  *words*'), theirs(text)]);
      await waitUntil(() => scene.all('td').length > 0);
      await scene.click('Copy as Markdown');
      await waitUntil(() => clipboard.text === text);
      await scene.click('Copy as plain text');
      await waitUntil(() => clipboard.text !== text);
      expect(clipboard.text).to.equal(plain);
      await scene.click('Copy message');
      await waitUntil(() => clipboard.text === 'My  *words*');
      await expect(scene.chat).to.be.accessible();
    } finally {
      clipboard.restore();
    }
  });

  it('is not offered of what is still being written', async () => {
    const scene = await chatScene();
    await scene.open([], {status: 'running', turn: 't'});
    scene.memory.stream('s', {item: 'x', turn: 't', text: 'Half'});
    await scene.get('article');
    expect(scene.has('button', 'Copy as Markdown')).to.equal(false);
    scene.memory.event('s', theirs('Half a word', 'x'));
    await scene.get('button', 'Copy as Markdown');
  });
});
