import {SessionEventEntry} from './session-event.ts';
import {SessionEvents} from './session-events.ts';

/** Parts before what they are parts of. */
export const sessionEventsElements = [
  ['session-event', SessionEventEntry],
  ['session-events', SessionEvents],
] as const;
