import type {Preset} from './preset.ts';

/** Unless it is told to ask, a model of its own decides. */
export const qwen: Preset = {
  id: 'qwen',
  title: 'Qwen Code',
  command: 'qwen',
  args: ['--acp', '--approval-mode', 'default'],
  env: {OPENAI_API_KEY: true, OPENAI_BASE_URL: true, OPENAI_MODEL: true},
  install: 'Install it with: npm i -g @qwen-code/qwen-code.',
  signIn:
    'Start qwen in a terminal on the machine of the server and sign in there, or set OPENAI_API_KEY for the server.',
};
