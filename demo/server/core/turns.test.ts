import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createMemoryStorage} from '../storage/memory.ts';
import {createWorld, settle, type Page} from './testkit.ts';

const follow = (page: Page, session: string): void => page.subscribe(`session:${session}`);

test('a start begins a turn, streams and finishes', async () => {
  const {page: open, puppet, clock} = createWorld(createMemoryStorage());
  const page = open();
  const id = page.start('Hello there\nsecond line');
  follow(page, id);
  await settle();
  assert.equal(page.status(id), 'running');
  assert.equal(page.sessions.get(id)?.title, 'Hello there');
  puppet.last().text('Hi');
  await settle();
  assert.deepEqual(page.streaming(id), ['Hi']);
  puppet.last().text(' you');
  await clock.advance(20);
  assert.deepEqual(page.streaming(id), ['Hi you']);
  puppet.last().end();
  await settle();
  assert.deepEqual(page.kinds(id), [
    'turn-began',
    'message',
    'put running',
    'message',
    'turn-ended finished',
    'put finished',
  ]);
  assert.equal(page.sessions.get(id)?.preview, 'Hi you');
  assert.equal(page.sessions.get(id)?.unread, true);
  assert.deepEqual(page.problems, []);
});
