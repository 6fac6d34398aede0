import type {Rule} from './rule.ts';

/** Section 4: what is in the list, in a session and in its log; streaming; the order of a turn. */
export const stateRules = {
  'list-snapshot': {
    section: '4',
    sentence:
      'every *pending*, *running*, *waiting* and *stopping* session (≤ 500) and the 200 most recently updated that are not archived',
  },
  'list-query': {section: '4', sentence: '`status` (one or a list), `archived`, `parent` narrow it'},
  'list-search': {
    section: '4',
    sentence: '`text` (≤ 200 characters, literal; each of its words begins some word of title or messages)',
  },
  find: {section: '4', sentence: '`query` with `text` on it finds events (capability `find`).'},
  'session-snapshot': {
    section: '4',
    sentence: 'the newest 200 events (or as many as fit), older ones by `query` with `before` = `next`',
  },
  'snapshot-open': {
    section: '4',
    sentence:
      "the open turn's `turn-began`, first message and last `plan`, tools not ended with their last `tool-updated` of each field, approvals and questions not answered, messages queued, the last `options` and `commands`.",
  },
  'unknown-session': {
    section: '4',
    sentence: 'A deleted or unknown session: `error {code: "not-found", channel}` and no subscription',
  },
  'rev-grows': {section: '4', sentence: '`rev` grows with every change of this session'},
  'rev-truth': {
    section: '4',
    sentence: 'within an epoch the copy with the higher `rev` is the truth, whichever channel it came by.',
  },
  'turn-field': {section: '4', sentence: '`turn` is the id of the open (or pending) turn, if any'},
  'queued-field': {section: '4', sentence: '`queued` how many messages and callbacks wait'},
  unread: {section: '4', sentence: "`unread` true when a turn ended or asked since this user's last `seen`"},
  updated: {section: '4', sentence: '(renaming and archiving leave it)'},
  'length-limits': {section: '4', sentence: 'Title ≤ 256 characters, preview 280, error 2,000; longer ones are cut.'},
  'next-message': {section: '4', sentence: 'Every session can take another message in any status'},
  'one-stream': {
    section: '4',
    sentence:
      'One `message` or `thought` of a session streams at a time and is its last item: before the server stores anything else that has a place in the thread (message, thought, tool, approval, question, plan, notice), or `turn-ended`, it stores the streaming item',
  },
  'one-order': {section: '4', sentence: 'so live and reloaded views have one order'},
  'stored-whole': {
    section: '4',
    sentence: 'The stored event carries the whole text and replaces the streamed one in place',
  },
  cut: {section: '4', sentence: 'When a turn is stopped or fails, its streaming item is stored with `cut: true`'},
  partial: {
    section: '4',
    sentence: 'An answer has a `partial` for every item that is streaming, with empty `text` if `have` has it all',
  },
  'have-too-long': {
    section: '4',
    sentence: 'from `at` 0 where `have` is longer than the text, or the server cannot vouch for it',
  },
  'tool-output': {section: '4', sentence: '`tool-ended.output` holds what was streamed'},
  'event-kinds': {section: '4', sentence: 'On `sessions`: `session-put {session}`, `session-removed {session: id}`.'},
  'turn-order': {
    section: '4',
    sentence:
      "Order inside a turn: `turn-began`, the user's `message` (with the `command` that sent it) and, if it was queued, `unqueued`, in one transaction",
  },
  'turn-ends': {section: '4', sentence: 'then the rest; `turn-ended` last.'},
  'turn-closes': {
    section: '4',
    sentence: 'Before `turn-ended`, however it came, open approvals are answered with null and open tools end',
  },
  'one-turn': {section: '4', sentence: 'One turn of a session is open at a time.'},
} as const satisfies Record<string, Rule>;
