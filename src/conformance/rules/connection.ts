import type {Rule} from './rule.ts';

/** Section 1: the connection, and frames as such. */
export const connectionRules = {
  subprotocol: {section: '1', sentence: '`ws(s)://host/path`, WebSocket subprotocol `session-sync.v1`.'},
  'first-frame': {section: '1', sentence: 'A first frame that is neither `welcome` nor `error`: the client closes'},
  'json-frames': {section: '1', sentence: 'Text frames, each one JSON object with a `type`.'},
  'unknown-ignored': {section: '1', sentence: 'Unknown `type`s and fields are ignored'},
  'bad-command': {section: '1', sentence: 'a `command` whose `id` is readable is rejected (`invalid`)'},
  'bad-frame': {section: '1', sentence: 'any other bad frame closes with 4400 and a reason'},
  'client-frame-size': {section: '1', sentence: 'Client frames ≤ 256 KiB'},
  'server-frame-size': {section: '1', sentence: 'server frames ≤ 1 MiB'},
  'hello-in-time': {section: '1', sentence: 'The client speaks first: `hello` within 10 s, else close 4408.'},
  'hello-first': {section: '1', level: 'should', sentence: 'Until `welcome` it sends nothing else.'},
  'heartbeat-range': {section: '1', sentence: '`heartbeat_ms` is between 5,000 and 30,000'},
  'token-refused': {section: '1', sentence: '| 4401 | not authorised: token missing, wrong or expired |'},
  'origin-refused': {
    section: '1',
    sentence: 'origin not allowed: the server accepts the upgrade, closes, and tells nothing else',
  },
} as const satisfies Record<string, Rule>;
