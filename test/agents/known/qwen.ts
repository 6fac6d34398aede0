import {chatCompletions} from '../models/chat-completions.ts';
import type {KnownAgent} from './known-agent.ts';

export const qwen: KnownAgent = {
  name: 'qwen',
  bin: 'node_modules/.bin',
  api: chatCompletions,
  settings: (url) => ({
    files: {
      '.qwen/settings.json': JSON.stringify({
        security: {auth: {selectedType: 'openai'}},
        privacy: {usageStatisticsEnabled: false},
        general: {enableAutoUpdate: false},
      }),
    },
    env: {OPENAI_API_KEY: 'none', OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: 'scripted'},
  }),
  use(call, file) {
    if (call.does === 'read') return {name: 'read_file', input: {file_path: file}};
    if (call.does === 'run') {
      const {command} = call;
      return {name: 'run_shell_command', input: {command, description: 'Runs a command', is_background: false}};
    }
    return {name: 'edit', input: {file_path: file, old_string: call.before, new_string: call.after}};
  },
  allow: 'Allow',
  reject: 'Reject',
};
