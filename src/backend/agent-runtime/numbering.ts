import type {StoredEvent} from '../../model/events.ts';
import type {Input} from '../../model/inputs.ts';
import type {Unnumbered} from './telling.ts';

/** A thread as it was told to the page. The server has no numbers, so they are given here. */
export interface Numbered {
  readonly events: readonly StoredEvent[];
  /** The next number; none is ever given to two different events. */
  readonly next: number;
}

export const nothingNumbered: Numbered = {events: [], next: 1};

/** What is told as it was keeps its number; from the first difference on everything gets another. */
export function renumber({events, next}: Numbered, fresh: readonly Unnumbered[]): Numbered {
  const differs = fresh.findIndex((event, at) => !same(events[at], event));
  const common = differs < 0 ? fresh.length : differs;
  if (common === fresh.length && common === events.length) return {events, next};
  const rest = fresh.slice(common).map((event, at): StoredEvent => ({seq: next + at, ...event}));
  return {events: [...events.slice(0, common), ...rest], next: next + rest.length};
}

/** What tells a page that holds `before` of `after`. */
export function difference(session: string, before: Numbered, after: Numbered): readonly Input[] {
  if (before.events === after.events) return [];
  const isLonger = before.events.every((event, at) => event === after.events[at]);
  if (isLonger) {
    return after.events.slice(before.events.length).map((event) => ({type: 'event', session, event}));
  }
  return whole(session, after);
}

/**
 * The whole thread in place of what was held. A page joins a snapshot that begins with a number beyond what it holds to
 * that; so what it holds is taken away first.
 */
export const whole = (session: string, {events}: Numbered): readonly Input[] => [
  ...(events[0]?.seq === 1 ? [] : [{type: 'thread', session, events: [], open: []} as const]),
  {type: 'thread', session, events, open: []},
];

function same(held: StoredEvent | undefined, {time, command, event}: Unnumbered): boolean {
  return !!held && held.time === time && held.command === command && sameFields(held.event, event);
}

/** What comes from a frame is the same object each time, so that little is ever compared letter by letter. */
function sameFields(a: object, b: object): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => {
    const [left, right] = [Reflect.get(a, key) as unknown, Reflect.get(b, key) as unknown];
    return left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right));
  });
}
