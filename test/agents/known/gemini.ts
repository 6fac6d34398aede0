import {geminiApi} from '../models/gemini.ts';
import type {KnownAgent} from './known-agent.ts';

export const gemini: KnownAgent = {
  name: 'gemini',
  bin: 'node_modules/.bin',
  api: geminiApi,
  settings: (url) => ({
    files: {
      '.gemini/settings.json': JSON.stringify({
        security: {auth: {selectedType: 'gemini-api-key'}},
        privacy: {usageStatisticsEnabled: false},
        general: {enableAutoUpdate: false},
        model: {name: 'gemini-2.5-flash'},
      }),
    },
    env: {GEMINI_API_KEY: 'none', GOOGLE_GEMINI_BASE_URL: url},
  }),
  use(call, file) {
    if (call.does === 'read') return {name: 'read_file', input: {file_path: file}};
    if (call.does === 'run') {
      return {name: 'run_shell_command', input: {command: call.command, description: 'Runs a command'}};
    }
    const {before: old_string, after: new_string} = call;
    return {name: 'replace', input: {file_path: file, instruction: 'Correct it.', old_string, new_string}};
  },
  allow: 'Allow',
  reject: 'Reject',
  outside: 'With the settings advised it asks for no host but that of its model; without them for play.googleapis.com.',
};
