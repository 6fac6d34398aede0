// The sections of docs/agents.md, one an agent: from the facts of its preset, and from the run that `npm run agents -- test`
// has written down.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {register} from 'tsx/esm/api';

const root = join(import.meta.dirname, '..');

register();
const {presets} = await import('../demo/server/agents/acp/presets/presets.ts');

const cell = (text) => text.replace(/\s+/g, ' ').replace(/[|<>]/g, '\\$&').trim();
const list = (title, sentences) =>
  sentences.length > 0 ? `**${title}**\n\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}\n` : '';

/** What was seen when it was played through the page; nothing if nobody has yet. */
function seen(id) {
  const file = join(root, `docs/agents/${id}.json`);
  if (!existsSync(file)) return '';
  const {package: name, version, date, node, checks} = JSON.parse(readFileSync(file, 'utf8'));
  const image = `images/agents/${id}.png`;
  return [
    `**Played through the page** (\`${name}\` ${version}, ${date}, Node ${node.replace(/^v/, '')}; \`npm run agents -- test ${id}\`)\n`,
    '| check | | |',
    '|---|---|---|',
    ...checks.map(
      ({name, passed, note = ''}) => `| ${cell(name)} | ${passed ? 'passed' : '**failed**'} | ${cell(note)} |`,
    ),
    ...(existsSync(join(root, 'docs', image)) ? ['', `![A conversation of it in the page](${image})`] : []),
    '',
  ].join('\n');
}

function section({id, title, command, args, process = 'per-session', signIn, facts}) {
  const {package: name, version, node, megabytes, resident, startSeconds, set, advised, works, lacks} = facts;
  return [
    `### ${title}\n`,
    [
      '```sh',
      `npm install --global ${name}@${version}`,
      `npx agent-session-elements serve --agent ${id}`,
      '```\n',
    ].join('\n'),
    [
      `Runs \`${[command, ...args].join(' ')}\`, ${process === 'shared' ? 'one process for all sessions' : 'one process a session'}.`,
      `Measured: ${name} ${version}, ${megabytes} MB installed; ${resident[0]} MB of memory at first and ${resident[1]} MB after some turns;`,
      `${startSeconds[0]} s to start, ${startSeconds[1]} s on a busy machine.`,
      node ? `Node: ${node}.` : 'It brings all that it needs.',
      `${signIn}\n`,
    ].join('\n'),
    list('Set for it by this server', set),
    list('Better set by you', advised),
    list('What works', works),
    list('What to know', lacks),
    seen(id),
  ]
    .filter(Boolean)
    .join('\n');
}

export const agentSections = [...presets.values()].map(section).join('\n').trimEnd();
