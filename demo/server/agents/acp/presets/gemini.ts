import type {Preset} from './preset.ts';

/** It asks unless its settings say otherwise. It cannot resume, and to load a session may destroy it. */
export const gemini: Preset = {
  id: 'gemini',
  title: 'Gemini CLI',
  command: 'gemini',
  args: ['--acp'],
  env: {
    GEMINI_API_KEY: true,
    GOOGLE_API_KEY: true,
    GOOGLE_CLOUD_PROJECT: true,
    GOOGLE_CLOUD_LOCATION: true,
    GOOGLE_GENAI_USE_VERTEXAI: true,
    GOOGLE_GEMINI_BASE_URL: true,
  },
  canLoad: false,
  signIn:
    'Start gemini in a terminal on the machine of the server and sign in there, or set GEMINI_API_KEY for the server.',
  facts: {
    package: '@google/gemini-cli',
    version: '0.61.0',
    node: '20 or later',
    megabytes: 100,
    resident: [356, 390],
    startSeconds: [2, 9],
    set: ['A session is never loaded again: to do so may destroy its file.'],
    advised: [
      'In `~/.gemini/settings.json`: `"privacy": {"usageStatisticsEnabled": false}` and `"general": {"enableAutoUpdate": false}`, if it is to call nobody but its model. It takes such settings from no other file that is not the administrator’s.',
    ],
    works: [
      'Thoughts, changes of files to look at before they are approved, its mode at the composer, its commands after `/`.',
      'It asks before it edits and before it runs a command, unless its mode says otherwise.',
    ],
    lacks: [
      'It cannot take a conversation up again: after a restart, or after ten idle minutes, it has forgotten what was said, and the page says so.',
      'The output of a command is not told while it runs.',
      'A command that fails is shown as completed.',
      'Its model cannot be changed from the page.',
      'Warnings and changes of its mode come as messages; outside a turn they are notices.',
    ],
  },
};
