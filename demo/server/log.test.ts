import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLog} from './log.ts';

test('each line is one object, whatever the fields hold', () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
  );
  log('info', 'listening');
  log('error', 'failed', {error: new Error('two\nlines'), count: 1, big: 2n, none: undefined});
  assert.equal(lines[0], '{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"listening"}\n');
  assert.match(lines[1] ?? '', /^\{[^\n]*"error":"Error: two\\nlines[^\n]*"count":1,"big":"2"\}\n$/);
});
