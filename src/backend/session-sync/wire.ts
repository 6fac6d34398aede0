import * as v from 'valibot';
import {count} from '../../model/session.ts';

export const SUBPROTOCOL = 'session-sync.v1';

/** Bytes of the JSON text as sent. */
export const MAX_CLIENT_FRAME = 256 * 1024;
export const MAX_SERVER_FRAME = 1024 * 1024;

/** The channel of the list; `session:<id>` is that of one session. */
export const LIST = 'sessions';
export const channelOf = (session: string): string => `session:${session}`;
export const sessionOf = (channel: string): string | undefined =>
  channel.startsWith('session:') ? channel.slice('session:'.length) : undefined;

export const channel = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
export const seq = count;
