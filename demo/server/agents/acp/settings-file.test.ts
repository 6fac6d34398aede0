import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {folder} from '../../../../test/server/process.ts';
import {readAgentFlag} from './read-config.ts';
import {withSettingsFile} from './settings-file.ts';

const variable = 'GEMINI_CLI_SYSTEM_DEFAULTS_PATH';

test('an agent that is told in a file what it must not send home is told where the file is', (t) => {
  const place = join(folder(t), 'agents');
  const {env} = withSettingsFile(readAgentFlag('gemini'), place, {});
  const file = env[variable];
  assert.equal(file, join(place, 'gemini.json'));
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {
    privacy: {usageStatisticsEnabled: false},
    general: {enableAutoUpdate: false},
  });
});

test('another file that the server was told of counts, and who needs none gets none', (t) => {
  const place = join(folder(t), 'agents');
  const {env} = withSettingsFile(readAgentFlag('gemini'), place, {[variable]: '/etc/defaults.json'});
  assert.equal(env[variable], true);
  const own = {...readAgentFlag('gemini'), env: {[variable]: '/etc/own.json'}};
  assert.equal(withSettingsFile(own, place, {}), own);
  const none = readAgentFlag('mine=agent');
  assert.equal(withSettingsFile(none, place, {}), none);
});
