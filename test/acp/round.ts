import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {ThreadEvent} from '../../src/model/events.ts';
import {Luck} from '../fuzz/luck.ts';
import {RawPage, type Frame, type Scope} from '../server/page.ts';
import {folder, startServer, type ServerProcess} from '../server/process.ts';
import {withVariable} from './rig.ts';

const script = join(import.meta.dirname, '../support/acp-agent.mjs');

/** What an agent is in the middle of: what it was told, and what a page has seen by then. */
const MIDST = {
  text: {prompt: 'hello\nwait', streams: 'message'},
  tool: {prompt: 'command', streams: 'tool-output'},
  approval: {prompt: 'edit', stored: 'approval-asked'},
  question: {prompt: 'question', stored: 'question-asked'},
  // 540 KB in pieces, a line of almost 4 MiB, 555 KB of commands.
  much: {prompt: 'flood 540000\nline 4100000\ncommands 1050\nleave\nwait', stored: 'tool-began'},
} as const satisfies Record<string, {prompt: string; streams?: string; stored?: ThreadEvent['kind']}>;

const FAULTS = ['kill agent', 'kill launcher', 'kill server', 'stop', 'delete'] as const;
const FLAGS = [[], ['--deaf'], ['--no-resume'], ['--no-close']] as const;

type Midst = keyof typeof MIDST;

export interface Story {
  readonly process: 'per-session' | 'shared';
  readonly flags: readonly string[];
  /** Of each session, what it is in the middle of. */
  readonly midst: readonly [Midst, Midst];
  /** What happens then: to the first session, to its process or to the server. */
  readonly fault: (typeof FAULTS)[number];
}

/** The faults and what they hit come in turn, so that a few rounds have all of them; the rest is chance. */
export function storyOf(seed: number): Story {
  const luck = new Luck(seed);
  const all = Object.keys(MIDST) as Midst[];
  const fault = FAULTS[seed % FAULTS.length] ?? 'stop';
  const first = all[Math.floor(seed / FAULTS.length) % all.length] ?? 'text';
  return {
    fault,
    process: luck.pick(['per-session', 'shared']),
    flags: [...(fault === 'kill launcher' ? ['--launcher'] : []), ...luck.pick(FLAGS)],
    midst: [first, luck.pick(all)],
  };
}

/** One story with a real server and real processes; throws if anything of it is not as it should be. */
export async function playRound(story: Story, scope: Scope): Promise<void> {
  const run = `ACP_TEST_RUN=${randomUUID()}`;
  // A round that fails leaves nothing either.
  scope.after(async () => {
    for (const pid of await withVariable(run)) process.kill(pid, 'SIGKILL');
  });
  const data = folder(scope);
  const file = join(data, 'agents.json');
  const agent = {
    id: 'scripted',
    command: process.execPath,
    args: [script, ...story.flags],
    env: {ACP_TEST_STATE: data, ACP_TEST_RUN: run.slice(run.indexOf('=') + 1)},
    process: story.process,
  };
  writeFileSync(file, JSON.stringify({agents: [agent]}));
  const start = (): Promise<ServerProcess> =>
    startServer(scope, ['--data', data, '--workspace', folder(scope, 'workspace'), '--agents', file]);

  let server = await start();
  let page = await RawPage.open(scope, server.url);
  const sessions: string[] = [];
  const owners: number[][] = [];
  for (const midst of story.midst) {
    const wanted = MIDST[midst];
    const before = await withVariable(run);
    const session = await page.start(wanted.prompt);
    await ('stored' in wanted ? page.event(session, wanted.stored) : streams(page, session, wanted.streams));
    sessions.push(session);
    owners.push((await withVariable(run)).filter((pid) => !before.includes(pid)));
  }
  const [hit = '', other = ''] = sessions;
  const gone = story.fault === 'delete' ? [hit] : [];

  if (story.fault === 'kill agent' || story.fault === 'kill launcher') {
    await killOne(owners[0] ?? [], server, story.fault === 'kill launcher');
    await page.turnsEnded(hit);
    assert.deepEqual(outcomes(page.events(hit)), ['failed agent-exited']);
    if (story.process === 'shared') await page.turnsEnded(other);
    assert.equal(outcomes(page.events(other)).length, story.process === 'shared' ? 1 : 0);
  } else if (story.fault === 'kill server') {
    await server.kill('SIGKILL');
    server = await start();
    page = await RawPage.open(scope, server.url, {channels: sessions.map((id) => ({channel: `session:${id}`}))});
    await Promise.all(sessions.map((id) => page.turnsEnded(id)));
    for (const id of sessions) assert.deepEqual(outcomes(page.events(id)), ['failed server-restarted']);
  } else if (story.fault === 'delete') {
    assert.equal((await page.command('delete', hit)).type, 'ack');
  }
  // Whatever is not over by then is stopped.
  for (const id of sessions.filter((each) => !gone.includes(each))) {
    if (outcomes(page.events(id)).length === 0) {
      assert.equal((await page.command('stop', id, {turn: turnOf(page.events(id))})).type, 'ack');
      await page.turnsEnded(id);
      assert.match(outcomes(page.events(id))[0] ?? '', /^stopped|^failed agent-exited/);
    }
    assert.equal((await page.command('send', id, {text: 'recall'})).type, 'ack');
    const events = await page.turnsEnded(id, 2);
    assert.equal(outcomes(events)[1], 'finished');
    assert.equal(saidLast(events), 'told 2 times');
    closesAll(events);
  }
  const {code, stderr} = await server.kill('SIGTERM');
  assert.equal(code, 0);
  assert.doesNotMatch(stderr, /"crashed"|agent-cleanup|agent-close|left-behind/);
  assert.deepEqual(await withVariable(run), [], 'processes are left');
}

const streams = (page: RawPage, session: string, what: string): Promise<Frame> =>
  page.until(
    ({type, kind, channel}) =>
      channel === `session:${session}` && kind === what && (type === 'delta' || type === 'partial'),
  );

/** Of those that came with a session: the one that the server has started itself. */
async function killOne(pids: readonly number[], server: ServerProcess, isLauncher: boolean): Promise<void> {
  const parents = await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const));
  const [launcher] = parents.filter(([, parent]) => !pids.includes(parent)).map(([pid]) => pid);
  const inner = parents.find(([, parent]) => parent === launcher)?.[0];
  const pid = isLauncher ? launcher : (launcher ?? inner);
  assert.ok(pid !== undefined, `one of ${pids.join()} is the agent of ${server.port}`);
  process.kill(pid, 'SIGKILL');
}

async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

const outcomes = (events: readonly ThreadEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'turn-ended' ? [event.error ? `${event.outcome} ${event.error.code}` : event.outcome] : [],
  );

const turnOf = (events: readonly ThreadEvent[]): string | undefined =>
  events.findLast((event) => event.kind === 'turn-began')?.turn;

const saidLast = (events: readonly ThreadEvent[]): string | undefined =>
  events.flatMap((event) => (event.kind === 'message' && event.role === 'agent' ? [event.text] : [])).at(-1);

/** What has begun has ended, once. */
function closesAll(events: readonly ThreadEvent[]): void {
  const ids = (kind: ThreadEvent['kind']): string[] =>
    events.flatMap((event) => (event.kind === kind && 'id' in event ? [String(event.id)] : [])).sort();
  assert.deepEqual(ids('tool-ended'), ids('tool-began'));
  assert.deepEqual(ids('approval-answered'), ids('approval-asked'));
  assert.deepEqual(ids('question-answered'), ids('question-asked'));
}
