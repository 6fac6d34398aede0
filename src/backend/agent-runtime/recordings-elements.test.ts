import {expect, fixture, html, nextFrame, waitUntil} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import '../../define.ts';
import {loadMarkdown} from '../../elements/agent-chat/markdown-body.ts';
import {loadParts} from '../../markdown/view/later-parts.ts';
import type {SessionContext} from '../../elements/session-context/session-context.ts';
import {createAgentRuntime} from './agent-runtime.ts';
import {Player, randomFrom, type Person} from './player.ts';
import {readRecording} from './recording.ts';
import {expectedOf, RECORDINGS, type Expected} from './recordings.ts';

/** What a person reads in the end: the conversation of each session that something happened in, and the rows of the list. */
interface Read {
  readonly conversations: readonly (readonly string[])[];
  readonly rows: readonly string[];
}

const wordsOf = (node: Node): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Without what the buttons in it are called. */
function text(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const button of copy.querySelectorAll('button')) button.remove();
  return wordsOf(copy);
}

/** Opens the runs of tool calls. */
function unfold(context: SessionContext): void {
  const runs = context
    .querySelector('agent-chat')
    ?.shadowRoot?.querySelectorAll<HTMLElement>('[part~="tool-group"] [aria-expanded="false"]');
  for (const run of runs ?? []) run.click();
}

function conversation(context: SessionContext): readonly string[] {
  const chat = context.querySelector('agent-chat')?.shadowRoot;
  return [...(chat?.querySelectorAll('article, [part~="tool"], [role="note"]') ?? [])].map((each) => {
    const body = each.querySelector('[part~="message-body"]');
    return body ? `${each.getAttribute('aria-label')}: ${text(body)}` : wordsOf(each);
  });
}

function rows(context: SessionContext): readonly string[] {
  const list = context.querySelector('session-list')?.shadowRoot;
  const found = [...(list?.querySelectorAll('*') ?? [])].flatMap((each) => [
    ...(each.matches('[part~="row"]') ? [each] : []),
    ...(each.shadowRoot?.querySelectorAll('[part~="row"]') ?? []),
  ]);
  return found
    .map((row) => {
      const [title, status] = ['row-title', 'row-status'].map((part) => row.querySelector(`[part~="${part}"]`));
      return `${title ? wordsOf(title) : ''}: ${status ? wordsOf(status) : ''}`;
    })
    .sort();
}

/** A long thread comes in many steps, and each look is a step of its own. */
const PATIENT = {timeout: 10_000};

/** Rendering is over when nothing changes any more from one frame to the next. */
async function still(context: SessionContext, player: Player): Promise<void> {
  let before = '';
  await waitUntil(
    async () => {
      await player.finish();
      unfold(context);
      await nextFrame();
      const now = JSON.stringify([conversation(context), rows(context)]);
      const isStill = now === before;
      before = now;
      return isStill && context.store.connection.status === 'open';
    },
    '',
    PATIENT,
  );
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
      <session-list class="tall"></session-list>
      <agent-chat class="tall"></agent-chat>
    </session-context>
  `);
  await context.querySelector('agent-chat')?.updateComplete;
  const {store} = context;
  const started = new Map<number, string>();
  const look = (id: string): string => {
    context.selected ||= id;
    return id;
  };
  const person: Person = {
    start: (nth, words, agent) => {
      started.set(nth, look(store.start(words, agent ? {agent} : {}) ?? ''));
    },
    send: (_, session, words) => store.send(look(store.sessions.resolve(session)), words),
    stop: (_, session) => store.stop(session),
    stopStart: (_, start) => store.stop(started.get(start) ?? ''),
    delete: (_, session) => store.delete(session),
    pause: async () => {
      if (random && random() < 0.2) await nextFrame();
    },
  };
  await player.play(person);
  const ids = new Set([...started.values(), ...player.sessions.map((id) => store.sessions.resolve(id))]);
  const conversations: (readonly string[])[] = [];
  for (const id of ids) {
    context.selected = id;
    await still(context, player);
    conversations.push(conversation(context));
  }
  await still(context, player);
  const seen = {conversations: conversations.filter(({length}) => length > 0).sort(byText), rows: rows(context)};
  context.remove();
  return seen;
}

const byText = (a: readonly string[], b: readonly string[]): number => (a.join() < b.join() ? -1 : 1);

/** Letters and digits only, and no more than is expected to be there: the renderer may make tables of the rest. */
const plain = (words: string): string => words.replace(/[^a-z0-9]/gi, '').slice(0, 24);

/** What a line of a thread looks like in a conversation; undefined: it is no line there. */
function looks(line: string): string | undefined {
  const [, who = '', words = ''] = /^([^:]*?)(?:: ([\s\S]*))?$/.exec(line) ?? [];
  if (who === 'me' || who === 'you') return `You: ${words}`;
  if (who.startsWith('result of ')) return `Result of ${who.slice(10)}: ${words}`;
  if (who === 'agent') return `: ${words}`;
  const [, tool] = /^tool (?!completed$|failed$|cancelled$)(.*)$/.exec(who) ?? [];
  return tool ?? (who.startsWith('notice ') ? '' : undefined);
}

/** Line by line: who says it, and what it begins with. */
function assertRead(read: readonly string[], [, ...lines]: readonly string[]): void {
  const expected = lines.flatMap((line) => looks(line) ?? []);
  expect(read, lines.join('\n')).to.have.length(expected.length);
  expected.forEach((line, at) => {
    const seen = read[at] ?? '';
    const [, who = '', words = ''] = /^([^:]*): ([\s\S]*)$/.exec(line) ?? [];
    if (who) expect(seen.startsWith(`${who}: `), `${seen} is said by ${who}`).to.equal(true);
    else if (words) expect(seen).to.not.match(/^(?:You|Result)/);
    else expect(seen.startsWith(line), `${seen} is ${line}`).to.equal(true);
    if (words) expect(plain(seen.slice(seen.indexOf(': '))), lines.join('\n')).to.equal(plain(words));
  });
}

function assertConversations({conversations}: Read, {threads}: Expected): void {
  const left = [...conversations];
  for (const thread of threads) {
    const first = thread.flatMap((line) => looks(line) ?? [])[0];
    // A turn that nothing is known of but that it runs is a status, and no line.
    if (first === undefined) continue;
    const at = left.findIndex(([line = '']) => plain(line) === plain(first) || line.startsWith(first));
    expect(at, `${first} in ${JSON.stringify(left)}`).to.be.at.least(0);
    assertRead(left.splice(at, 1)[0] ?? [], thread);
  }
  // What came to nothing is there with its reason, and nothing else is.
  for (const [line = ''] of left) expect(line).to.match(/^You: /);
}

describe('recordings of the real agent-runtime, played to the elements', () => {
  // So tall that all of it is in sight.
  const tall = document.createElement('style');
  tall.textContent = '.tall { display: block; block-size: 30000px }';
  before(async () => {
    document.head.append(tall);
    await setViewport({width: 800, height: 8000});
    await Promise.all([loadMarkdown(), loadParts()]);
  });
  after(async () => {
    tall.remove();
    await setViewport({width: 800, height: 600});
  });

  for (const name of RECORDINGS) {
    it(`${name}: a person reads what was said, whatever the order and the gaps`, async () => {
      const read = await shown(name);
      assertConversations(read, await expectedOf(name));
      for (const seed of [1, 2]) expect(await shown(name, seed), `seed ${seed}`).to.deep.equal(read);
    }).timeout(30_000);
  }
});
