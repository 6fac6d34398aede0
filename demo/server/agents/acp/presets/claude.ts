import type {Preset} from './preset.ts';

/** Each of its sessions takes a process of 175 MB anyway: one each. */
export const claude: Preset = {
  id: 'claude',
  title: 'Claude Code',
  command: 'claude-agent-acp',
  args: [],
  env: {
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_AUTOUPDATER: '1',
    ANTHROPIC_API_KEY: true,
    ANTHROPIC_AUTH_TOKEN: true,
    ANTHROPIC_BASE_URL: true,
    ANTHROPIC_MODEL: true,
    CLAUDE_CODE_OAUTH_TOKEN: true,
  },
  process: 'per-session',
  install: 'Install it with: npm i -g @agentclientprotocol/claude-agent-acp.',
  signIn: 'Sign in with claude in a terminal on the machine of the server, or set ANTHROPIC_API_KEY for the server.',
};
