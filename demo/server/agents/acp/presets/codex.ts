import type {Preset} from './preset.ts';

/** In its usual mode it runs commands in the folder without asking; in the one chosen here it asks for all that writes. */
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
  leavesCommands: true,
  signIn: 'Sign in with codex in a terminal on the machine of the server, or set CODEX_API_KEY for the server.',
  facts: {
    package: '@agentclientprotocol/codex-acp',
    version: '2.6.0',
    node: '22 was tried; it makes no claim',
    megabytes: 457,
    resident: [190, 270],
    startSeconds: [0.7, 2],
    set: [
      'It starts in its mode `read-only`, in which it asks for all that does more than read: in its own default it runs commands in the folder, in a sandbox, without asking.',
      'It opens no browser.',
      'A command that goes on after a stop, as one does that has just begun, is ended by the server.',
    ],
    advised: [
      'In `~/.codex/config.toml`: `approvals_reviewer = "user"` and `guardian_approval = false`, or a model answers approvals in your place.',
      'There too, if it is to call nobody but its model: `check_for_update_on_startup = false`, `[analytics]` with `enabled = false`, `[features]` with `plugins = false` and `apps = false`.',
    ],
    works: [
      'Thoughts, changes of files, the output of commands while they run and their exit codes.',
      'Mode, model and effort at the composer, set again after a restart; its commands after `/`; the context that is left.',
      'It takes a conversation up again after a restart. Nothing of it is left when it is killed.',
    ],
    lacks: [
      'A command that only reads runs in its sandbox without a question.',
      'What a command writes in its first moment is not sent.',
      'A rejection ends the whole turn.',
      '**“Allow always” outlives the session**: it is a rule in `~/.codex/rules/default.rules`, for every later session of that home. The option says which commands it allows.',
      'A command that takes more than 10 s may go on after the turn has ended: it is shown as detached, and a stop does not reach it.',
      'What its model answers to a faulty request comes as the answer, and cannot be told from one.',
    ],
  },
};
