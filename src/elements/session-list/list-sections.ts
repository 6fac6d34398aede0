import type {Strings} from '../../context/strings.ts';
import type {ListSection, SectionTimes} from '../../store/list-order.ts';
import {namedTime} from '../shared/relative-time.ts';

const names: Readonly<Partial<Record<ListSection, readonly [count: number, unit: 'day' | 'week']>>> = {
  today: [0, 'day'],
  yesterday: [-1, 'day'],
  week: [0, 'week'],
};

export function sectionName(section: ListSection, strings: Strings, language: string | undefined): string {
  const [count, unit] = names[section] ?? [];
  if (count !== undefined && unit) return capital(namedTime(count, unit, language));
  if (section === 'active') return strings.showActive;
  return section === 'today' || section === 'yesterday' || section === 'week' ? '' : strings[section];
}

const capital = (text: string): string => text.replace(/^./u, (first) => first.toUpperCase());

/** When the sections by time begin; calls `turned` when the next day does. */
export class SectionDays {
  readonly #turned: () => void;
  #times: SectionTimes | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(turned: () => void) {
    this.#turned = turned;
  }

  /** In the time zone of the browser, by the clock `now`; the same as before until a day has passed. */
  times(now: number, language: string | undefined): SectionTimes {
    const day = new Date(now);
    const since = (days: number): number => new Date(day.getFullYear(), day.getMonth(), day.getDate() - days).getTime();
    const times = [since(0), since(1), since((day.getDay() - firstDay(language) + 7) % 7)] as const;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#turned, since(-1) - now);
    if (times.some((time, index) => time !== this.#times?.[index])) this.#times = times;
    return this.#times ?? times;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** The day a week begins with, Sunday is 0; where the browser cannot say it, Monday (ISO 8601). */
function firstDay(language: string | undefined): number {
  try {
    const locale: Intl.Locale & {getWeekInfo?(): {readonly firstDay: number}} = new Intl.Locale(
      language ?? navigator.language,
    );
    return (locale.getWeekInfo?.().firstDay ?? 1) % 7;
  } catch {
    // No language: as the other texts of such a page, which are the browser's.
    return 1;
  }
}
