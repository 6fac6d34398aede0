import type {ToolUse} from '../models/api.ts';
import {NOTES, notes} from '../models/script.ts';
import {responses} from '../models/responses.ts';
import type {KnownAgent} from './known-agent.ts';

export const codex: KnownAgent = {
  name: 'codex',
  bin: 'node_modules/.bin',
  api: responses,
  settings: (url) => ({
    files: {
      '.codex/config.toml': `
model = "gpt-5.5"
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
    const run = (cmd: string, more = {}): ToolUse => ({name: 'exec_command', input: {cmd, ...more}});
    if (call.does === 'read') return run(`cat ${NOTES}`);
    // What only reads runs in its sandbox without a question.
    const beyond = {sandbox_permissions: 'require_escalated', justification: 'It is beyond the sandbox.'};
    if (call.does === 'run') return run(call.command, {...beyond, yield_time_ms: 30_000});
    const before = notes.split('\n').find((line) => line.includes(call.before)) ?? '';
    const lines = [`-${before}`, `+${before.replace(call.before, call.after)}`];
    const patch = ['*** Begin Patch', `*** Update File: ${file}`, '@@', ...lines, '*** End Patch'].join('\n');
    return run(`apply_patch <<'PATCH'\n${patch}\nPATCH\n`);
  },
  allow: 'Yes, proceed',
  reject: 'No, and tell Codex what to do differently',
};
