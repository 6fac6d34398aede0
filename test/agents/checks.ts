import assert from 'node:assert/strict';
import {corrected, LIGHTS, NOTES, notes, WAIT, words} from './models/script.ts';
import type {Stage} from './stage.ts';

export interface Check {
  readonly name: string;
  /** After it there is most to see. */
  readonly pictured?: true;
  /** Throws if it does not hold; what the agent does otherwise than others is returned as a note. */
  run(stage: Stage): Promise<string | undefined>;
}

export const FORGOTTEN = 'it has forgotten what was said before';

/** In the order of one conversation: each begins where the one before it has ended. */
export const checks: readonly Check[] = [
  {
    name: 'text',
    async run(stage) {
      await stage.ask('text');
      await stage.app.untilText(words.text);
      await stage.untilStatus('Finished');
      return undefined;
    },
  },
  {
    name: 'thought',
    async run(stage) {
      await stage.ask('thought');
      await stage.app.untilText(words.answer);
      await stage.untilStatus('Finished');
      await stage.unfold('thought');
      const thought = await stage.lastText('thought');
      assert.ok(thought.includes(words.thought), `the thought: ${thought}`);
      const said = (await stage.app.messages()).filter((message) => message.includes(words.thought));
      assert.deepEqual(said, [], 'a thought is no message');
      return undefined;
    },
  },
  {
    name: 'read a file',
    async run(stage) {
      await stage.ask('read');
      await stage.app.untilText(`The keeper is ${words.read}`);
      await stage.untilStatus('Finished');
      const tool = await stage.lastText('tool');
      assert.ok(tool.includes(NOTES), `the tool names the file: ${tool}`);
      return undefined;
    },
  },
  {
    name: 'edit, rejected',
    async run(stage) {
      await stage.ask('rejected');
      await stage.untilStatus('Needs input');
      // What is to be approved is shown; the view of changes is loaded for the first one.
      await stage.untilIn('approval', '# Port');
      await stage.decide('reject');
      await stage.untilStatus('Finished');
      assert.equal(stage.notes, notes);
      assert.match(await stage.lastText('tool'), /rejected/i);
      return (await stage.app.messages()).some((message) => message.includes(words.left))
        ? undefined
        : 'The turn ends with the rejection: the agent says nothing more.';
    },
  },
  {
    name: 'edit, allowed',
    async run(stage) {
      await stage.ask('allowed');
      await stage.untilStatus('Needs input');
      assert.equal(stage.notes, notes, 'nothing is written before it is allowed');
      await stage.untilIn('approval', '1932');
      await stage.decide('allow');
      await stage.app.untilText(words.done);
      await stage.untilStatus('Finished');
      assert.equal(stage.notes, corrected);
      return undefined;
    },
  },
  {
    name: 'command',
    pictured: true,
    async run(stage) {
      await stage.ask('command');
      await stage.untilStatus('Needs input');
      await stage.unfold('tool');
      await stage.decide('allow');
      const last = LIGHTS.at(-1) ?? '';
      const seen = await stage.firstOf(last, words.lit, ...LIGHTS);
      await stage.untilStatus('Finished');
      const output = await stage.lastText('tool');
      const lost = LIGHTS.filter((light) => !output.includes(light));
      if (lost.includes(last)) return 'The agent does not send what it writes: the page shows that it has ended.';
      if (seen === last || seen === words.lit) return 'What it writes is shown when it has ended.';
      if (lost.length === 0) return 'What it writes is shown while it runs.';
      return 'What it writes is shown while it runs; the agent does not send what it writes in the first moment.';
    },
  },
  {
    name: 'stop in the middle of a command',
    async run(stage) {
      await stage.ask('long');
      await stage.untilStatus('Needs input');
      await stage.decide('allow');
      await stage.untilProcesses(WAIT, (lines) => lines.length > 0);
      await stage.app.press('Stop');
      await stage.untilStatus('Stopped');
      await stage.untilProcesses(WAIT, (lines) => lines.length === 0);
      return undefined;
    },
  },
  {
    name: 'go on after a restart of the server',
    async run(stage) {
      await stage.restart();
      await stage.app.untilText('Connected');
      await stage.ask('recall');
      const seen = await stage.firstOf(words.remembered, words.forgotten);
      await stage.untilStatus('Finished');
      if (seen === words.remembered) return 'The agent remembers.';
      await stage.app.untilText(FORGOTTEN);
      return 'The agent cannot take a conversation up again, and the page says that it has forgotten what was said.';
    },
  },
  {
    name: 'what leaves the machine',
    run(stage) {
      const {hosts = [], outside = 'It asks for no host but that of its model.'} = stage.agent;
      assert.deepEqual(
        [...stage.names.asked].filter((host) => !hosts.includes(host)),
        [],
        'hosts that it asks for',
      );
      return Promise.resolve(outside);
    },
  },
];
