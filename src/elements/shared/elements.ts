import {RelativeTime} from './relative-time.ts';
import {SessionDuration} from './session-duration.ts';

/** What several elements use. */
export const sharedElements = [
  ['session-time', RelativeTime],
  ['session-duration', SessionDuration],
] as const;
