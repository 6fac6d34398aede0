import {messages} from '../models/messages.ts';
import type {KnownAgent} from './known-agent.ts';

export const claude: KnownAgent = {
  name: 'claude',
  bin: 'node_modules/.bin',
  api: messages,
  settings: (url) => ({files: {}, env: {ANTHROPIC_API_KEY: 'none', ANTHROPIC_BASE_URL: url}}),
  use(call, file) {
    if (call.does === 'read') return {name: 'Read', input: {file_path: file}};
    if (call.does === 'run') return {name: 'Bash', input: {command: call.command, description: 'Runs a command'}};
    return {name: 'Edit', input: {file_path: file, old_string: call.before, new_string: call.after}};
  },
  allow: 'Yes',
  reject: 'No',
};
