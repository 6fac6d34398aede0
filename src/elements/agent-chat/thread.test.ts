import {expect, waitUntil} from '@open-wc/testing';
import type {ThreadEvent} from '../../model/events.ts';
import {chatScene, mine, nameOf, theirs} from './testkit.ts';

const tool = (
  id: string,
  name: string,
  more: Partial<Extract<ThreadEvent, {kind: 'tool-began'}>> = {},
): ThreadEvent => ({
  kind: 'tool-began',
  id,
  turn: 't',
  name,
  ...more,
});

const question: ThreadEvent = {
  kind: 'approval-asked',
  id: 'a',
  turn: 't',
  title: 'Delete dist?',
  detail: 'rm -rf dist',
  options: [
    {id: 'yes', label: 'Allow', kind: 'allow'},
    {id: 'no', label: 'Reject', kind: 'reject'},
  ],
};

describe('<agent-chat>: what it shows', () => {
  it('names each message by who says it', async () => {
    const scene = await chatScene({
      welcome: {agents: [{id: 'agent', title: 'Workspace'}], user: {id: 'me', name: 'Ada'}},
    });
    const from = (id: string, author: Extract<ThreadEvent, {kind: 'message'}>['author'] & object): ThreadEvent => ({
      kind: 'message',
      id,
      turn: 't',
      role: 'user',
      text: id,
      author,
    });
    await scene.open([
      mine('one'),
      from('two', {kind: 'person', id: 'me', name: 'Ada'}),
      from('three', {kind: 'person', id: 'other', name: 'Grace'}),
      from('four', {kind: 'callback', session: 'c', name: 'Run the tests'}),
      from('five', {kind: 'agent', name: 'Planner'}),
      theirs('six'),
    ]);
    const names = ['You', 'You', 'Grace', 'Result of Run the tests', 'Planner', 'Workspace'];
    expect(scene.all('article').map(nameOf)).to.deep.equal(names);
  });

  it('shows text as text, with its lines', async () => {
    const scene = await chatScene();
    await scene.open([theirs('<img src=x onerror=alert(1)>\n  two')]);
    expect(scene.said).to.deep.equal(['Agent: <img src=x onerror=alert(1)>\n  two']);
    const body = scene.all('[part~="message-body"]')[0] as HTMLElement;
    expect(getComputedStyle(body).whiteSpace).to.equal('pre-wrap');
    expect(body.dir).to.equal('auto');
  });

  it('shows a tool call as a button that opens on its details', async () => {
    const scene = await chatScene();
    const content = [
      {type: 'diff' as const, path: 'a.ts', before: 'old', after: 'new'},
      {type: 'link' as const, uri: 'https://example.org/', title: 'Reference'},
      {type: 'link' as const, uri: 'javascript:alert(1)', title: 'Bad'},
      {type: 'image' as const, mime: 'image/png', data: 'AAAA'},
    ];
    await scene.open([tool('k', 'count', {title: 'in src', input: {dir: 'src'}, content})]);
    const button = await scene.get('button', 'count in src running');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    scene.memory.stream('s', {item: 'k', turn: 't', kind: 'tool-output', text: '12 lines'});
    button.click();
    await waitUntil(() => button.getAttribute('aria-expanded') === 'true');
    const group = (name: string): string => scene.all('group', name)[0]?.textContent ?? '';
    expect(group('Input')).to.equal('{\n  "dir": "src"\n}');
    expect(group('Output')).to.equal('12 lines');
    await waitUntil(() => scene.has('del'));
    expect([...scene.all('del'), ...scene.all('ins')].map((line) => line.textContent)).to.deep.equal(['old', 'new']);
    expect(scene.has('group', 'Changes in a.ts')).to.equal(true);
    const [link, ...others] = scene.all<HTMLAnchorElement>('a');
    expect(link?.rel).to.equal('noopener noreferrer');
    expect(others).to.have.length(0);
    expect(scene.has('img')).to.equal(false);
    scene.memory.event('s', {kind: 'tool-ended', id: 'k', turn: 't', outcome: 'failed', error: 'No such folder'});
    await scene.get('button', 'count in src failed');
    expect(group('Error')).to.equal('No such folder');
  });

  it('says how each tool call has ended', async () => {
    const scene = await chatScene();
    const words = {
      completed: 'completed',
      failed: 'failed',
      cancelled: 'cancelled',
      rejected: 'rejected',
      detached: 'left running',
    };
    const ends = Object.keys(words) as (keyof typeof words)[];
    await scene.open(
      ends.flatMap((outcome): ThreadEvent[] => [
        tool(outcome, 'work'),
        {kind: 'tool-ended', id: outcome, turn: 't', outcome},
      ]),
    );
    expect(scene.all('button', /^work/).map(nameOf)).to.deep.equal(ends.map((end) => `work ${words[end]}`));
  });

  it('asks for approval once, and shows the answer', async () => {
    const scene = await chatScene();
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}, question], {status: 'waiting', turn: 't'});
    const group = await scene.get('group', 'Delete dist?');
    expect(group.textContent).to.include('rm -rf dist');
    expect(scene.status).to.equal('The agent needs your answer.');
    const allow = await scene.get<HTMLButtonElement>('button', 'Allow');
    await waitUntil(() => !allow.disabled);
    allow.focus();
    allow.click();
    await waitUntil(() => allow.getAttribute('aria-disabled') === 'true');
    (await scene.get('button', 'Reject')).click();
    const answers = scene.commands('answer');
    expect(answers).to.have.length(1);
    expect(answers[0]).to.include({approval: 'a', option: 'yes'});
    expect(scene.chat.shadowRoot?.activeElement).to.equal(allow);
    scene.memory.event('s', {kind: 'approval-answered', id: 'a', option: 'yes'}, {command: answers[0]?.id ?? ''});
    await scene.gone('button', 'Allow');
    expect(group.textContent).to.include('Answered: Allow');
    expect(scene.chat.shadowRoot?.activeElement, 'the focus is not lost').to.equal(group);
  });

  it('offers Retry and Discard for what was refused', async () => {
    const scene = await chatScene();
    await scene.open();
    await scene.send('First');
    await scene.send('Second');
    const refused = scene.commands('send').map(({id}) => id);
    for (const id of refused) scene.memory.reject(id, 'too-many', 'too many messages wait.');
    await waitUntil(() => scene.all('button', 'Retry').length === 2);
    expect(scene.all('article')[0]?.textContent).to.include('Not sent: too many messages wait.');
    (scene.all('button', 'Discard')[1] as HTMLElement).click();
    await waitUntil(() => scene.all('article').length === 1);
    await scene.click('Retry');
    await waitUntil(() => scene.commands('send').length === 3);
    expect(scene.commands('send')[2]).to.include({text: 'First'});
  });

  it('lets what waits be removed, and continued after a stop', async () => {
    const scene = await chatScene();
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}], {status: 'running', turn: 't'});
    scene.memory.event('s', {kind: 'queued', command: 'q1', text: 'One'});
    scene.memory.event('s', {kind: 'queued', command: 'q2', text: 'Two'});
    await waitUntil(() => scene.all('button', 'Remove').length === 2);
    expect(scene.has('button', 'Continue')).to.equal(false);
    await scene.click('Remove');
    await waitUntil(() => scene.said.join() === 'You: Two');
    expect(scene.commands('unqueue')[0]).to.include({queued: 'q1'});
    scene.memory.event('s', {kind: 'turn-ended', turn: 't', outcome: 'stopped'});
    scene.memory.put({id: 's', status: 'stopped'});
    await scene.click('Continue');
    expect(scene.commands('continue')).to.have.length(1);
  });

  it('leaves out what the server cannot do', async () => {
    const scene = await chatScene({welcome: {capabilities: []}});
    await scene.open([{kind: 'queued', command: 'q1', text: 'One'}], {status: 'stopped'});
    await scene.get('article', 'You');
    expect(scene.has('button', 'Remove')).to.equal(false);
    expect(scene.has('button', 'Continue')).to.equal(false);
  });

  it('shows thoughts folded, ends, notices, plans and what could not be read', async () => {
    const scene = await chatScene();
    await scene.open([
      {kind: 'thought', id: 'th', turn: 't', text: 'Hm.'},
      {...theirs('Half'), cut: true, truncated: 900} as ThreadEvent,
      {kind: 'turn-ended', turn: 't', outcome: 'failed', error: {code: 'agent', message: 'out of memory'}},
      {kind: 'turn-ended', turn: 't2', outcome: 'stopped'},
      {kind: 'turn-ended', turn: 't3', outcome: 'finished', reason: 'max-tokens'},
      {kind: 'notice', id: 'n', level: 'warning', text: 'Nearly full'},
      {kind: 'plan', turn: 't', entries: [{text: 'Read', status: 'done'}]},
      {kind: 'unreadable', problem: 'x'},
    ]);
    const text = (await scene.get('log')).innerText;
    for (const part of [
      'Interrupted here.',
      '900',
      'Failed: out of memory',
      'Stopped',
      'output limit',
      'not be read',
    ]) {
      expect(text).to.include(part);
    }
    expect(nameOf(await scene.get('note'))).to.equal('Nearly full');
    expect((await scene.get('list', 'Plan')).textContent).to.include('Read');
    expect(text).to.not.include('Hm.');
    await scene.click('Thought');
    await waitUntil(() => scene.all('log')[0]?.innerText.includes('Hm.'));
  });

  it('loads older messages on demand', async () => {
    const scene = await chatScene();
    scene.memory.put({id: 's'});
    scene.provider.selected = 's';
    await scene.chat.updateComplete;
    const at = (seq: number, event: ThreadEvent) => ({seq, time: '2026-01-01T00:00:00Z', event});
    scene.memory.tell({type: 'thread', session: 's', events: [at(2, theirs('New'))], open: [], next: 2});
    const button = await scene.get('button', 'Load older messages');
    button.focus();
    button.click();
    await scene.get('button', 'Loading older messages…');
    scene.memory.queries[0]?.answer({events: [at(1, mine('Old'))]});
    await waitUntil(() => scene.said.length === 2);
    expect(scene.said).to.deep.equal(['You: Old', 'Agent: New']);
    expect(scene.has('button', /older/)).to.equal(false);
    expect(scene.chat.shadowRoot?.activeElement, 'the focus is not lost').to.equal(scene.all('log')[0]);
  });

  it('stops a session and all that it started', async () => {
    const scene = await chatScene();
    await scene.open([{kind: 'turn-began', turn: 't', origin: 'user'}], {status: 'running', turn: 't'});
    scene.memory.put({id: 'c', parent: 's', status: 'running', turn: 'tc'});
    scene.memory.put({id: 'd', parent: 'c', status: 'waiting', turn: 'td'});
    scene.memory.put({id: 'e', parent: 'c', status: 'finished'});
    await scene.click('Stop all (3)');
    expect(scene.commands('stop').map(({session}) => session)).to.have.members(['s', 'c', 'd']);
    await scene.gone('button', /Stop all/);
  });
});
