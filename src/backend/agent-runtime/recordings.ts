/** The recordings of the real, unmodified server in `test/support/agent-runtime/recordings/`: all that there are. */
export const RECORDINGS = [
  'c01-agents-registry',
  'c02-start-with-agent-system-prompt',
  'c03-resume-claude-executor',
  'c04-tool-calls',
  'c05-stop-running',
  'c06-resume-after-stop',
  'c07-stop-resumed-running.BUG-already-finished',
  'c08-job-errors-and-validation',
  'c09-executor-crash-session-stays-running',
  'c10-delete-while-running',
  'c11-child-callback-idle-parent',
  'c12-child-callbacks-busy-parent-aggregated',
  'c14-user-resume-races-with-callback-resume',
  'c15-stopped-or-crashed-child-gives-no-callback',
  'c17-two-clients-same-order',
  'c18-more-than-100-events-truncated',
  'c20-events-endpoint-errors-and-legacy',
  'd01-stop-races-with-natural-finish',
  'd03-stop-job-before-session-exists',
  'd04-delete-parent-while-child-runs',
  'd06-server-restart-mid-run',
  'd07-no-launcher-job-stays-pending',
  't01-start-basic.test-executor',
  't02-resume.test-executor',
  't03-duplicate-start.test-executor',
  't04-stop-finished.test-executor',
  't05-delete.test-executor',
];

/** What a person sees after a recording, read by a person and found right. */
export interface Expected {
  /** Of each session that something was seen of: its status, then its thread. */
  readonly threads: readonly (readonly string[])[];
  /** Why messages and stops came to nothing. */
  readonly rejected?: readonly string[];
  readonly problems?: readonly string[];
  /** Whom a new session can be started with. */
  readonly agents?: readonly string[];
  /** How many of the sessions were deleted. */
  readonly gone?: number;
}

export async function expectedOf(name: string): Promise<Expected> {
  const url = new URL('../../../test/support/agent-runtime/expected-threads.json', import.meta.url);
  const all = (await (await fetch(url)).json()) as Readonly<Record<string, Expected>>;
  const expected = all[name];
  if (!expected) throw new Error(`Nothing is expected of ${name}.`);
  return expected;
}
