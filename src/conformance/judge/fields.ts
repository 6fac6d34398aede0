import type {Parsed} from '../../backend/session-sync/parse.ts';
import type {Session} from '../../model/session.ts';
import type {RuleId} from '../rules.ts';
import type {Note} from './session-log.ts';

const FIELDS: Readonly<Record<string, RuleId>> = {
  welcome: 'welcome-fields',
  snapshot: 'snapshot-fields',
  event: 'event-fields',
  delta: 'delta-fields',
  partial: 'delta-fields',
  live: 'live-fields',
  ack: 'ack-fields',
  reject: 'reject-fields',
  page: 'page-fields',
  pong: 'pong-fields',
  error: 'error-fields',
};
const CODES = new Set(
  'invalid unauthorized not-found exists too-late too-large too-many unsupported internal'.split(' '),
);
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]00:00)$/;
const MOST = {title: 256, preview: 280, error: 2_000};

/** Anything as an object: what is none has no fields. */
export const fieldsOf = (raw: unknown): Record<string, unknown> =>
  typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};

/** What the fields of one frame promise by themselves. */
export function framePromises(type: string, parsed: Parsed, note: Note): void {
  const rule = FIELDS[type];
  if (!rule) return;
  const problem =
    parsed.read === 'unreadable' ? parsed.problem : parsed.read === 'frame' ? (parsed.problems[0] ?? '') : '';
  const isInside = type === 'event' && problem.startsWith('event');
  note(isInside ? 'event-kinds' : rule, problem === '', () => `${type}: ${problem}`);
  if (parsed.read !== 'frame') return;
  const {frame} = parsed;
  if (frame.type === 'event') {
    note('event-kinds', true, () => '');
    note('event-fields', UTC.test(frame.time), () => `the time ${frame.time} is not ISO 8601 UTC`);
  }
  if (frame.type === 'reject') note('reject-codes', CODES.has(frame.code), () => `the code ${frame.code}`);
  if (frame.type === 'welcome') {
    const {heartbeat_ms: beat} = frame;
    note('heartbeat-range', beat >= 5_000 && beat <= 30_000, () => `it is ${beat}`);
    note('welcome-fields', UTC.test(frame.time), () => `the time ${frame.time} is not ISO 8601 UTC`);
  }
}

export function sessionPromises({title, preview = '', error}: Session, note: Note): void {
  const fits = title.length <= MOST.title && preview.length <= MOST.preview;
  note('length-limits', fits, () => `a title of ${title.length}, a preview of ${preview.length} characters`);
  const length = error?.message.length ?? 0;
  note('length-limits', length <= MOST.error, () => `an error of ${length} characters`);
}
