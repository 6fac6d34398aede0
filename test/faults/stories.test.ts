import assert from 'node:assert/strict';
import {test} from 'node:test';
import {play} from './play.ts';
import type {Setting, Step} from './steps.ts';

/** What the simulation once found, in as few steps as it takes: each of these stories broke a promise of the protocol. */
const USUAL: Setting = {bounds: 'usual', maxTurns: 8};

const story = (name: string, steps: readonly Step[], setting: Partial<Setting> = {}): void =>
  void test(name, async () => {
    assert.equal(await play({setting: {...USUAL, ...setting}, steps}), undefined);
  });

story('a session that is watched before somebody starts it is live once it is there', [
  {do: 'hold', page: 1, way: 'up', for: 60, wait: 0},
  {do: 'start', page: 1, script: 'brief', wait: 0},
  {do: 'watch', page: 0, on: 0, wait: 0},
]);

story('a session that was deleted while this page was away leaves its list, though its thread is watched', [
  {do: 'start', page: 0, script: 'brief', wait: 0},
  {do: 'watch', page: 1, on: 0, wait: 0},
  {do: 'send', page: 0, on: 0, script: 'brief', wait: 5},
  {do: 'kill', at: 'once', nth: 1, for: 700, wait: 0},
  {do: 'delete', page: 0, on: 0, wait: 400},
]);

story('words whose send is stopped in the queue go back to the draft, though the event of it comes before the ack', [
  {do: 'hold', page: 1, way: 'down', for: 140, wait: 0},
  {do: 'start', page: 0, script: 'silent', wait: 50},
  {do: 'send', page: 1, on: 0, script: 'brief', wait: 50},
  {do: 'stop', page: 1, on: 0, wait: 50},
]);

story('a connection that died is noticed, however often commands are sent into it', [
  {do: 'start', page: 0, script: 'brief', wait: 0},
  {do: 'cut', page: 2, up: 0, down: 0, notice: 'never', wait: 0},
  {do: 'send', page: 2, on: 0, script: 'brief', wait: 977},
  {do: 'send', page: 2, on: 0, script: 'brief', wait: 4384},
  {do: 'stop', page: 2, on: 0, wait: 0},
]);

story(
  'words whose send is stopped while it is pending go back to the draft',
  [
    {do: 'start', page: 0, script: 'brief', wait: 50},
    {do: 'start', page: 0, script: 'silent', wait: 0},
    {do: 'start', page: 1, script: 'silent', wait: 50},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 50},
    {do: 'stop', page: 0, on: 0, wait: 0},
  ],
  {maxTurns: 2},
);

story(
  'words whose send is stopped while it is pending go back to the draft of who stopped it from the list',
  [
    {do: 'start', page: 0, script: 'brief', wait: 50},
    {do: 'start', page: 0, script: 'silent', wait: 0},
    {do: 'start', page: 1, script: 'silent', wait: 50},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 50},
    {do: 'stop', page: 2, on: 0, wait: 0},
  ],
  {maxTurns: 2},
);

story(
  'words that are taken back are found in the log, however far back it tells of them',
  [
    {do: 'start', page: 3, script: 'silent', wait: 0},
    {do: 'start', page: 0, script: 'twins', wait: 0},
    {do: 'start', page: 3, script: 'silent', wait: 0},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 24_020},
    {do: 'stop', page: 1, on: 0, wait: 0},
  ],
  {bounds: 'small', maxTurns: 2},
);

story('the output of a tool is whole, though the event that begins it was missed at first', [
  {do: 'start', page: 0, script: 'brief', wait: 50},
  {do: 'watch', page: 1, on: 0, wait: 50},
  {do: 'spoil', page: 1, how: 'drop', nth: 5, wait: 0},
  {do: 'send', page: 0, on: 0, script: 'fails', wait: 343},
]);

story(
  'words that are taken back are looked for again after a reconnect',
  [
    {do: 'start', page: 3, script: 'silent', wait: 0},
    {do: 'start', page: 3, script: 'brief', wait: 0},
    {do: 'start', page: 0, script: 'brief', wait: 0},
    {do: 'send', page: 3, on: 3, script: 'silent', wait: 5},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 50},
    {do: 'stop', page: 1, on: 0, wait: 12},
    {do: 'reconnect', page: 1, wait: 0},
  ],
  {maxTurns: 2},
);

story(
  'a snapshot of which a part was lost is asked for again',
  [
    {do: 'start', page: 0, script: 'asks', wait: 50},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 50},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 50},
    {do: 'send', page: 0, on: 0, script: 'brief', wait: 50},
    {do: 'rename', page: 0, on: 0, wait: 50},
    {do: 'archive', page: 0, on: 0, wait: 50},
    {do: 'archive', page: 0, on: 0, wait: 50},
    {do: 'archive', page: 0, on: 0, wait: 50},
    {do: 'archive', page: 0, on: 0, wait: 50},
    {do: 'archive', page: 0, on: 0, wait: 50},
    {do: 'archive', page: 0, on: 0, wait: 50},
    {do: 'archive', page: 0, on: 0, wait: 50},
    {do: 'spoil', page: 2, how: 'drop', nth: 1, wait: 0},
    {do: 'watch', page: 2, on: 0, wait: 50},
  ],
  {bounds: 'small'},
);
