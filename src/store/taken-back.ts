import type {StoredEvent} from '../model/events.ts';

/** The words that the command `by` took out of the queue, as far as this part of the log tells. */
export function takenBack(log: readonly StoredEvent[], by: string): string | undefined {
  const taken = log.find(({command, event}) => command === by && event.kind === 'unqueued')?.event;
  if (taken?.kind !== 'unqueued') return undefined;
  const queued = log.find(({event}) => event.kind === 'queued' && event.command === taken.command)?.event;
  return queued?.kind === 'queued' ? queued.text : undefined;
}
