import type {Scene, Stage} from './stage.ts';
import {addSessions} from './sessions.ts';
import {DIFF, JSON_INPUT, JSON_OUTPUT, TERMINAL} from './texts.ts';

function begin(stage: Stage): void {
  addSessions(stage);
  stage.session({title: 'Confirmation mails that come twice'});
  stage.asks('Please repair it.');
}

const lines = (count: number): string =>
  Array.from(
    {length: count},
    (_, line) => `${String(line + 1).padStart(4)}  job ${7000 + line} claimed by worker-${line % 4} for 30 s`,
  ).join('\n');

export const toolScenes: Readonly<Record<string, Scene>> = {
  'tool-json'(stage) {
    begin(stage);
    stage.calls(
      {
        name: 'search',
        title: 'Search “claimed_until”',
        category: 'search',
        input: JSON_INPUT,
        locations: [{path: 'src/queue/claim.ts', line: 18}],
      },
      {outcome: 'completed', output: JSON_OUTPUT},
    );
  },
  'tool-diff'(stage) {
    begin(stage);
    stage.calls(
      {
        name: 'edit',
        title: 'Edit src/queue/worker.ts',
        category: 'edit',
        content: [{type: 'diff', ...DIFF}],
        locations: [{path: DIFF.path, line: 7}],
      },
      {outcome: 'completed'},
    );
    stage.calls(
      {
        name: 'write',
        title: 'Write docs/queue.md',
        category: 'edit',
        content: [
          {
            type: 'diff',
            path: 'docs/queue.md',
            before: null,
            after: '# The queue\n\nA claim lasts 30 seconds, and is extended by whoever works.\n',
          },
        ],
      },
      {outcome: 'rejected'},
    );
  },
  'tool-terminal'(stage) {
    begin(stage);
    stage.calls(
      {
        name: 'bash',
        title: 'npm test',
        category: 'execute',
        input: {command: 'npm test'},
        content: [{type: 'terminal', text: TERMINAL, exit: 1}],
      },
      {outcome: 'failed'},
    );
  },
  'tool-long-output'(stage) {
    begin(stage);
    stage.calls(
      {name: 'read', title: 'Read logs/queue.log', category: 'read', input: {path: 'logs/queue.log'}},
      {outcome: 'completed', output: lines(2000), truncated: 410_000},
    );
  },
  'tool-error'(stage) {
    begin(stage);
    stage.calls(
      {
        name: 'fetch',
        title: 'Fetch https://charts.example.com/night.json',
        category: 'fetch',
        input: {url: 'https://charts.example.com/night.json', headers: {accept: 'application/json'}},
      },
      {
        outcome: 'failed',
        error: 'The host did not answer within 30 seconds (ETIMEDOUT).\nTried 3 times.',
        output: 'HTTP/1.1 504 Gateway Timeout',
      },
    );
    stage.calls(
      {name: 'bash', title: 'sleep 100', category: 'execute', input: {command: 'sleep 100'}},
      {outcome: 'cancelled'},
    );
    stage.calls(
      {name: 'bash', title: 'npm run watch', category: 'execute', input: {command: 'npm run watch'}},
      {outcome: 'detached'},
    );
  },
  'tool-run'(stage) {
    begin(stage);
    for (let each = 1; each <= 14; each++) {
      stage.calls(
        {
          name: 'read',
          title: `Read src/workers/worker-${each}.ts`,
          category: 'read',
          input: {path: `src/workers/worker-${each}.ts`},
        },
        each === 9 ? {outcome: 'failed', error: 'There is no such file.'} : {outcome: 'completed', output: lines(4)},
      );
    }
    stage.calls({name: 'bash', title: 'npm test', category: 'execute', input: {command: 'npm test'}});
  },
  'tool-child'(stage) {
    begin(stage);
    stage.memory.put({
      id: 'c1',
      parent: 's',
      title: 'Look through the other three workers',
      status: 'running',
      agent: 'coder',
      cwd: '/srv/shop',
    });
    stage.memory.put({
      id: 'c2',
      parent: 's',
      title: 'Ask what the relay does with an id',
      status: 'waiting',
      agent: 'coder',
      cwd: '/srv/shop',
      unread: true,
    });
    stage.memory.put({
      id: 'c3',
      parent: 's',
      title: 'Write the notes for the team',
      status: 'finished',
      agent: 'writer',
      cwd: '/srv/shop',
    });
    for (const child of ['c1', 'c2', 'c3']) {
      const {title = child} = stage.memory.sessions.get(child) ?? {};
      stage.calls(
        {name: 'start_session', title: `Start: ${title}`, category: 'other', child, input: {text: title}},
        {outcome: 'completed'},
      );
    }
  },
};
