// Writes the tables of the elements from the manifest into README.md and docs/elements.md, and what is known of agents into
// docs/agents.md.
//   node scripts/docs.mjs --check   only says whether they are up to date
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {agentSections} from './agent-docs.mjs';

const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'dist/custom-elements.json'), 'utf8'));

const order = [
  'session-context',
  'session-list',
  'agent-chat',
  'session-events',
  'session-notices',
  'connection-status',
  'session-inspector',
];
const elements = manifest.modules
  .flatMap(({declarations = []}) => declarations)
  .filter(({tagName}) => order.includes(tagName))
  .sort((a, b) => order.indexOf(a.tagName) - order.indexOf(b.tagName));
if (elements.length !== order.length)
  throw new Error(`the manifest has ${elements.length} of ${order.length} elements`);

const cell = (text = '') => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();
const code = (text) => (text ? `\`${cell(text)}\`` : '');
const firstSentence = (text = '') => cell(text).split(/(?<=\.)\s/)[0];
const table = (head, rows) =>
  rows.length
    ? [
        '',
        `| ${head.join(' | ')} |`,
        `|${'---|'.repeat(head.length)}`,
        ...rows.map((row) => `| ${row.join(' | ')} |`),
        '',
      ].join('\n')
    : '';

const overview = table(
  ['element', 'what it is'],
  elements.map(({tagName, description}) => [
    `[\`<${tagName}>\`](docs/elements.md#${tagName})`,
    firstSentence(description),
  ]),
);

const section = ({tagName, description, members = [], events = [], slots = [], cssParts = [], cssProperties = []}) => {
  const isPublic = ({privacy, name, inheritedFrom}) =>
    privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#') && !inheritedFrom;
  const fields = members.filter(
    (member) => member.kind === 'field' && !member.static && isPublic(member) && member.description,
  );
  const methods = members.filter((member) => member.kind === 'method' && isPublic(member) && member.description);
  return [
    `## ${tagName}\n\n${(description ?? '').trim()}\n`,
    table(
      ['property', 'attribute', 'type', 'default', ''],
      fields.map((field) => [
        code(field.name),
        code(field.attribute),
        code(field.type?.text),
        code(field.default),
        cell(field.description),
      ]),
    ),
    table(
      ['method', ''],
      methods.map((method) => [code(`${method.name}()`), cell(method.description)]),
    ),
    table(
      ['event', 'type', ''],
      events.map((event) => [code(event.name), code(event.type?.text), cell(event.description)]),
    ),
    table(
      ['slot', ''],
      slots.map((slot) => [slot.name ? code(slot.name) : '(default)', cell(slot.description)]),
    ),
    table(
      ['part', ''],
      cssParts.map((part) => [code(part.name), cell(part.description)]),
    ),
    table(
      ['custom property', ''],
      cssProperties.map((property) => [code(property.name), cell(property.description)]),
    ),
  ]
    .filter(Boolean)
    .join('\n');
};

const page = `# Elements

Generated from the manifest (\`npm run docs\`); what is documented in the sources stands here.

${elements.map(section).join('\n')}`.replace(/\n{3,}/g, '\n\n');

/** The file with what stands between its markers made anew. */
const between = (file, marker, text) =>
  readFileSync(join(root, file), 'utf8').replace(
    new RegExp(`(<!-- ${marker} -->)[^]*(<!-- /${marker} -->)`),
    // A function: nothing in the text is a reference to a group.
    (_, begin, end) => `${begin}\n${text}\n${end}`,
  );
const files = {
  'README.md': between('README.md', 'elements', overview),
  'docs/elements.md': `${page.trimEnd()}\n`,
  'docs/agents.md': between('docs/agents.md', 'agents', `\n${agentSections}\n`),
};

const stale = Object.entries(files).filter(([file, text]) => {
  try {
    return readFileSync(join(root, file), 'utf8') !== text;
  } catch {
    return true;
  }
});
if (process.argv.includes('--check')) {
  if (stale.length) {
    console.error(
      `${stale.map(([file]) => file).join(', ')}: not as the manifest and the presets have it. Run: npm run docs`,
    );
    process.exitCode = 1;
  }
} else for (const [file, text] of stale) writeFileSync(join(root, file), text);
