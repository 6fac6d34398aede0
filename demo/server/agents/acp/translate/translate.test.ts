import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Heard, Reply, Said} from './messages.ts';
import {optionRequest} from './options.ts';
import {initialState, type State} from './state.ts';
import {translate} from './translate.ts';

interface Came {
  readonly said: readonly Said[];
  readonly replies: readonly Reply[];
  readonly state: State;
}

function hear(...all: readonly (Heard | {readonly sessionUpdate: string; readonly [field: string]: unknown})[]): Came {
  let came: Came = {said: [], replies: [], state: initialState};
  for (const each of all) {
    const heard = 'sessionUpdate' in each ? ({type: 'update', update: each} as const) : each;
    const {state, said, replies} = translate(came.state, heard);
    came = {state, said: [...came.said, ...said], replies: [...came.replies, ...replies]};
  }
  return came;
}

const prompt = {type: 'prompt'} as const;
const done = {type: 'answered', result: {stopReason: 'end_turn'}} as const;
const tool = (fields: object): {readonly sessionUpdate: string; readonly [field: string]: unknown} => ({
  sessionUpdate: 'tool_call',
  toolCallId: 't',
  ...fields,
});
const update = (fields: object): ReturnType<typeof tool> => ({...tool(fields), sessionUpdate: 'tool_call_update'});
const whole = (text: string): object => ({content: [{type: 'content', content: {type: 'text', text}}]});
const types = ({said}: Came): string[] => said.map(({type}) => type);

test('output that comes whole each time is told once; what comes first may be a description', () => {
  const {said} = hear(
    prompt,
    tool({title: 'bash', status: 'pending'}),
    update(whole('one\n')),
    update(whole('one\ntwo\n')),
    update(whole('one\ntwo\nthree\n')),
    update({...whole('one\ntwo\nthree\nfour'), status: 'completed'}),
  );
  assert.deepEqual(said.slice(1), [
    {type: 'tool-updated', ref: 't', content: [{type: 'text', text: 'one\n'}]},
    {type: 'tool-updated', ref: 't', content: []},
    {type: 'tool-output', ref: 't', text: 'one\ntwo\n'},
    {type: 'tool-output', ref: 't', text: 'three\n'},
    {type: 'tool-ended', ref: 't', outcome: 'completed', output: 'one\ntwo\nthree\nfour'},
  ]);
});

test('a description that a tool came with is not what it has written', () => {
  const {said} = hear(
    prompt,
    tool({title: 'run', status: 'in_progress', ...whole('in /srv (Runs it)')}),
    update({status: 'completed', content: []}),
  );
  assert.deepEqual(said.slice(1), [{type: 'tool-ended', ref: 't', outcome: 'completed'}]);
});

test('thoughts that come whole stay apart, with the headings that have something in them', () => {
  const thought = (text: string): ReturnType<typeof tool> => ({
    sessionUpdate: 'agent_thought_chunk',
    content: {type: 'text', text},
  });
  const {said} = hear(
    prompt,
    thought('**Looking**\nI look.'),
    thought('****\nStill.'),
    thought('**Found**\nThere.'),
    thought(' And **more**\nof it.'),
  );
  const texts = said.map((each) => (each.type === 'thought' ? each.text : ''));
  assert.equal(texts.join(''), '**Looking**\nI look. Still.\n\n**Found**\nThere. And **more**\nof it.');
});

test('output that does not continue what was told is a correction: the last whole text counts', () => {
  const came = hear(prompt, tool({}), update(whole('a')), update(whole('ab')), update(whole('xyz')), done);
  assert.deepEqual(came.said.slice(4, 6), [
    {type: 'tool-updated', ref: 't', content: [{type: 'text', text: 'xyz'}]},
    {type: 'tool-ended', ref: 't', outcome: 'detached', output: 'xyz', content: []},
  ]);
});

test('what a terminal writes is told as it comes, and how the command ended', () => {
  const meta = (data: object): object => ({_meta: data});
  const {said} = hear(
    prompt,
    tool({name: 'exec', content: [{type: 'terminal', terminalId: 'x'}]}),
    update(meta({terminal_output: {data: 'one\n'}})),
    update(meta({terminal_output: {data: 'two\n'}})),
    update({status: 'failed', ...meta({terminal_exit: {exit_code: 3, signal: null}})}),
  );
  assert.deepEqual(said.slice(1), [
    {type: 'tool-output', ref: 't', text: 'one\n'},
    {type: 'tool-output', ref: 't', text: 'two\n'},
    {type: 'tool-ended', ref: 't', outcome: 'failed', content: [{type: 'terminal', text: '', exit: 3}]},
  ]);
});

test('what a tool returned is its output if it has no other; a description stays beside it', () => {
  const came = hear(prompt, tool(whole('Reads the notes')), update({status: 'completed', rawOutput: [{text: 'done'}]}));
  assert.deepEqual(came.said.at(-1), {type: 'tool-ended', ref: 't', outcome: 'completed', output: 'done'});
});

test('a diff that was approved stays when the tool says how it ended', () => {
  const diff = {type: 'diff', path: '/a', oldText: null, newText: 'b'};
  const came = hear(prompt, tool({content: [diff]}), update({...whole('Written.'), status: 'completed'}));
  assert.deepEqual(came.said.at(0), {
    type: 'tool-began',
    ref: 't',
    name: 'tool',
    content: [{type: 'diff', path: '/a', before: null, after: 'b'}],
  });
  assert.deepEqual(came.said.at(-1), {type: 'tool-ended', ref: 't', outcome: 'completed', output: 'Written.'});
});

test('whole files in a diff are cut and say so', () => {
  const came = hear(prompt, tool({content: [{type: 'diff', path: '/a', newText: 'x'.repeat(100_000)}]}));
  const [began] = came.said;
  const [block] = (began?.type === 'tool-began' && began.content) || [];
  assert.ok(block?.type === 'diff' && block.after.length < 66_000 && block.after.endsWith('100000 characters in all]'));
});

test('the same id in another turn is another tool; an update of an earlier turn is dropped', () => {
  const began = hear(prompt, tool({}), done, prompt, update({status: 'completed'}));
  assert.deepEqual(types(began), ['tool-began', 'tool-ended', 'turn-ended']);
  const again = hear(prompt, tool({}), done, prompt, tool({}), update({status: 'completed'}));
  assert.deepEqual(types(again).slice(3), ['tool-began', 'tool-ended']);
});

test('a tool that is heard of only when it has failed begins and ends', () => {
  assert.deepEqual(types(hear(prompt, update({status: 'failed', title: 'rm'}))), ['tool-began', 'tool-ended']);
});

const permission = (options: readonly object[]): Heard => ({
  type: 'permission',
  ask: 'a',
  params: {toolCall: {toolCallId: 't', title: 'Write', rawInput: {command: 'rm -rf x'}}, options},
});
const yes = {optionId: 'y', name: 'Yes', kind: 'allow_once'};
const no = {optionId: 'n', name: 'No', kind: 'reject_once'};

test('an approval shows what would be run; ids of the agent do not leave; kinds that are not known count as the strongest', () => {
  const {said} = hear(prompt, permission([yes, {optionId: 'z', name: 'Whatever', kind: 'allow_for_a_day'}]));
  assert.deepEqual(said.at(-1), {
    type: 'approval',
    ask: 'a',
    ref: 't',
    title: 'Write',
    detail: 'rm -rf x',
    options: [
      {id: 'option-1', label: 'Yes', kind: 'allow'},
      {id: 'option-2', label: 'Whatever', kind: 'allow-always'},
    ],
  });
});

test('a tool that a person has rejected ends rejected, also when the agent is silent about it', () => {
  const answered = hear(prompt, permission([yes, no]), {type: 'chosen', ask: 'a', option: 'option-2'});
  assert.deepEqual(answered.replies, [
    {type: 'answer', ask: 'a', result: {outcome: {outcome: 'selected', optionId: 'n'}}},
  ]);
  const ended = hear(prompt, permission([yes, no]), {type: 'chosen', ask: 'a', option: 'option-2'}, done);
  assert.deepEqual(ended.said.at(-2), {type: 'tool-ended', ref: 't', outcome: 'rejected'});
});

test('an answer twice, to nobody, or with an option that was not offered, is no permission', () => {
  const twice = hear(
    prompt,
    permission([yes]),
    {type: 'chosen', ask: 'a', option: 'option-9'},
    {type: 'chosen', ask: 'a', option: 'option-1'},
    {type: 'chosen', ask: 'b', option: 'option-1'},
  );
  assert.deepEqual(twice.replies, [{type: 'answer', ask: 'a', result: {outcome: {outcome: 'cancelled'}}}]);
});

test('a stop: the cancel, then all that was open, and whatever the agent answers then is stopped', () => {
  const stopped = hear(prompt, permission([yes]), {type: 'stop'}, {type: 'permission', ask: 'b', params: {}});
  assert.deepEqual(
    stopped.replies.map((reply) => (reply.type === 'cancel' ? 'cancel' : reply.ask)),
    ['cancel', 'a', 'b'],
  );
  for (const last of [done, {type: 'refused', error: {code: -32603}} as const]) {
    const ended = hear(prompt, {type: 'stop'}, last);
    assert.deepEqual(ended.said, [{type: 'turn-ended', outcome: 'stopped'}]);
  }
});

test('who asks outside of a turn is not given permission, and it is told', () => {
  const {said, replies} = hear(permission([yes]));
  assert.deepEqual([types({said} as Came), replies.length], [['notice'], 1]);
});

test('a form: fields with ids of our own, and the answer with the agent’s', () => {
  const properties = {
    colour: {type: 'string', title: 'Colour', oneOf: [{const: 'r', title: 'Red'}]},
    some: {type: 'array', items: {type: 'string', enum: ['a', 'b']}},
    count: {type: 'integer', title: 'How many', description: 'at most 9'},
    sure: {type: 'boolean'},
  };
  const ask: Heard = {
    type: 'elicitation',
    ask: 'q',
    params: {mode: 'form', message: 'Well?', requestedSchema: {properties, required: ['colour']}},
  };
  const {said, replies} = hear(prompt, ask, {type: 'filled', ask: 'q', values: {'field-1': 'r', 'field-3': 2.6}});
  assert.deepEqual(said, [
    {
      type: 'question',
      ask: 'q',
      text: 'Well?',
      fields: [
        {id: 'field-1', label: 'Colour', required: true, type: 'choice', options: [{value: 'r', label: 'Red'}]},
        {
          id: 'field-2',
          label: 'some',
          type: 'choices',
          options: [
            {value: 'a', label: 'a'},
            {value: 'b', label: 'b'},
          ],
        },
        {id: 'field-3', label: 'How many: at most 9', type: 'number'},
        {id: 'field-4', label: 'sure', type: 'boolean'},
      ],
    },
  ]);
  assert.deepEqual(replies, [{type: 'answer', ask: 'q', result: {action: 'accept', content: {colour: 'r', count: 3}}}]);
  const page = hear(prompt, {type: 'elicitation', ask: 'q', params: {mode: 'url', message: 'Log in', url: 'http://x'}});
  assert.deepEqual(
    [types(page), page.replies],
    [['notice'], [{type: 'answer', ask: 'q', result: {action: 'decline'}}]],
  );
});

test('modes are an option, unless there is one for them; a change asks in the way that the option came', () => {
  const modes = {
    currentModeId: 'a',
    availableModes: [
      {id: 'a', name: 'A'},
      {id: 'b', name: 'B'},
    ],
  };
  const onlyModes = hear({type: 'opened', result: {modes}}, {sessionUpdate: 'current_mode_update', currentModeId: 'b'});
  const [, changed] = onlyModes.said;
  assert.ok(changed?.type === 'options' && changed.options.length === 1 && changed.options[0]?.value === 'b');
  assert.deepEqual(optionRequest(onlyModes.state.options, 'mode', 'a'), {
    method: 'session/set_mode',
    params: {modeId: 'a'},
  });
  const option = {id: 'm', name: 'Mode', category: 'mode', type: 'select', currentValue: 'a', options: [{value: 'a'}]};
  const groups = {...option, id: 'g', category: 'model', options: [{group: 'x', options: [{value: 'a', name: 'A'}]}]};
  const bool = {id: 'f', name: 'Fast', type: 'boolean', currentValue: true};
  const both = hear({type: 'opened', result: {modes, configOptions: [option, groups, bool, {id: 'broken'}, null]}});
  const [list] = both.said;
  assert.ok(list?.type === 'options');
  assert.deepEqual(
    list.options.map(({id, value, choices}) => [id, value, choices?.length]),
    [
      ['m', 'a', 1],
      ['g', 'a', 1],
      ['f', true, undefined],
    ],
  );
  assert.deepEqual(optionRequest(both.state.options, 'f', false), {
    method: 'session/set_config_option',
    params: {configId: 'f', value: false, type: 'boolean'},
  });
});

test('commands are told cut, at most 200, and once', () => {
  const many = Array.from({length: 500}, (_, i) => ({name: `/c${i}`, description: 'd'.repeat(900)}));
  const list = {sessionUpdate: 'available_commands_update', availableCommands: many};
  const {said} = hear(list, list);
  const [commands] = said;
  assert.ok(said.length === 1 && commands?.type === 'commands' && commands.commands.length === 200);
  assert.deepEqual(commands.commands[1], {name: 'c1', description: 'd'.repeat(200)});
});

test('reasons and errors', () => {
  const ended = (stopReason: string): unknown => hear(prompt, {type: 'answered', result: {stopReason}}).said[0];
  assert.deepEqual(ended('max_tokens'), {type: 'ending', reason: 'max-tokens'});
  assert.deepEqual(ended('refusal'), {type: 'ending', reason: 'refused'});
  assert.equal((ended('cancelled') as Said).type, 'notice');
  const failed = (error: object): unknown => hear(prompt, {type: 'refused', error}).said.at(-1);
  assert.deepEqual(failed({code: 429, message: '{"error":{"message":"slow down"}}'}), {
    type: 'turn-ended',
    outcome: 'failed',
    failure: {code: 'rate-limited', message: 'slow down'},
  });
  assert.deepEqual(failed({code: -32603, message: 'Internal error', data: {details: 'no key'}}), {
    type: 'turn-ended',
    outcome: 'failed',
    failure: {code: 'agent', message: 'no key'},
  });
});

test('what it costs is told in a currency, or not at all', () => {
  const told = (cost: unknown): readonly Said[] =>
    hear({type: 'update', update: {sessionUpdate: 'usage_update', used: 1, size: 10, cost}}).said;
  const usage = {type: 'usage', used: 1, size: 10} as const;
  assert.deepEqual(told({amount: 2, currency: 'EUR'}), [{...usage, cost: {amount: 2, currency: 'EUR'}}]);
  for (const odd of [{amount: 2, currency: '<b>'}, {amount: 2}, {currency: 'EUR'}, null, 'x'])
    assert.deepEqual(told(odd), [usage]);
});

test('anything at all is heard without a throw', () => {
  const strange = [
    null,
    7,
    '',
    [],
    {},
    {content: 3},
    {content: [null, {type: 'diff'}]},
    {toolCallId: 9},
    {entries: {}},
  ];
  const kinds = [
    'agent_message_chunk',
    'tool_call',
    'tool_call_update',
    'plan',
    'notice',
    'usage_update',
    'x',
    'toString',
  ];
  for (const odd of strange) {
    for (const sessionUpdate of kinds) hear(prompt, {...Object(odd), sessionUpdate} as {sessionUpdate: string}, done);
    hear(prompt, {type: 'update', update: odd}, {type: 'permission', ask: 'a', params: odd}, done);
    hear(prompt, {type: 'elicitation', ask: 'a', params: odd}, {type: 'answered', result: odd});
    hear({type: 'opened', result: odd}, prompt, {type: 'refused', error: odd});
    hear(prompt, {type: 'opened', result: {configOptions: odd, modes: odd}});
    hear(prompt, {type: 'permission', ask: 'a', params: {toolCall: odd, options: [odd, {optionId: 'x'}]}});
  }
});
