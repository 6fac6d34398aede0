import {expect, waitUntil} from '@open-wc/testing';
import type {ThreadEvent} from '../../../model/events.ts';
import {chatScene, mine, theirs, type ChatScene} from '../testkit.ts';

const LINE = 'The agent began by itself';

const began = (turn: string, origin: 'user' | 'callback' | 'agent'): ThreadEvent => ({
  kind: 'turn-began',
  turn,
  origin,
});
const ended = (turn: string): ThreadEvent => ({kind: 'turn-ended', turn, outcome: 'finished'});
const says = (turn: string, text: string): ThreadEvent => ({...theirs(text), turn}) as ThreadEvent;

const conversation = [began('t', 'user'), mine('Go'), theirs('Gone'), ended('t')];

/** What stands behind each of the lines. */
const marked = (scene: ChatScene): (string | undefined)[] =>
  scene
    .all('p.line')
    .filter((line) => line.textContent?.trim() === LINE)
    .map((line) => line.nextElementSibling?.querySelector('[part~=message-body], button')?.textContent?.trim());

describe('<agent-chat>: a turn that the agent began', () => {
  it('has a line before its first entry, and no other turn has one', async () => {
    const scene = await chatScene();
    await scene.open([
      ...conversation,
      began('u', 'agent'),
      says('u', 'A message came'),
      says('u', 'And one more'),
      ended('u'),
      began('v', 'callback'),
      {kind: 'message', id: 'c', turn: 'v', role: 'user', text: 'Done', author: {kind: 'callback', session: 'x'}},
      says('v', 'Good'),
      ended('v'),
      began('w', 'agent'),
      {kind: 'message', id: 'd', turn: 'w', role: 'user', text: 'Asked', author: {kind: 'agent', name: 'Planner'}},
      says('w', 'Answered'),
    ]);
    await waitUntil(() => scene.said.length === 8);
    expect(marked(scene)).to.deep.equal(['A message came']);
    await expect(scene.chat).to.be.accessible();
  });

  it('has it from its first word, and keeps it when that is stored', async () => {
    const scene = await chatScene();
    await scene.open(conversation);
    scene.memory.event('s', began('u', 'agent'));
    scene.memory.put({id: 's', status: 'running', turn: 'u'});
    scene.memory.stream('s', {item: 'x', turn: 'u', text: 'By'});
    await waitUntil(() => marked(scene).join() === 'By');
    const [line] = scene.all('p.line');
    scene.memory.event('s', {...says('u', 'By itself'), id: 'x'} as ThreadEvent);
    await waitUntil(() => marked(scene).join() === 'By itself');
    expect(scene.all('p.line')).to.deep.equal([line]);
    scene.memory.stream('s', {item: 'y', turn: 'u', text: 'And more'});
    await waitUntil(() => scene.said.at(-1) === 'Agent: And more');
    expect(scene.all('p.line')).to.deep.equal([line]);
  });

  it('has it where it begins and not where the loaded part does', async () => {
    const scene = await chatScene();
    scene.memory.put({id: 's'});
    scene.provider.selected = 's';
    await scene.chat.updateComplete;
    const at = (seq: number, event: ThreadEvent) => ({seq, time: '2026-01-01T00:00:00Z', event});
    scene.memory.tell({type: 'thread', session: 's', events: [at(9, says('u', 'New'))], open: [], next: 9});
    await waitUntil(() => scene.said.join() === 'Agent: New');
    expect(marked(scene)).to.deep.equal([]);
    await scene.click('Load older messages');
    scene.memory.queries[0]?.answer({events: [at(7, began('u', 'agent')), at(8, says('u', 'Old'))]});
    await waitUntil(() => marked(scene).join() === 'Old');
  });
});
