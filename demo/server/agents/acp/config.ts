/** One agent as it is configured. */
export interface AcpConfig {
  /** What pages call it; not empty. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Beside what every program needs (`environment.ts`): a value, or `true` for the one that the server has. */
  readonly env: Readonly<Record<string, string | true>>;
  /** Absolute; a new session may be started in or below one of them. The first is the default. */
  readonly folders: readonly string[];
  /** One process a session, so that a crash or a kill hits nobody else; or one for all sessions of a user. */
  readonly process: 'per-session' | 'shared';
  /** Milliseconds without a turn after which a process is closed; the next message starts it again. */
  readonly idleMs: number;
  /** Processes at once. */
  readonly limit: number;
  /** Whether `session/load` can be trusted where there is no `session/resume`. */
  readonly canLoad: boolean;
  /** What a new session of it is set to where nobody has chosen, by the id of the option. */
  readonly initial?: Readonly<Record<string, string | boolean>>;
  /** A command of it may outlive a stop that it has obeyed; with a process for each session, the server ends what is left. */
  readonly leavesCommands?: true;
  /** How it comes onto this machine, and how a person signs in: a sentence each, for those that could not start it. */
  readonly install?: string;
  readonly signIn?: string;
}

export const DEFAULTS = {
  env: {},
  folders: [],
  process: 'per-session',
  idleMs: 600_000,
  limit: 8,
  canLoad: true,
} as const satisfies Partial<AcpConfig>;
