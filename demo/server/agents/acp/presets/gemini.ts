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
  install: 'Install it with: npm i -g @google/gemini-cli.',
  signIn:
    'Start gemini in a terminal on the machine of the server and sign in there, or set GEMINI_API_KEY for the server.',
};
