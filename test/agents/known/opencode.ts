import {chatCompletions} from '../models/chat-completions.ts';
import type {KnownAgent} from './known-agent.ts';

export const opencode: KnownAgent = {
  name: 'opencode',
  // The program that npm links needs a script at its installation; the one of the platform needs none.
  bin: `node_modules/opencode-${process.platform}-${process.arch}/bin`,
  api: chatCompletions,
  settings: (url) => ({
    files: {
      '.config/opencode/opencode.json': JSON.stringify({
        model: 'scripted/scripted',
        small_model: 'scripted/scripted',
        provider: {
          scripted: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Scripted',
            options: {baseURL: `${url}/v1`, apiKey: 'none'},
            models: {scripted: {name: 'Scripted model', reasoning: true, tool_call: true}},
          },
        },
      }),
    },
    env: {},
  }),
  use(call, file) {
    if (call.does === 'read') return {name: 'read', input: {filePath: file}};
    if (call.does === 'run') return {name: 'bash', input: {command: call.command, description: 'Runs a command'}};
    return {name: 'edit', input: {filePath: file, oldString: call.before, newString: call.after}};
  },
  allow: 'Allow once',
  reject: 'Reject',
  hosts: ['registry.npmjs.org'],
  outside:
    'It asks for registry.npmjs.org whenever it starts, for the package of its plugins; no setting of its own turns that off.',
};
