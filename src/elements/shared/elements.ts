import {RelativeTime} from './relative-time.ts';

/** What several elements use. */
export const sharedElements = [['session-time', RelativeTime]] as const;
