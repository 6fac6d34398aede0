/**
 * Fields whose strings say what something is and to whom it belongs, as the protocols have them (`src/model/`, frames).
 * Every other string is what somebody wrote.
 */
const KEPT = new Set(
  [
    'type kind channel id item turn command op session parent child children agent client epoch seqs time created updated',
    'status role origin outcome reason code level category option approval question queued of tool mime capabilities',
    'currency cursor next event_type session_id method protocol',
  ].flatMap((names) => names.split(' ')),
);
/** What is in them has no names of ours. */
const FREE = new Set(['input', 'data', 'values', 'headers']);

/**
 * A copy of a frame in which every text is as many `x` as it was long (UTF-16 units), so that places in streamed text stay
 * right. Names of things, ids, times and states stay; so do numbers.
 */
export function withoutTexts(value: unknown, isKept = false, isFree = false): unknown {
  if (typeof value === 'string') return isKept ? value : 'x'.repeat(value.length);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => withoutTexts(each, isKept, isFree));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const free = isFree || FREE.has(name);
      return [name, withoutTexts(inner, !free && KEPT.has(name), free)];
    }),
  );
}
