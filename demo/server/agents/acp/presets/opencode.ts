import type {Preset} from './preset.ts';

/** Allows everything unless it is told to ask; what is configured here comes before its own files. */
export const opencode: Preset = {
  id: 'opencode',
  title: 'opencode',
  command: 'opencode',
  args: ['acp'],
  env: {
    OPENCODE_CONFIG_CONTENT: JSON.stringify({permission: {edit: 'ask', bash: 'ask'}}),
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_SHARE: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    ANTHROPIC_API_KEY: true,
    OPENAI_API_KEY: true,
    OPENCODE_API_KEY: true,
  },
  install: 'Install it with: npm i -g opencode-ai.',
  signIn: 'Sign in on the machine of the server with: opencode auth login.',
};
