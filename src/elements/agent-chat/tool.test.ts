import {expect, waitUntil} from '@open-wc/testing';
import {laterEnglish} from '../../context/later-strings.ts';
import {english, addEnglish} from '../../context/strings.ts';
import type {ToolItem} from '../../model/items.ts';
import {pretendClipboard, saidAround} from '../shared/clipboard/testkit.ts';
import {toolMarkdown} from './tool-markdown.ts';
import {chatScene} from './testkit.ts';

addEnglish(laterEnglish);
const markdown = (more: Partial<ToolItem>): string =>
  toolMarkdown({key: 'k', kind: 'tool', id: 'k', seq: 1, version: 1, name: 'run', state: 'failed', ...more}, english());

describe('<agent-chat>: a tool call as Markdown', () => {
  it('holds the name, then the error before all else', () => {
    expect(markdown({title: 'the tests', input: {only: 'a'}, output: '1 failed\n', error: 'Exit 1'})).to.equal(
      [
        '### `run`\n\n`the tests`',
        'Error:\n\n```\nExit 1\n```',
        'Input:\n\n```json\n{\n  "only": "a"\n}\n```',
        'Output:\n\n```\n1 failed\n```\n',
      ].join('\n\n'),
    );
  });

  it('leaves out what is not there, and fences text as text', () => {
    expect(markdown({input: {}})).to.equal('### `run`\n');
    expect(markdown({input: 'ls -l', output: ''})).to.equal('### `run`\n\nInput:\n\n```\nls -l\n```\n');
  });

  it('has fences that nothing in them can end', () => {
    expect(markdown({output: 'a\n````\nb ``` c'})).to.include('Output:\n\n`````\na\n````\nb ``` c\n`````\n');
    expect(markdown({name: 'a`b'})).to.equal('### `` a`b ``\n');
    expect(markdown({output: '` '.repeat(400_000)})).to.include('```\n` ` ');
  });

  it('holds what the tool has made', () => {
    const content: ToolItem['content'] = [
      {type: 'diff', path: 'a.ts', before: '', after: 'new'},
      {type: 'terminal', text: '$ ls'},
      {type: 'text', text: 'so'},
    ];
    const text = markdown({content, truncated: 12});
    expect(text).to.include('a.ts, after:\n\n```\nnew\n```\n\nTerminal:\n\n```\n$ ls\n```\n\n```\nso\n```');
    expect(text).to.match(/Shortened: 12 characters in all\.\n$/);
  });

  it('has a card of its own where the page’s fails, which is reported', async () => {
    const reported: unknown[] = [];
    const {reportError} = window;
    window.reportError = (cause) => void reported.push(cause);
    try {
      const scene = await chatScene();
      const city = ({input}: {readonly input?: unknown}): string => (input as {city: string}).city;
      scene.chat.rendering = {tools: {weather: city}};
      await scene.open([
        {kind: 'tool-began', id: 'k', turn: 't', name: 'weather'},
        {kind: 'tool-began', id: 'l', turn: 't', name: 'weather', input: {city: 'Rome'}},
      ]);
      await scene.get('button', 'weather running');
      expect(
        scene
          .all('[part~=tool]')
          .map(({textContent}) => textContent?.trim())
          .at(-1),
      ).to.equal('Rome');
      expect(reported.length).to.be.above(0);
      expect(reported[0]).to.be.instanceOf(TypeError);
    } finally {
      window.reportError = reportError;
    }
  });

  it('names the tool once in its row, also where its title begins with the name in another case', async () => {
    const scene = await chatScene();
    await scene.open([{kind: 'tool-began', id: 'k', turn: 't', name: 'read', title: 'Read a.ts'}]);
    await scene.get('button', 'read a.ts running');
    scene.memory.event('s', {kind: 'tool-began', id: 'l', turn: 't', name: 'read', title: 'reader.ts'});
    await scene.get('button', 'read reader.ts running');
  });

  it('is copied from the open call as it then stands', async () => {
    const clipboard = pretendClipboard({write: false, command: true});
    try {
      const scene = await chatScene();
      await scene.open([{kind: 'tool-began', id: 'k', turn: 't', name: 'count', input: {dir: 'src'}}]);
      const call = await scene.get('button', 'count running');
      expect(scene.has('button', 'Copy as Markdown')).to.equal(false);
      call.click();
      const copy = await scene.get('button', 'Copy as Markdown');
      scene.memory.event('s', {kind: 'tool-ended', id: 'k', turn: 't', outcome: 'failed', error: 'No such folder'});
      await scene.get('button', 'count failed');
      expect(scene.all('group').map(({ariaLabel}) => ariaLabel)).to.deep.equal(['Error', 'Input']);
      copy.focus();
      copy.click();
      await waitUntil(() => saidAround(copy).join() === 'Copied');
      expect(clipboard.selected).to.include('No such folder');
      expect(clipboard.keepsSpaces, 'with what stands further in').to.equal(true);
      expect(scene.chat.shadowRoot?.activeElement === copy, 'keeps the focus').to.equal(true);
      await expect(scene.chat).to.be.accessible();
    } finally {
      clipboard.restore();
    }
  });
});
