import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {it} from 'node:test';

const root = join(import.meta.dirname, '..');
const tests = join(root, 'src/backend/agent-runtime');

const rows = Object.entries({S: 15, C: 26, W: 10, K: 10}).flatMap(([letter, count]) =>
  Array.from({length: count}, (_, index) => `${letter}${index + 1}`),
);

it('every race of the original has a test that names it, or a reason why there is none', () => {
  const titles = readdirSync(tests)
    .filter((file) => /^catalogue-.*\.test\.ts$/.test(file))
    .flatMap((file) => readFileSync(join(tests, file), 'utf8').match(/(?:it|describe)\(\s*['"`][^:]*:/g) ?? []);
  const reasons = readFileSync(join(root, 'docs/backends.md'), 'utf8').match(/^\| [SCWK]\d.*\|/gm) ?? [];
  const named = new Set([...titles, ...reasons.map((line) => line.split('|')[1] ?? '')].join(' ').match(/[SCWK]\d+/g));
  assert.deepEqual(
    rows.filter((row) => !named.has(row)),
    [],
  );
});
