import {SessionNotices} from './session-notices.ts';

export const sessionNoticesElements = [['session-notices', SessionNotices]] as const;
