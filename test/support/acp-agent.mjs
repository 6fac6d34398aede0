// An agent of the Agent Client Protocol, as a process, that does what the prompt says; see `words` below. What it has been told
// in a session it keeps in the folder ACP_TEST_STATE, and knows again after a restart.
//   --no-resume --no-load --no-close   has not that capability      --launcher   starts itself once more and only waits
//   --mute   answers nothing           --broken   ends at once      --deaf       obeys neither SIGTERM nor the end of its input
//   --late   starts half a second later
import {spawn} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable, Writable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';

const flags = new Set(process.argv.slice(2));
const state = process.env.ACP_TEST_STATE ?? '';

if (flags.has('--broken')) {
  console.error('\u001b[31mno model\u001b[0m was found');
  process.exit(7);
}
if (flags.has('--deaf')) {
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 1_000);
}
if (flags.has('--launcher')) {
  const rest = process.argv.slice(1).filter((argument) => argument !== '--launcher');
  spawn(process.execPath, rest, {stdio: 'inherit'}).on('exit', (code) => process.exit(code ?? 1));
} else if (flags.has('--mute')) {
  process.stdin.resume();
} else {
  if (flags.has('--late')) await sleep(500);
  await serve();
}

async function serve() {
  const {agent, ndJsonStream, RequestError} = await import('@agentclientprotocol/sdk');
  const sessions = new Map();
  const file = (id) => join(state, `${id}.json`);
  const remember = (id) => writeFileSync(file(id), JSON.stringify(sessions.get(id).told));
  let made = 0;

  const options = (session) => [
    {
      id: 'effort',
      name: 'Effort',
      category: 'thought_level',
      type: 'select',
      currentValue: session.effort,
      options: ['low', 'high', 'refused'].map((value) => ({value, name: value})),
    },
  ];
  const opened = (id) => ({sessionId: id, configOptions: options(sessions.get(id))});
  const open = (id, cwd, told) => {
    sessions.set(id, {told, cwd, effort: 'low', cancelled: undefined, cancel: () => undefined});
    return opened(id);
  };
  const known = ({sessionId: id, cwd}) => {
    if (!existsSync(file(id))) throw new RequestError(-32002, 'Resource not found');
    return open(id, cwd, JSON.parse(readFileSync(file(id), 'utf8')));
  };

  const app = agent({name: 'scripted'})
    .onRequest('initialize', () => ({
      protocolVersion: 1,
      agentCapabilities: {
        loadSession: !flags.has('--no-load'),
        sessionCapabilities: {
          ...(!flags.has('--no-resume') && {resume: {}}),
          ...(!flags.has('--no-close') && {close: {}}),
        },
      },
      agentInfo: {name: 'scripted', version: '1'},
    }))
    .onRequest('session/new', ({params}) => {
      const id = `s${process.pid}-${(made += 1)}`;
      const result = open(id, params.cwd, []);
      remember(id);
      return result;
    })
    .onRequest('session/resume', ({params}) => known(params))
    .onRequest('session/load', async ({params, client}) => {
      const result = known(params);
      for (const text of sessions.get(params.sessionId).told) {
        const update = (kind) => ({sessionUpdate: kind, content: {type: 'text', text: `replayed ${text}`}});
        await client.notify('session/update', {sessionId: params.sessionId, update: update('user_message_chunk')});
        await client.notify('session/update', {sessionId: params.sessionId, update: update('agent_message_chunk')});
      }
      return result;
    })
    .onRequest('session/close', ({params}) => {
      sessions.delete(params.sessionId);
      return {};
    })
    .onRequest('session/set_config_option', ({params}) => {
      if (params.value === 'refused') throw new RequestError(-32602, 'Invalid params', {details: 'not on this plan'});
      const session = sessions.get(params.sessionId);
      session.effort = params.value;
      return {configOptions: options(session)};
    })
    .onNotification('session/cancel', ({params}) => sessions.get(params.sessionId)?.cancel())
    .onRequest('session/prompt', async ({params, client}) => {
      const session = sessions.get(params.sessionId);
      if (!session) throw new RequestError(-32002, 'Resource not found');
      const text = params.prompt.map((block) => block.text ?? '').join('\n');
      session.told.push(text);
      remember(params.sessionId);
      let over = false;
      const isOver = () => over;
      const cancelled = new Promise((resolve) => (session.cancel = () => resolve('cancelled')));
      void cancelled.then(() => (over = true));
      const update = (fields) => client.notify('session/update', {sessionId: params.sessionId, update: fields});
      const say = (words, more) =>
        update({sessionUpdate: 'agent_message_chunk', content: {type: 'text', text: words}, ...more});
      let stopReason = 'end_turn';
      for (const line of text.split('\n')) {
        const [word, rest = ''] = [line.split(' ')[0], line.slice(line.indexOf(' ') + 1)];
        const run = words[word] ?? (() => say(line));
        const task = run({rest, say, update, client, session, id: params.sessionId, isOver, RequestError});
        const how = await (/^\/?deaf$/.test(word) ? task : Promise.race([task, cancelled]));
        if (how === 'cancelled') {
          stopReason = 'cancelled';
          break;
        }
      }
      return {stopReason, usage: {inputTokens: 10, outputTokens: 20, totalTokens: 30}};
    });
  app.connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));
  if (!flags.has('--deaf')) process.stdin.on('end', () => process.exit(0));
}

const tool = (fields) => ({sessionUpdate: 'tool_call', toolCallId: 't1', ...fields});
const changed = (fields) => ({sessionUpdate: 'tool_call_update', toolCallId: 't1', ...fields});
const output = (text) => ({content: [{type: 'content', content: {type: 'text', text}}]});
const never = () => new Promise(() => undefined);

const ask = (client, sessionId, toolCall, ...names) =>
  client.request('session/request_permission', {
    sessionId,
    toolCall,
    options: names.map((name, i) => ({optionId: `o${i}`, name, kind: i === 0 ? 'allow_once' : 'reject_once'})),
  });

/** What a line of a prompt can begin with; any other line is said again. Those with a stroke the built-in agent knows too. */
const words = {
  async '/echo'({say, rest}) {
    await say(rest);
  },
  /** So many words, so many a second. */
  async '/stream'({say, rest, isOver}) {
    const [count, rate] = rest.split(' ').map(Number);
    const began = performance.now();
    for (let i = 1; i <= count; i += 1) {
      const early = (i * 1_000) / rate - (performance.now() - began);
      if (early > 0) await sleep(early);
      if (isOver()) return;
      await say(`${i > 1 ? ' ' : ''}w${i}`);
    }
  },
  async '/wait'({say, rest, isOver}) {
    await say('Waiting. ');
    await sleep(Number(rest) * 1_000);
    if (!isOver()) await say('Waited.');
  },
  async '/deaf'({rest}) {
    await sleep(Number(rest) * 1_000);
  },
  async '/ask'({client, id, say, rest}) {
    const {outcome} = await ask(client, id, {toolCallId: 'a1', title: rest, kind: 'other'}, 'Allow', 'Reject');
    if (outcome.outcome === 'selected') await say(outcome.optionId === 'o0' ? 'Allowed.' : 'Rejected.');
  },
  '/own': (turn) => words.own(turn),
  async plan({update, say}) {
    const steps = ['Read', 'Write', 'Check'];
    for (let done = 0; done <= steps.length; done += 1) {
      const status = (i) => (i < done ? 'completed' : i === done ? 'in_progress' : 'pending');
      await update({
        sessionUpdate: 'plan',
        entries: steps.map((content, i) => ({content, priority: 'medium', status: status(i)})),
      });
    }
    await say('All done.');
  },
  async usage({update, rest}) {
    const [used, size] = rest.split(' ').map(Number);
    await update({sessionUpdate: 'usage_update', used, size});
  },
  /** Everything that a page shows of an agent, with markup, scripts and addresses in it; they lead to the address that follows. */
  async hostile({update, client, id, say, rest}) {
    const evil = `<img src="${rest}/img" onerror="window.hit=1"><script>window.hit=1</script>`;
    const links = `[run](javascript:window.hit=1) ![seen](${rest}/seen) <iframe src="${rest}/frame"></iframe> ${evil}`;
    const terminal = `\u001b[31mred\u001b[0m \u001b]8;;javascript:window.hit=1\u0007link\u001b]8;;\u0007 \u202Eevil\u202C ${evil}`;
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="window.hit=1">${evil}</svg>`).toString(
      'base64',
    );
    const content = [
      {type: 'diff', path: `${evil}/../a.ts`, oldText: evil, newText: `${evil}\n${terminal}`},
      {type: 'content', content: {type: 'text', text: terminal}},
      {type: 'content', content: {type: 'image', mimeType: 'image/svg+xml', data: svg}},
      {type: 'content', content: {type: 'image', mimeType: evil, data: evil, uri: `${rest}/image`}},
      {type: 'content', content: {type: 'resource_link', uri: 'javascript:window.hit=1', name: evil, title: evil}},
    ];
    const locations = [
      {path: `${rest}/location`},
      {path: 'file:///etc/passwd', line: 1},
      {path: 'javascript:window.hit=1'},
    ];
    await update({sessionUpdate: 'session_info_update', title: evil});
    await update({sessionUpdate: 'usage_update', used: 1, size: 10, cost: {amount: 1, currency: evil}});
    await update({sessionUpdate: 'plan', entries: [{content: evil, status: 'pending', priority: 'high'}]});
    await update({sessionUpdate: 'available_commands_update', availableCommands: [{name: evil, description: evil}]});
    const choice = {value: evil, name: evil, description: evil};
    const option = {id: evil, name: evil, type: 'select', currentValue: evil, options: [choice]};
    await update({sessionUpdate: 'config_option_update', configOptions: [option]});
    await update({sessionUpdate: 'notice', severity: 'error', title: evil, description: links});
    await update(tool({toolCallId: evil, title: evil, kind: 'execute', rawInput: {command: evil}, locations, content}));
    await update({sessionUpdate: 'agent_thought_chunk', content: {type: 'text', text: links}});
    await say(`${links} `);
    await say('', {content: {type: 'image', mimeType: evil, data: evil, uri: `${rest}/chunk`}});
    await say('', {content: {type: 'resource_link', uri: 'javascript:window.hit=1', name: evil}});
    await client.request('session/request_permission', {
      sessionId: id,
      toolCall: {toolCallId: 'h2', title: evil, kind: 'edit', content, locations, rawInput: {command: terminal}},
      options: [
        {optionId: evil, name: 'Always allow commands that start with rm', kind: 'allow_always'},
        {optionId: 'no', name: `No ${evil}`, kind: 'reject_once'},
      ],
    });
    const property = {type: 'string', title: 'Password', description: evil};
    await client.request('elicitation/create', {
      mode: 'form',
      sessionId: id,
      message: links,
      requestedSchema: {
        type: 'object',
        properties: {[evil]: property, which: {type: 'string', oneOf: [{const: evil, title: evil}]}},
      },
    });
    await say('All of it was said.');
  },
  /** Says it when the turn is over. */
  notice({say, rest}) {
    void sleep(1).then(() => say(`By the way: ${rest}`));
  },
  wait: never,
  /** Goes on whatever it is told. */
  deaf: never,
  async recall({say, session}) {
    await say(`told ${session.told.length} times`);
  },
  async environment({say}) {
    await say(JSON.stringify(process.env));
  },
  async where({say, session}) {
    await say(session.cwd);
  },
  async crash({say, rest}) {
    await say('before the end ');
    console.error(`cannot go on: ${rest}`);
    process.exit(3);
  },
  async refuse({RequestError}) {
    throw new RequestError(-32000, 'Authentication required');
  },
  /** So many characters in pieces of 2 KB, as fast as they go. */
  async flood({say, rest}) {
    for (let left = Number(rest); left > 0; left -= 2_000) await say('x'.repeat(Math.min(left, 2_000)));
  },
  /** So many updates of a few bytes. */
  async chatter({say, rest}) {
    for (let i = 0; i < Number(rest); i += 1) await say('.');
  },
  /** One line of so many bytes. */
  async line({say, rest}) {
    await say('x'.repeat(Number(rest)));
  },
  async commands({update, rest}) {
    const availableCommands = Array.from({length: Number(rest)}, (_, i) => ({
      name: `command-${i}`,
      description: 'd'.repeat(500),
    }));
    await update({sessionUpdate: 'available_commands_update', availableCommands});
  },
  /** A command with output and a child of its own, in a group of its own, that does not end by itself. */
  async command({update}) {
    await update(tool({title: 'run', kind: 'execute', status: 'pending'}));
    spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], {detached: true, stdio: 'ignore'});
    await update(changed(output('one\n')));
    await update(changed(output('one\ntwo\n')));
    return never();
  },
  /** Starts a process that does not end by itself. */
  async child({say}) {
    spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], {detached: true, stdio: 'ignore'});
    await say('started ');
  },
  async edit({update, client, id, say, isOver}) {
    const content = [{type: 'diff', path: '/project/a.txt', oldText: 'a', newText: 'b'}];
    const {outcome} = await client.request('session/request_permission', {
      sessionId: id,
      toolCall: {toolCallId: 't1', title: 'Edit a.txt', kind: 'edit', content},
      options: [
        {optionId: 'always', name: 'Always', kind: 'allow_always'},
        {optionId: 'once', name: 'Once', kind: 'allow_once'},
        {optionId: 'no', name: 'No', kind: 'reject_once'},
      ],
    });
    if (isOver()) return;
    await say(`answered ${outcome.optionId ?? outcome.outcome}`);
    if (outcome.optionId === 'once') await update(changed({status: 'completed'}));
  },
  /** After this turn it begins one of its own, and does the rest of the line in it; `silently` never says that it is over. */
  own({rest, ...turn}) {
    const [first, ...others] = rest.split(' ');
    const silent = first === 'silently';
    const [word, ...more] = silent ? others : [first, ...others];
    const tell = (method) => turn.client.notify(method, {sessionId: turn.id});
    void sleep(1).then(async () => {
      await tell('_qwencode/start_turn');
      let over = false;
      const cancelled = new Promise((resolve) => (turn.session.cancel = () => resolve('cancelled')));
      void cancelled.then(() => (over = true));
      const line = [word, ...more].join(' ');
      await Promise.race([
        words[word]?.({...turn, isOver: () => over, rest: more.join(' ')}) ?? turn.say(line),
        cancelled,
      ]);
      if (!silent) await tell('_qwencode/end_turn');
    });
  },
  async question({client, id, say, isOver}) {
    const answer = await client.request('elicitation/create', {
      mode: 'form',
      sessionId: id,
      message: 'Which?',
      requestedSchema: {type: 'object', properties: {which: {type: 'string', title: 'Which'}}, required: ['which']},
    });
    if (!isOver()) await say(`answered ${JSON.stringify(answer)}`);
  },
  /** A tool that is never ended. */
  async leave({update}) {
    await update(tool({title: 'left open', status: 'in_progress'}));
  },
  /** Says what no schema allows, and what is none of its business. */
  async lie({update, client, say}) {
    process.stdout.write('this is no JSON\n[1,2]\n"text"\n{"jsonrpc":"2.0","id":999,"result":{}}\n{"jsonrpc":"2.0"}\n');
    await update({sessionUpdate: 'made_up', content: 'x'});
    await update(tool({title: 7, kind: 'dance', status: 'maybe', locations: 'nowhere', content: [{type: 'odd'}]}));
    await update({sessionUpdate: 'agent_message_chunk', content: {type: 'hologram'}});
    await update({sessionUpdate: 'plan', entries: [{content: 'a step', status: 'someday'}, null]});
    await client.notify('session/update', {sessionId: 'nobody', update: {sessionUpdate: 'agent_message_chunk'}});
    const unknown = await client.request('made/up', {}).catch((error) => error.code);
    const file = await client.request('fs/read_text_file', {path: '/etc/passwd'}).catch((error) => error.code);
    await say(`refused ${unknown} ${file}`);
  },
};
