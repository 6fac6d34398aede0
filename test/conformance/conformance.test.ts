import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {rules, ruleIds} from '../../src/conformance/rules.ts';
import {checkInProcess} from './in-process.ts';
import {mistakes} from './mistakes.ts';

test('every rule quotes the protocol word for word', () => {
  const file = join(import.meta.dirname, '../../docs/protocol.md');
  const text = readFileSync(file, 'utf8').replace(/\s+/g, ' ');
  for (const id of ruleIds) assert.ok(text.includes(rules[id].sentence), `${id}: ${rules[id].sentence}`);
});

test('the server of the demo breaks none of the rules, and all of them were looked at', async () => {
  const {verdicts, passed, broken, advice, notChecked} = await checkInProcess({});
  const others = verdicts.filter(({outcome}) => outcome !== 'passed');
  assert.deepEqual(others, []);
  assert.deepEqual([passed, broken, advice, notChecked], [ruleIds.length, 0, 0, 0]);
});

test('what needs an agent or a token is not checked without a script and tokens, and says why', async () => {
  const report = await checkInProcess({}, {script: undefined, secondToken: undefined} as object);
  assert.equal(report.broken, 0, JSON.stringify(report.verdicts.filter(({outcome}) => outcome === 'broken')));
  const why = new Map(report.verdicts.map((verdict) => [verdict.rule, verdict.why]));
  assert.equal(why.get('cut'), 'it needs a script with the action “stream”');
  assert.equal(why.get('isolation'), 'it needs a token of a second user (--second-token)');
  assert.ok(report.passed > 60, `${report.passed} passed`);
});

for (const [name, {rule, ...change}] of Object.entries(mistakes)) {
  test(`it is found that ${name}`, async () => {
    const {verdicts} = await checkInProcess(change, {only: [rule], timeout: 2_000});
    const found = verdicts.find((verdict) => verdict.rule === rule);
    assert.equal(
      found?.outcome,
      'broken',
      JSON.stringify({found, broken: verdicts.filter(({outcome}) => outcome === 'broken')}),
    );
    assert.ok(found.findings.every(({seen}) => seen !== ''));
    // What is said by a close has no frame of its own.
    assert.ok(found.findings.some(({frames}) => frames.length > 0) || rule === 'hello-in-time');
  });
}
