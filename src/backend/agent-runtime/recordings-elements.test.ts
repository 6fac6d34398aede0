import {expect, fixture, html, nextFrame, waitUntil} from '@open-wc/testing';
import '../../define.ts';
import type {SessionContext} from '../../elements/session-context/session-context.ts';
import {createAgentRuntime} from './agent-runtime.ts';
import {Player, randomFrom, readRecording, type Person} from './player.ts';

/** What a person reads in the end: the messages and tools of the conversation, and the rows of the list. */
interface Read {
  readonly conversation: readonly string[];
  readonly rows: readonly string[];
}

const text = (node: Node): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();

function read(context: SessionContext): Read {
  const chat = context.querySelector('agent-chat')?.shadowRoot;
  const list = context.querySelector('session-list')?.shadowRoot;
  const entries = [...(chat?.querySelectorAll('article, [part~="tool"], [role="note"]') ?? [])];
  const rows = [...(list?.querySelectorAll('*') ?? [])].flatMap((each) => [
    ...(each.matches('[part~="row"]') ? [each] : []),
    ...(each.shadowRoot?.querySelectorAll('[part~="row"]') ?? []),
  ]);
  return {
    conversation: entries.map((each) => {
      const body = each.querySelector('[part~="message-body"]');
      return body ? `${each.getAttribute('aria-label')}: ${text(body)}` : text(each);
    }),
    rows: rows
      .map((row) => {
        const [title, status] = ['row-title', 'row-status'].map((part) => row.querySelector(`[part~="${part}"]`));
        return `${title ? text(title) : ''}: ${status ? text(status) : ''}`;
      })
      .sort(),
  };
}

/** Plays a recording to real elements, where a person acts who looks at the session that the recording is about. */
async function shown(name: string, seed?: number): Promise<Read> {
  const random = seed === undefined ? undefined : randomFrom(seed);
  const player = new Player(await readRecording(name), random);
  const context = await fixture<SessionContext>(html`
    <session-context
      persist="none"
      url="http://runtime.test:8765"
      .backend=${(options: Parameters<typeof createAgentRuntime>[0]) =>
        createAgentRuntime({...options, environment: player.world})}
    >
      <session-list></session-list>
      <agent-chat></agent-chat>
    </session-context>
  `);
  const {store} = context;
  let first: string | undefined;
  const look = (id: string): string => {
    first ??= id;
    context.selected = first;
    return id;
  };
  const person: Person = {
    start: (_, words, agent) => look(store.start(words, agent ? {agent} : {}) ?? ''),
    send: (_, session, words) => store.send(look(store.sessions.resolve(session)), words),
    stop: (_, session) => store.stop(session),
    delete: (_, session) => store.delete(session),
    pause: async () => {
      if (random && random() < 0.2) await nextFrame();
    },
  };
  await player.play(person);
  await player.finish();
  // Rendering is over when nothing changes any more from one frame to the next.
  let before = '';
  await waitUntil(async () => {
    await nextFrame();
    const now = JSON.stringify(read(context));
    const isStill = now === before;
    before = now;
    return isStill && store.connection.status === 'open';
  });
  const seen = read(context);
  context.remove();
  return seen;
}

describe('recordings of the real agent-runtime, played to the elements', () => {
  for (const [name, ...expected] of [
    ['c02-start-with-agent-system-prompt', 'You: What is 1+1?', 'researcher: Reply to: What is 1+1?'],
    ['c03-resume-claude-executor', 'You: And 2+2?', 'researcher: Reply to: And 2+2?'],
    ['c06-resume-after-stop', 'You: go on', 'Generic Agent: Reply to: go on'],
    ['t01-start-basic.test-executor', 'You: Hello, this is a test message', /Received: Hello/],
    ['c04-tool-calls', /^You: Read two files/, /^Read/, /^Read/, /^Bash/, /^Bash/, /^Generic Agent: (?:# )?Result/],
    ['c05-stop-running', /^You: Long work/, /^Bash/],
    [
      'c07-stop-resumed-running.BUG-already-finished',
      /^You: Long resume /,
      /: finished although/,
      /^You: Long resume 2/,
    ],
    ['c09-executor-crash-session-stays-running', /^You: please crash/, /^Read/],
    [
      'c11-child-callback-idle-parent',
      /^You: Start a child/,
      /^mcp__/,
      'Generic Agent: Child started, I will be called back.',
      'Result of child-1: 6',
      /^Generic Agent: Reply to: The child/,
    ],
    [
      'c12-child-callbacks-busy-parent-aggregated',
      /^You: Spawn two/,
      /^mcp__/,
      /^mcp__/,
      'Generic Agent: Parent turn 1 done',
      'Result of busy-child-1: Done A',
      'Result of busy-child-2: Done B',
      /^Generic Agent: Reply to: Multiple/,
    ],
    [
      'c14-user-resume-races-with-callback-resume',
      /^You: Spawn/,
      /^mcp__/,
      'Generic Agent: spawned',
      /^You: user question/,
      'Result of race-child: race result',
      /unknown/,
      /^Generic Agent: Reply to: The child/,
      'Generic Agent: answer to the user question',
    ],
    ['d06-server-restart-mid-run', /^You: w/],
  ] as const) {
    it(`${name}: a person reads what was said, whatever the order and the gaps`, async () => {
      const {conversation, rows} = await shown(name);
      expect(conversation).to.have.length(expected.length);
      expected.forEach((line, at) => {
        if (typeof line === 'string') expect(conversation[at]).to.equal(line);
        else expect(conversation[at]).to.match(line);
      });
      for (const seed of [1, 2, 3, 4, 5]) {
        expect(await shown(name, seed), `seed ${seed}`).to.deep.equal({conversation, rows});
      }
    }).timeout(30_000);
  }
});
