import type {Preset} from './preset.ts';

/** In its usual mode it runs commands in the folder without asking; in the one chosen here it asks. */
export const codex: Preset = {
  id: 'codex',
  title: 'Codex',
  command: 'codex-acp',
  args: [],
  env: {
    INITIAL_AGENT_MODE: 'read-only',
    NO_BROWSER: '1',
    CODEX_API_KEY: true,
    OPENAI_API_KEY: true,
    OPENAI_BASE_URL: true,
    MODEL_PROVIDER: true,
  },
  install: 'Install it with: npm i -g @agentclientprotocol/codex-acp.',
  signIn: 'Sign in with codex in a terminal on the machine of the server, or set CODEX_API_KEY for the server.',
};
