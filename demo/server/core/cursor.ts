import * as v from 'valibot';
import type {ListQuery, Place} from './storage.ts';

/** Where a query on the list goes on. */
export type Cursor = Pick<ListQuery, 'after' | 'othersAfter'>;

const place = v.tuple([v.string(), v.string()]);
const schema = v.object({after: v.exactOptional(place), others: v.exactOptional(place)});

const write = ({updated, id}: Place): [string, string] => [updated, id];
const read = ([updated, id]: [string, string]): Place => ({updated, id});

/** Opaque to the page. */
export const cursorOf = ({after, othersAfter}: Cursor): string =>
  JSON.stringify({...(after && {after: write(after)}), ...(othersAfter && {others: write(othersAfter)})});

/** Undefined if it is not one of ours. */
export function readCursor(text: string): Cursor | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = v.safeParse(schema, data);
  if (!result.success) return undefined;
  const {after, others} = result.output;
  return {...(after && {after: read(after)}), ...(others && {othersAfter: read(others)})};
}
