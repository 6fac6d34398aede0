import assert from 'node:assert/strict';
import {PassThrough, Writable} from 'node:stream';
import {setImmediate as round} from 'node:timers/promises';
import {test} from 'node:test';
import {Outgoing} from './outgoing.ts';

/** A socket that notes what is written at once. */
const createLine = (): {line: Writable; writes: string[]} => {
  const writes: string[] = [];
  const line = new Writable({
    writev(chunks, done) {
      writes.push(chunks.map(({chunk}) => String(chunk)).join('|'));
      done();
    },
  });
  return {line, writes};
};

test('what one round says to a socket leaves in one write, in order', async () => {
  const outgoing = new Outgoing();
  const [one, other] = [createLine(), createLine()];
  for (const text of ['a', 'b', 'é']) one.line.write(outgoing.bytesFor(one.line, text));
  other.line.write(outgoing.bytesFor(other.line, 'a'));
  assert.deepEqual(one.writes, []);
  assert.ok(one.line.writableLength >= 4, 'what is held counts as buffered');
  await round();
  assert.deepEqual(one.writes, ['a|b|é']);
  assert.deepEqual(other.writes, ['a']);
  one.line.write(outgoing.bytesFor(one.line, 'c'));
  await round();
  assert.deepEqual(one.writes, ['a|b|é', 'c']);
});

test('a frame for many is encoded once, and not kept', async () => {
  const outgoing = new Outgoing();
  const lines = [new PassThrough(), new PassThrough()];
  const [first, second] = lines.map((line) => outgoing.bytesFor(line, 'the same'));
  assert.equal(first, second);
  await round();
  const [line] = lines;
  assert.ok(line);
  assert.notEqual(outgoing.bytesFor(line, 'the same'), first);
  await round();
});

test('a socket that is gone meanwhile harms nobody', async () => {
  const outgoing = new Outgoing();
  const gone = createLine();
  const stays = createLine();
  gone.line.write(outgoing.bytesFor(gone.line, 'a'));
  stays.line.write(outgoing.bytesFor(stays.line, 'a'));
  gone.line.destroy();
  await round();
  assert.deepEqual(stays.writes, ['a']);
});
