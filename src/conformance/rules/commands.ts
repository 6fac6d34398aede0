import type {Rule} from './rule.ts';

/** Section 5: commands. */
export const commandRules = {
  'same-answer': {section: '5', sentence: 'A repeated id gets the same answer and has no second effect.'},
  'reject-stored': {
    section: '5',
    sentence: 'A reject is stored like an ack, unless the frame itself is malformed or too large',
  },
  'in-order': {
    section: '5',
    sentence:
      'The server obeys all frames of one connection in order of arrival (a `subscribe` behind a `start` finds it).',
  },
  start: {
    section: '5',
    sentence:
      'creates the session, begins its first turn; if it cannot begin at once it is `queued` and the session *pending*.',
  },
  'start-title': {section: '5', sentence: 'Without `title` the server takes the beginning of `text`'},
  send: {
    section: '5',
    sentence: 'begins a turn; while one is open, queues the message (`queued`), which begins when the turn ends.',
  },
  'queue-waits': {
    section: '5',
    sentence: 'After *stopped* or *failed* the queue waits for the next `send`, which goes behind it',
  },
  'send-while-stopping': {section: '5', sentence: 'a `send` accepted while *stopping* is that next one'},
  continue: {section: '5', sentence: '| `continue` | `session` | begins a waiting queue;'},
  'nothing-queued': {
    section: '5',
    sentence: 'nothing waits, or a turn is open or pending: `ack {result: "nothing-queued"}`',
  },
  unqueue: {section: '5', sentence: 'takes a queued message back; begun: `too-late`'},
  answer: {
    section: '5',
    sentence: 'first answer wins; later ones, and those after the turn, are rejected with `too-late`',
  },
  rename: {section: '5', sentence: '| `rename` / `archive` | `session`, `title` / `archived` | |'},
  seen: {section: '5', sentence: 'a `session-put` follows only if `unread` changes'},
  delete: {
    section: '5',
    sentence:
      'gone from the list at once; an open turn is stopped, the agent ended in the background; its channel ends with `error not-found`, and nothing of it follows.',
  },
  'id-taken': {section: '5', sentence: 'Its id stays taken for ever'},
  stop: {
    section: '5',
    sentence:
      '`stop` → `ack {result: "stopping"}`, `session-put` with `stopping`, open approvals withdrawn, open tools ended, the streaming item stored, `turn-ended {outcome: "stopped"}`, `session-put` with `stopped`.',
  },
  'after-the-end': {section: '5', sentence: 'Nothing of that turn follows `turn-ended`.'},
  'not-running': {
    section: '5',
    sentence:
      'If that turn is over, or was never: `ack {result: "not-running"}` and a `session-put` with the next `rev`',
  },
  'stop-other': {section: '5', sentence: 'A `stop` never hits another turn than the one it names.'},
  'stop-invalid': {section: '5', sentence: 'With neither `turn` nor `of`: `invalid`.'},
  'stop-queued': {
    section: '5',
    sentence: '`of` a `send` that is still queued: it is unqueued (`ack {result: "unqueued"}`)',
  },
  'stop-deaf': {section: '5', sentence: 'An agent that ignores the stop is killed after 5 s.'},
  'stop-children': {section: '5', sentence: 'Stopping a session does not stop its children'},
  'too-many': {
    section: '5',
    sentence: 'At most 100 messages and 512 KiB together are queued a session (`too-many`).',
  },
  'reject-codes': {
    section: '5',
    sentence: '`reject` codes: `invalid`, `unauthorized`, `not-found`, `exists` (a `start` with a taken id)',
  },
  'too-large': {section: '5', sentence: '`too-large` (text over 128 KiB)'},
  capabilities: {
    section: '5',
    sentence: '`capabilities` names the ops beyond `start`, `send`, `stop` that the server has',
  },
  isolation: {
    section: '5',
    sentence:
      "Another user's session is answered exactly as one that does not exist (`start`, `subscribe`, `query`, every command).",
  },
} as const satisfies Record<string, Rule>;
