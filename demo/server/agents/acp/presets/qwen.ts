import type {Preset} from './preset.ts';

/** Unless it is told to ask, a model of its own decides. */
export const qwen: Preset = {
  id: 'qwen',
  title: 'Qwen Code',
  command: 'qwen',
  args: ['--acp', '--approval-mode', 'default'],
  env: {OPENAI_API_KEY: true, OPENAI_BASE_URL: true, OPENAI_MODEL: true},
  signIn:
    'Start qwen in a terminal on the machine of the server and sign in there, or set OPENAI_API_KEY for the server.',
  facts: {
    package: '@qwen-code/qwen-code',
    version: '0.24.4',
    node: '22 or later (with 20 npm quietly installs 0.15.10, unless the version is given)',
    megabytes: 152,
    resident: [465, 540],
    startSeconds: [2.9, 12],
    set: ['It asks before it edits and before it runs a command: by its own default a model decides.'],
    advised: [
      'In `~/.qwen/settings.json`: `"privacy": {"usageStatisticsEnabled": false}` and `"general": {"enableAutoUpdate": false}`, if it is to call nobody but its model.',
      'There too `"security": {"auth": {"selectedType": "openai"}}` when a key is used.',
    ],
    works: [
      'Thoughts, changes of files to look at before they are approved, mode and model at the composer, its commands after `/`.',
      'It takes a conversation up again after a restart.',
      'Agents in the background, with turns that they begin by themselves.',
    ],
    lacks: [
      '**“Allow always” outlives the session**: it is written into `.qwen/settings.json` of the folder that it works in, or of the person; there is an option for each.',
      'A rejection ends the turn without a word.',
      'The output of a command comes at once, when it has ended.',
    ],
  },
};
