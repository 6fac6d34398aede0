import type {Page} from '../backend/backend.ts';
import type {StoredEvent} from '../model/events.ts';

/** The words that the command `by` took out of the queue, as far as this part of the log tells. */
export function takenBack(log: readonly StoredEvent[], by: string): string | undefined {
  const taken = log.find(({command, event}) => command === by && event.kind === 'unqueued')?.event;
  if (taken?.kind !== 'unqueued') return undefined;
  const queued = log.find(({event}) => event.kind === 'queued' && event.command === taken.command)?.event;
  return queued?.kind === 'queued' ? queued.text : undefined;
}

/** The same of a log that is not loaded; `read` gives the newest part of it, or the one before that. */
export async function findTakenBack(
  by: string,
  read: (before: {readonly before?: number}) => Promise<Page | undefined>,
): Promise<string | undefined> {
  let log: readonly StoredEvent[] = [];
  for (let page = await read({}); page; page = await read({before: page.next})) {
    log = [...page.events, ...log];
    const words = takenBack(log, by);
    if (words !== undefined || typeof page.next !== 'number') return words;
  }
  return undefined;
}
