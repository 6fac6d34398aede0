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
  signIn: 'Sign in on the machine of the server with: opencode auth login.',
  facts: {
    package: 'opencode-ai',
    version: '1.18.33',
    megabytes: 177,
    resident: [390, 550],
    startSeconds: [1.7, 4],
    set: [
      'It asks before it edits and before it runs a command: by its own default it does both unasked.',
      'Updates, the list of models from the network, sharing and its default plugins are off.',
    ],
    advised: ['A model in `~/.config/opencode/opencode.json`, unless `opencode auth login` has chosen one.'],
    works: [
      'Thoughts, changes of files to look at before they are approved, the output of commands while they run.',
      'Its to-do list as the plan; model, effort and mode at the composer; its commands after `/`; the context that is left.',
      'It takes a conversation up again after a restart, and does so fast.',
    ],
    lacks: [
      'A rejection ends the turn without a word.',
      'A command after `/` that it does not know is swallowed.',
      'A command that fails is shown as completed; only its output tells.',
      'While it tries again to reach its model it says nothing.',
    ],
  },
};
