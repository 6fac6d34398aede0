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

/** Where a session stands: in which section, and what it is sorted by there. */
export interface Place {
  readonly id: string;
  readonly section: ListSection | undefined;
  readonly rank: number;
  /** A time in milliseconds, newest first; undefined: sorted by title. */
  readonly time: number | undefined;
  readonly title: string;
}

export function placeOf(view: SessionView, options: OrderOptions): Place {
  const {sort} = options;
  const time = sort === 'title' ? undefined : Date.parse(view[sort]);
  const title = sort === 'title' ? view.title : '';
  const section = sectionOf(view.status, time, options);
  return {id: view.id, section, rank: section === undefined ? 0 : ranks[section], time, title};
}

export const samePlace = (a: Place, b: Place): boolean => a.rank === b.rank && a.time === b.time && a.title === b.title;

export function comparePlaces(a: Place, b: Place): number {
  const order =
    a.rank - b.rank ||
    (a.time === undefined || b.time === undefined ? byTitle.compare(a.title, b.title) : b.time - a.time);
  return order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function sectionOf(
  status: SessionStatus,
  time: number | undefined,
  {group, sectionTimes}: OrderOptions,
): ListSection | undefined {
  if (group === 'status') {
    return status === 'waiting' || !isActive(status) ? (status as ListSection) : 'active';
  }
  if (group !== 'time' || time === undefined || !sectionTimes) return undefined;
  const since = sectionTimes.findIndex((begin) => time >= begin);
  return times[since < 0 ? sectionTimes.length : since];
}

const byTitle = new Intl.Collator(undefined, {numeric: true, sensitivity: 'base'});
