import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {AcpConfig} from './config.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What a program needs to run at all, to speak a language, and to reach the network where a proxy stands before it. */
const PASSED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TERM|TMPDIR|TEMP|TMP|XDG_\w+|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|SystemRoot|APPDATA|LOCALAPPDATA|USERPROFILE|PATHEXT|ComSpec)$/i;

/**
 * The environment of an agent: what is listed, and nothing else of the server's; keys and tokens of other programs stay with
 * the server. With a `home`, the settings of the person who runs the server stay theirs too.
 */
export function environment(config: AcpConfig, server: Env, home?: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(server)) {
    if (value === undefined || !PASSED.test(name)) continue;
    if (home !== undefined && /^(XDG_\w+|APPDATA|LOCALAPPDATA)$/i.test(name)) continue;
    env[name] = value;
  }
  if (home !== undefined) Object.assign(env, {HOME: home, USERPROFILE: home});
  for (const [name, value] of Object.entries(config.env)) {
    const given = value === true ? server[name] : value;
    if (given !== undefined) env[name] = given;
  }
  return env;
}

/** A folder for what an agent keeps of one user; names of users may be anything. */
export const homeOf = (homes: string, user: string): string =>
  join(homes, createHash('sha256').update(user).digest('hex').slice(0, 32));
