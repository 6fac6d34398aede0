import type {Rule} from './rule.ts';

/** Sections 2 and 3: channels, their numbers, and how a subscription is answered. */
export const channelRules = {
  'seq-gapless': {section: '2', sentence: 'Each channel numbers its events 1, 2, 3, … without holes.'},
  epoch: {
    section: '2',
    sentence:
      'The *epoch* is an opaque string that names the log store and the user, and never changes within a connection.',
  },
  'answer-form': {
    section: '2',
    sentence: 'the server answers, per channel, with **either** the events `after+1 …` in order **or** a `snapshot`',
  },
  'snapshot-cases': {section: '2', sentence: 'no `after`, an `after` beyond its own last, another epoch'},
  'nothing-missed': {section: '2', sentence: 'because the snapshot is the shorter of the two, in bytes'},
  'answer-order': {section: '2', sentence: 'then any `partial`s, then `live`'},
  'no-interleave': {
    section: '2',
    sentence: 'Events, deltas and the answer of one channel never interleave: what is newer follows `live`.',
  },
  'live-seq': {
    section: '2',
    sentence: 'or a `live` or `pong` that names a higher `seq` than the last applied: a gap',
  },
  'ack-then-subscribe': {
    section: '2',
    sentence: 'A `subscribe` after an `ack` sees the effect, on every node of the server.',
  },
  'one-answer': {
    section: '2',
    sentence: 'Each channel of `hello` and each `subscribe` is answered by exactly one `live` or `error`, in order',
  },
  'hello-once': {section: '3', sentence: 'once, first; ≤ 64 channels'},
  resubscribe: {section: '3', sentence: 'also the way to heal; on a subscribed channel it starts over from `after`.'},
  unsubscribe: {section: '3', sentence: '| `unsubscribe` | `channel` | |'},
  query: {section: '3', sentence: 'older events, older or matching sessions; ≤ 8 open'},
  'item-ids': {
    section: '3',
    sentence: "Ids made by the server are strings of ≤ 128 characters; an item's id is unique in its session.",
  },
} as const satisfies Record<string, Rule>;
