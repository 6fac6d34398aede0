import {NOTES} from '../models/script.ts';
import {responses} from '../models/responses.ts';
import type {KnownAgent} from './known-agent.ts';

export const codex: KnownAgent = {
  name: 'codex',
  bin: 'node_modules/.bin',
  api: responses,
  settings: (url) => ({
    files: {
      '.codex/config.toml': `
model_provider = "scripted"
model_reasoning_summary = "detailed"
approvals_reviewer = "user"
check_for_update_on_startup = false
[model_providers.scripted]
name = "Scripted"
base_url = "${url}/v1"
wire_api = "responses"
[analytics]
enabled = false
[features]
plugins = false
apps = false
guardian_approval = false
`,
    },
    env: {MODEL_PROVIDER: 'scripted', CODEX_API_KEY: 'none'},
  }),
  use(call, file) {
    if (call.does === 'read') return {name: 'exec_command', input: {cmd: `cat ${NOTES}`}};
    if (call.does === 'run') return {name: 'exec_command', input: {cmd: call.command, yield_time_ms: 30_000}};
    const old = call.before === '1923' ? 'Built in 1923, with four lights.' : call.before;
    const lines = [`-${old}`, `+${old.replace(call.before, call.after)}`];
    const patch = ['*** Begin Patch', `*** Update File: ${file}`, '@@', ...lines, '*** End Patch', ''].join('\n');
    return {name: 'apply_patch', input: patch};
  },
  allow: 'Yes, proceed',
  reject: 'No, and tell Codex what to do differently',
};
