import {posix, win32} from 'node:path';

export interface Person {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const NAME = 'agent-session-elements';

/** Where programs keep what belongs to a person, as each system has it. */
export function dataFolder({platform, env, home}: Person): string {
  if (platform === 'win32') return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), NAME);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', NAME);
  const given = env['XDG_DATA_HOME'];
  // The specification of these folders says of a relative one that it does not count.
  const above = given !== undefined && posix.isAbsolute(given) ? given : posix.join(home, '.local', 'share');
  return posix.join(above, NAME);
}
