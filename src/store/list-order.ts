import type {SessionView} from '../model/project.ts';
import {isActive, type SessionStatus} from '../model/session.ts';

export const sorts = ['updated', 'created', 'title'] as const;
export const groups = ['none', 'time', 'status'] as const;
export type ListSort = (typeof sorts)[number];
export type ListGroup = (typeof groups)[number];

const times = ['today', 'yesterday', 'week', 'older'] as const;
/** What wants a person first. */
const states = ['waiting', 'active', 'failed', 'stopped', 'finished', 'unknown'] as const;
export type ListSection = (typeof times)[number] | (typeof states)[number];

const ranks = Object.fromEntries([...times, ...states].map((each, rank) => [each, rank])) as Readonly<
  Record<ListSection, number>
>;

/** When sections by time begin, in milliseconds since 1970: today, yesterday, and the week. */
export type SectionTimes = readonly [today: number, yesterday: number, week: number];

export interface OrderOptions {
  readonly sort: ListSort;
  /** By time there are no sections in an order by title, and none without `sectionTimes`. */
  readonly group?: ListGroup;
  readonly sectionTimes?: SectionTimes;
}

/** Compares two sessions by where they stand; those of one place stay in the order of their ids. */
export interface Order {
  /** Below 0: the first stands before the second; 0: at one place. */
  compare(a: SessionView, b: SessionView): number;
  /** The section that it belongs to; left out: there are no sections. */
  readonly section?: (view: SessionView) => ListSection | undefined;
}

export function orderBy({sort, group, sectionTimes}: OrderOptions): Order {
  const compare =
    sort === 'title'
      ? (a: SessionView, b: SessionView) => byTitle.compare(a.title, b.title)
      : (a: SessionView, b: SessionView) => compareTimes(b[sort], a[sort]);
  if (group === 'status') {
    const section = ({status}: SessionView): ListSection => sectionOfStatus(status);
    return {compare: (a, b) => ranks[section(a)] - ranks[section(b)] || compare(a, b), section};
  }
  if (group !== 'time' || sort === 'title' || !sectionTimes) return {compare};
  // Newest first is in the order of the sections.
  return {compare, section: (view) => sectionOfTime(Date.parse(view[sort]), sectionTimes)};
}

export const compareIds = (a: SessionView, b: SessionView): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Two times in ISO 8601. As servers write them, in UTC and to the same fraction of a second, they sort as texts: to read the
 * times of ten thousand sessions costs more than to sort them.
 */
function compareTimes(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length === b.length && a.endsWith('Z') && b.endsWith('Z')) return a < b ? -1 : 1;
  return Date.parse(a) - Date.parse(b);
}

const sectionOfStatus = (status: SessionStatus): ListSection =>
  status === 'waiting' || !isActive(status) ? (status as ListSection) : 'active';

function sectionOfTime(time: number, sectionTimes: SectionTimes): ListSection | undefined {
  const since = sectionTimes.findIndex((begin) => time >= begin);
  return times[since < 0 ? sectionTimes.length : since];
}

const byTitle = new Intl.Collator(undefined, {numeric: true, sensitivity: 'base'});
