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
  initial: {mode: 'default'},
  signIn: 'Sign in with claude in a terminal on the machine of the server, or set ANTHROPIC_API_KEY for the server.',
  facts: {
    package: '@agentclientprotocol/claude-agent-acp',
    version: '0.101.0',
    node: '22 or later (with 20 npm quietly installs 0.49.0, unless the version is given)',
    megabytes: 401,
    resident: [106, 281],
    startSeconds: [0.5, 2],
    set: [
      'A new conversation begins in its mode `default`, in which it asks: without it, and without settings of its own, a model of its own decides.',
      'Traffic that is not needed, telemetry and updates are off.',
      'One process a session: each of its sessions takes 175 MB anyway.',
    ],
    advised: [],
    works: [
      'Thoughts, changes of files, its plan, questions as forms, agents that it starts, the exit codes of commands.',
      'Mode, model and effort at the composer, kept over a restart; its commands after `/`; the context that is left.',
      'It takes a conversation up again after a restart.',
    ],
    lacks: [
      'The output of a command comes at once, when it has ended.',
      'Its task tools show nothing.',
      'With a wrong key it is silent for more than 30 s.',
    ],
  },
};
