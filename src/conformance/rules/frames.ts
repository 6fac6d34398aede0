import type {Rule} from './rule.ts';

/** Section 4: what each frame holds. */
export const frameRules = {
  'welcome-fields': {
    section: '4',
    sentence:
      '`epoch`, `heartbeat_ms`, `time`, `agents: [{id, title, description?, folders?}]`, `capabilities: string[]`, `user?: {id, name}`',
  },
  'snapshot-fields': {section: '4', sentence: 'replaces the confirmed state of that channel.'},
  'snapshot-parts': {
    section: '4',
    sentence: '`more: true`: the next `snapshot` of this channel, of the same `seq`, has only what it adds',
  },
  'event-fields': {
    section: '4',
    sentence:
      '`channel`, `seq`, `time` (ISO 8601 UTC), `command?` (id of the command that caused it), `event: {kind, …}`',
  },
  'delta-fields': {
    section: '4',
    sentence: '`channel`, `item`, `turn`, `kind` (`message`, `thought` or `tool-output`), `at`, `text`',
  },
  'delta-offset': {
    section: '4',
    sentence: 'its text from offset `at` (UTF-16 units; no surrogate pair is split). Not stored, not sequenced',
  },
  'live-fields': {section: '4', sentence: '| `live` | `channel`, `seq` | the answer is complete |'},
  'ack-fields': {section: '4', sentence: '| `ack` | `command`, `result?`, `seq?`, `rev?` |'},
  'ack-seq': {
    section: '4',
    sentence:
      "`seq`: the event on the session's channel that holds the effect (of a `start` or `send`: the `message` or `queued`)",
  },
  'ack-rev': {section: '4', sentence: "`rev`: the session's after it (every ack but that of `delete`)"},
  'reject-fields': {section: '4', sentence: '| `reject` | `command`, `code`, `message` |'},
  'reject-final': {section: '4', sentence: 'final: this command had and will have no effect'},
  'page-fields': {section: '4', sentence: '| `page` | `id`, `items`, `next?`, `seq` | answer to `query`;'},
  'page-order': {section: '4', sentence: '`items` as in a snapshot, oldest first for events'},
  'page-next': {section: '4', sentence: '`next`: the `before` or `cursor` to go on with'},
  'pong-fields': {section: '4', sentence: '| `pong` | `t`, `seqs: {<channel>: seq}` |'},
  'pong-seqs': {
    section: '4',
    sentence: 'the last `seq` sent before it on this connection, of channels whose answer is complete',
  },
  'error-fields': {section: '4', sentence: '| `error` | `code`, `message`, `channel?`, `id?` |'},
  capability: {
    section: '4',
    sentence:
      '° belongs to the capability `plans`, `options`, `commands`, `questions`; a server without an agent that needs it has it not.',
  },
} as const satisfies Record<string, Rule>;
