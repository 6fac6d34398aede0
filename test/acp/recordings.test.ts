import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {expected} from './expected.ts';
import {play, readRecording, type Played} from './player.ts';
import {shapeOf} from './shape.ts';

const names = readdirSync(join(import.meta.dirname, 'recordings')).map((file) => file.replace(/\.jsonl$/, ''));

test('every recording has its line in the table', () => {
  assert.deepEqual(Object.keys(expected), names.sort());
});

for (const name of names) {
  describe(name, () => {
    const sessions = play(readRecording(name));
    test('comes to what it is expected to', () => {
      const shapes = [...sessions].map(([session, played]) => [session, shapeOf(played)] as const);
      assert.deepEqual(Object.fromEntries(shapes.filter(([, lines]) => lines.length > 0)), expected[name]);
    });

    for (const [session, played] of sessions) {
      test(`keeps the rules in ${session}`, () => {
        saysEverythingOnce(played);
        endsEveryToolOnce(played);
        answersEverybody(played);
        saysNothingOutside(played);
      });
    }
  });
}

/** What the agent said within a turn, as it was on the wire; thoughts apart from answers. */
function heardText(played: readonly Played[], kind: string): string {
  let open = false;
  let replaying = false;
  let text = '';
  for (const {heard, said} of played) {
    if (heard.type === 'prompt' || said.some(({type}) => type === 'turn-began')) open = true;
    if (heard.type === 'loading') replaying = true;
    if (heard.type === 'opened' || heard.type === 'prompt') replaying = false;
    const update =
      heard.type === 'update' ? (heard.update as {sessionUpdate: string; content?: {text?: string}}) : undefined;
    const words = update?.sessionUpdate === kind ? (update.content?.text ?? '') : '';
    if (open && !replaying && !words.startsWith('[MODE_UPDATE] ')) text += words;
    if (said.some(({type}) => type === 'turn-ended') && heard.type !== 'prompt') open = false;
  }
  return text;
}

function saysEverythingOnce(played: readonly Played[]): void {
  for (const [type, kind] of [
    ['text', 'agent_message_chunk'],
    ['thought', 'agent_thought_chunk'],
  ] as const) {
    const said = played
      .flatMap(({said}) => said.flatMap((event) => (event.type === type ? [event.text] : [])))
      .join('');
    // The empty heading of a thought is the one thing that is left out.
    assert.equal(said, heardText(played, kind).replaceAll('****\n', ''), type);
  }
}

function endsEveryToolOnce(played: readonly Played[]): void {
  const open = new Set<string>();
  let begun = new Set<string>();
  for (const event of played.flatMap(({said}) => said)) {
    if (event.type === 'tool-began') {
      assert.ok(!begun.has(event.ref), `${event.ref} begins twice`);
      begun.add(event.ref);
      open.add(event.ref);
    } else if (event.type === 'tool-updated' || event.type === 'tool-output') {
      assert.ok(open.has(event.ref), `${event.ref} is not open`);
    } else if (event.type === 'tool-ended') {
      assert.ok(open.delete(event.ref), `${event.ref} ends without being open`);
    } else if (event.type === 'turn-ended') {
      assert.deepEqual([...open], [], 'open at the end of the turn');
      begun = new Set();
    }
  }
}

/** Each request of the agent gets one answer, unless it was taken back or its process is gone. */
function answersEverybody(played: readonly Played[]): void {
  const open = new Set<string>();
  for (const {heard, said, replies} of played) {
    if (heard.type === 'permission' || heard.type === 'elicitation') open.add(heard.ask);
    if (heard.type === 'withdrawn' && said.length > 0) open.delete(heard.ask);
    const cancel = replies.findIndex(({type}) => type === 'cancel');
    assert.ok(cancel <= 0, 'the cancel goes before the answers');
    for (const reply of replies)
      if (reply.type === 'answer') assert.ok(open.delete(reply.ask), `${reply.ask} is answered twice`);
    if (heard.type === 'exited') open.clear();
    if (said.some(({type}) => type === 'turn-ended')) assert.deepEqual([...open], [], 'waits for an answer');
  }
  assert.deepEqual([...open], []);
}

const ASIDES = ['notice', 'options', 'commands', 'usage', 'title', 'keep'];

function saysNothingOutside(played: readonly Played[]): void {
  let open = false;
  for (const {heard, said} of played) {
    for (const event of said) {
      if (event.type === 'turn-began') open = true;
      else if (event.type === 'turn-ended') {
        assert.ok(open, 'a turn ends that is not open');
        open = false;
      } else assert.ok(open || ASIDES.includes(event.type), `${event.type} outside of a turn`);
    }
    if (heard.type === 'prompt') open = true;
  }
  assert.ok(!open, 'the last turn has ended');
}
